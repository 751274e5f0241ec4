package quantum.p35.dashboard;

import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpMethod;
import io.vertx.ext.web.client.HttpRequest;
import io.vertx.ext.web.client.HttpResponse;
import io.vertx.ext.web.client.WebClient;
import io.vertx.ext.web.client.WebClientOptions;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import quantum.p35.api.Addresses;
import quantum.p35.api.BusMessages;
import quantum.p35.api.Drift;
import quantum.p35.api.Failure;
import quantum.p35.api.Gates;
import quantum.p35.api.Guide;
import quantum.p35.api.HealthReport;
import quantum.p35.api.Recent;
import quantum.p35.api.Secret;
import quantum.p35.api.State;
import quantum.p35.api.Symbols;
import quantum.p35.api.Timeline;
import quantum.p35.api.Verticles;
import quantum.p35.api.Why;

/** The dashboard on a free port; the other modules are consumers that keep the bus contract with fixed answers. */
final class Service implements AutoCloseable {

    static final Path WEBROOT = Path.of(System.getProperty("p35.root")).resolve("webroot");

    final Vertx vertx = Vertx.vertx();
    final PrometheusMeterRegistry metrics = new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
    final WebClient client;
    final int port;
    final String deployment;

    private Service(Secret token) {
        BusMessages.register(vertx.eventBus());
        Promise<Integer> listening = Promise.promise();
        vertx.eventBus().<HealthReport>consumer(Addresses.HEALTH_CHANGED, message -> {
            if (message.body().component().equals("dashboard")) {
                listening.tryComplete((Integer) message.body().figures().get("port"));
            }
        });
        DashboardConfig config = new DashboardConfig(1, "127.0.0.1", 0, token, WEBROOT);
        deployment = await(vertx.deployVerticle(
                () -> new WebDashboardVerticle(config, metrics), new io.vertx.core.DeploymentOptions()));
        port = await(listening.future());
        client = WebClient.create(
                vertx, new WebClientOptions().setDefaultHost("127.0.0.1").setDefaultPort(port));
    }

    static Service alone() {
        return new Service(null);
    }

    static Service guardedBy(String token) {
        return new Service(new Secret(token)).withModules();
    }

    static Service whole() {
        return alone().withModules();
    }

    /** Every question is answered; the gate {@code broken} and the threshold 13 get failures. */
    private Service withModules() {
        this.<Why.Question>answer(Addresses.INSIGHT_WHY, question -> Samples.why(question.window()));
        this.<Gates.Question>answer(
                Addresses.INSIGHT_GATES,
                question -> new Gates.Answer(
                        State.BLOCKED,
                        Samples.NOW,
                        Samples.window(question.window()),
                        question.symbol(),
                        2000,
                        Samples.GATES.stream().limit(question.limit()).toList()));
        this.<Symbols.Question>answer(Addresses.INSIGHT_SYMBOLS, question -> Samples.symbols());
        this.<Drift.Question>answer(Addresses.INSIGHT_DRIFT, Service::drift);
        this.<Timeline.Question>answer(
                Addresses.INSIGHT_TIMELINE,
                question -> question.from() == null
                        ? Samples.timeline(question.window(), question.step())
                        : new Timeline.Answer(
                                Samples.NOW, question.from(), question.to(), question.step(), List.of(), List.of()));
        this.<Recent.Question>answer(Addresses.INGEST_RECENT, question -> Samples.recent());
        this.<Guide.Question>answer(Addresses.INSIGHT_GUIDE, Service::guide);
        return this;
    }

    private static Drift.Answer drift(Drift.Question question) {
        if (question.threshold() == 13) {
            throw Failure.UNAVAILABLE.because("Redis does not answer");
        }
        return Samples.drift(State.BLOCKED, question.threshold(), question.threshold() < 62);
    }

    private static Guide.Answer guide(Guide.Question question) {
        if (question.gate() != null && !question.gate().startsWith("p33")) {
            throw Failure.NOT_FOUND.because("no gate '" + question.gate() + "'");
        }
        return Samples.GUIDE;
    }

    <Q> void answer(String address, Function<Q, Object> answer) {
        await(vertx.eventBus()
                .<Q>consumer(address, message -> {
                    try {
                        message.reply(answer.apply(message.body()));
                    } catch (io.vertx.core.eventbus.ReplyException e) {
                        message.fail(e.failureCode(), e.getMessage());
                    }
                })
                .completion());
    }

    void runs(Verticles.Deployed... verticles) {
        answer(Addresses.RUNTIME_LIST, question -> new Verticles.Answer(List.of(verticles)));
    }

    void reports(String component, HealthReport.Level level, String sentence, Map<String, Object> figures) {
        vertx.eventBus()
                .publish(
                        Addresses.HEALTH_CHANGED,
                        new HealthReport(component, component + "-1", level, sentence, figures, Instant.now()));
    }

    HttpResponse<Buffer> get(String uri, String... headers) {
        return await(request(HttpMethod.GET, uri, headers).send());
    }

    HttpRequest<Buffer> request(HttpMethod method, String uri, String... headers) {
        HttpRequest<Buffer> request = client.request(method, uri);
        for (int i = 0; i < headers.length; i += 2) {
            request.putHeader(headers[i], headers[i + 1]);
        }
        return request;
    }

    static <T> T await(Future<T> future) {
        try {
            return future.toCompletionStage().toCompletableFuture().get(20, TimeUnit.SECONDS);
        } catch (Exception e) {
            throw new AssertionError("this did not succeed in 20 s", e);
        }
    }

    @Override
    public void close() {
        await(vertx.close());
    }
}
