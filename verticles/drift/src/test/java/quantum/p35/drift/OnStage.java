package quantum.p35.drift;

import static org.junit.jupiter.api.Assertions.assertTrue;

import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.vertx.core.Vertx;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.extension.RegisterExtension;
import quantum.p35.api.Addresses;
import quantum.p35.api.Alert;
import quantum.p35.api.AlertChange;
import quantum.p35.api.Alerts;
import quantum.p35.api.BusMessages;
import quantum.p35.api.GateCatalogue;
import quantum.p35.api.HealthReport;
import quantum.p35.api.Keys;
import quantum.p35.redis.RedisSettings;
import quantum.p35.testkit.BusRecorder;
import quantum.p35.testkit.Catalogues;
import quantum.p35.testkit.TestRedis;

/** A drift verticle before an insight of ours, on a real Redis; an hour is {@code 3600 / FakeInsight.SPEED} seconds. */
abstract class OnStage {

    @RegisterExtension
    static final TestRedis redis = new TestRedis();

    static final Keys KEYS = Keys.DEFAULT;
    static final GateCatalogue CATALOGUE = Catalogues.fromConf();
    /** 10 s on the clock of these tests. */
    static final Duration LOOK = Duration.ofMillis(10_000 / FakeInsight.SPEED);

    final Vertx vertx = Vertx.vertx();
    final MeterRegistry metrics = new SimpleMeterRegistry();
    final AlertStream stream = new AlertStream(redis);
    FakeInsight insight;
    BusRecorder<AlertChange> changes;
    BusRecorder<HealthReport> health;

    @BeforeEach
    void begin() {
        BusMessages.register(vertx.eventBus());
        changes = BusRecorder.of(vertx, Addresses.ALERTS_CHANGED, AlertChange.class);
        health = BusRecorder.of(vertx, Addresses.HEALTH_CHANGED, HealthReport.class);
        insight = new FakeInsight(vertx).open();
    }

    @AfterEach
    void close() {
        vertx.close().timeout(10, TimeUnit.SECONDS).await();
    }

    String deploy() {
        return deploy(LOOK, redis.patient());
    }

    String deploy(Duration look, RedisSettings settings) {
        return vertx.deployVerticle(new DriftAlertVerticle(() -> AlertRules.DEFAULT, settings, KEYS, CATALOGUE, metrics)
                        .paced(insight.clock(), look))
                .timeout(10, TimeUnit.SECONDS)
                .await();
    }

    <A> A ask(String address, Object question) {
        return vertx.eventBus().<A>request(address, question).await().body();
    }

    List<Alert> alerts(Alerts.Which which) {
        return this.<Alerts.Answer>ask(Addresses.DRIFT_ALERTS, new Alerts.Question(which))
                .alerts();
    }

    void awaitTold(List<String> told) throws Exception {
        await(stream::told, told::equals);
    }

    /** Asks again and again, for at most a minute: there may be sixty looks to wait for, on a slow machine. */
    static <T> T await(Callable<T> question, Predicate<T> fits) throws Exception {
        long deadline = System.nanoTime() + Duration.ofMinutes(1).toNanos();
        while (true) {
            T answer = question.call();
            if (fits.test(answer)) {
                return answer;
            }
            assertTrue(System.nanoTime() < deadline, () -> "still " + answer);
            TimeUnit.MILLISECONDS.sleep(10);
        }
    }

    /** So many more looks, of all instances together. */
    void looks(int more) throws Exception {
        long wanted = looked() + more;
        await(this::looked, looked -> looked >= wanted);
    }

    long looked() {
        return metrics.get("p35.drift.look").timer().count();
    }
}
