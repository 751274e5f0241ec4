package quantum.p35.runtime;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpClient;
import io.vertx.core.http.HttpClientOptions;
import io.vertx.core.http.HttpClientRequest;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.PoolOptions;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;

/** People who ask over HTTP without a pause, on connections that they keep, and do not ask twice. */
final class Visitors implements AutoCloseable {

    private static final int VISITORS = 4;
    private static final List<String> QUESTIONS =
            List.of("/api/v1/why", "/health/ready", "/api/v1/health", "/api/v1/gates", "/api/v1/symbols");

    private final HttpClient http;
    private final int port;
    private final AtomicLong answered = new AtomicLong();
    private final AtomicLong cut = new AtomicLong();
    private final AtomicLong slowestMillis = new AtomicLong();
    private final Map<String, AtomicLong> story = new ConcurrentSkipListMap<>();
    private final Set<Integer> statuses = ConcurrentHashMap.newKeySet();
    private volatile boolean stopped;

    private Visitors(Vertx vertx, int port) {
        this.port = port;
        this.http = vertx.createHttpClient(new HttpClientOptions(), new PoolOptions().setHttp1MaxSize(VISITORS));
    }

    static Visitors start(Vertx vertx, int port) {
        Visitors visitors = new Visitors(vertx, port);
        for (int i = 0; i < VISITORS; i++) {
            visitors.ask(i);
        }
        return visitors;
    }

    private void ask(int question) {
        if (stopped) {
            return;
        }
        long askedNanos = System.nanoTime();
        String path = QUESTIONS.get(question % QUESTIONS.size());
        http.request(HttpMethod.GET, port, "127.0.0.1", path)
                .compose(HttpClientRequest::send)
                .compose(response -> response.body().map(body -> {
                    statuses.add(response.statusCode());
                    if (response.statusCode() != 200) {
                        told(path + " " + response.statusCode() + " " + body);
                    }
                    slowestMillis.accumulateAndGet((System.nanoTime() - askedNanos) / 1_000_000, Math::max);
                    return answered.incrementAndGet();
                }))
                .recover(error -> {
                    told(path + " " + error);
                    return Future.succeededFuture(cut.incrementAndGet());
                })
                .timeout(10, TimeUnit.SECONDS)
                .onFailure(error -> told(path + " no answer: " + error))
                .onComplete(done -> ask(question + 1));
    }

    private void told(String what) {
        story.computeIfAbsent(what, any -> new AtomicLong()).incrementAndGet();
    }

    void stop() {
        stopped = true;
    }

    long answered() {
        return answered.get();
    }

    long cut() {
        return cut.get();
    }

    Set<Integer> statuses() {
        return statuses;
    }

    @Override
    public String toString() {
        return answered + " answered, the slowest after " + slowestMillis + " ms, " + cut + " cut; " + story;
    }

    @Override
    public void close() {
        stop();
        http.close();
    }
}
