package quantum.p35.dashboard;

import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.composite.CompositeMeterRegistry;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import io.vertx.ext.web.RoutingContext;
import java.util.List;
import java.util.Optional;

/** What machines ask: alive, ready, metrics, and the OpenAPI document. */
final class Probes {

    private final HealthDesk desk;
    private final Optional<PrometheusMeterRegistry> prometheus;
    private final Buffer openapi;

    Probes(HealthDesk desk, MeterRegistry metrics, Buffer openapi) {
        this.desk = desk;
        this.prometheus = prometheus(metrics);
        this.openapi = openapi;
    }

    void live(RoutingContext context) {
        json(context, 200, new JsonObject().put("live", true));
    }

    void ready(RoutingContext context) {
        desk.notReady().onSuccess(missing -> ready(context, missing)).onFailure(context::fail);
    }

    private static void ready(RoutingContext context, List<String> missing) {
        JsonObject answer = new JsonObject().put("ready", missing.isEmpty()).put("missing", new JsonArray(missing));
        json(context, missing.isEmpty() ? 200 : 503, answer);
    }

    void metrics(RoutingContext context) {
        if (prometheus.isEmpty()) {
            context.fail(new HttpError(503, "unavailable", "this process collects no metrics for Prometheus"));
            return;
        }
        context.response()
                .putHeader(HttpHeaders.CONTENT_TYPE, "text/plain; version=0.0.4; charset=utf-8")
                .end(prometheus.get().scrape())
                .onFailure(context::fail);
    }

    void openapi(RoutingContext context) {
        context.response()
                .putHeader(HttpHeaders.CONTENT_TYPE, "application/yaml")
                .end(openapi)
                .onFailure(context::fail);
    }

    private static void json(RoutingContext context, int status, JsonObject body) {
        context.response()
                .setStatusCode(status)
                .putHeader(HttpHeaders.CONTENT_TYPE, Format.JSON.contentType())
                .end(body.toBuffer())
                .onFailure(context::fail);
    }

    private static Optional<PrometheusMeterRegistry> prometheus(MeterRegistry metrics) {
        return switch (metrics) {
            case PrometheusMeterRegistry registry -> Optional.of(registry);
            case CompositeMeterRegistry all ->
                all.getRegistries().stream()
                        .flatMap(registry -> prometheus(registry).stream())
                        .findFirst();
            default -> Optional.empty();
        };
    }
}
