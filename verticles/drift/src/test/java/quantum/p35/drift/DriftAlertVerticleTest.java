package quantum.p35.drift;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.vertx.core.Vertx;
import io.vertx.core.eventbus.ReplyException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import quantum.p35.api.Addresses;
import quantum.p35.api.Alert;
import quantum.p35.api.AlertChange;
import quantum.p35.api.Alerts;
import quantum.p35.api.BusMessages;
import quantum.p35.api.Explain;
import quantum.p35.api.Failure;
import quantum.p35.api.GateCatalogue;
import quantum.p35.api.HealthReport;
import quantum.p35.api.Keys;
import quantum.p35.api.Outcome;
import quantum.p35.api.Silence;
import quantum.p35.api.Silences;
import quantum.p35.testkit.BusRecorder;
import quantum.p35.testkit.Catalogues;
import quantum.p35.testkit.TestRedis;

class DriftAlertVerticleTest {

    @RegisterExtension
    static final TestRedis redis = new TestRedis();

    private static final Keys KEYS = Keys.DEFAULT;
    private static final GateCatalogue CATALOGUE = Catalogues.fromConf();
    /** 10 s on the clock of these tests. */
    private static final Duration LOOK = Duration.ofMillis(10_000 / FakeInsight.SPEED);

    private final Vertx vertx = Vertx.vertx();
    private final MeterRegistry metrics = new SimpleMeterRegistry();
    private final AlertStream stream = new AlertStream(redis);
    private FakeInsight insight;
    private BusRecorder<AlertChange> changes;
    private BusRecorder<HealthReport> health;

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

    private String deploy() {
        return vertx.deployVerticle(
                        new DriftAlertVerticle(() -> AlertRules.DEFAULT, redis.settings(), KEYS, CATALOGUE, metrics)
                                .paced(insight.clock(), LOOK))
                .timeout(10, TimeUnit.SECONDS)
                .await();
    }

    private <A> A ask(String address, Object question) {
        return vertx.eventBus().<A>request(address, question).await().body();
    }

    private List<Alert> alerts(Alerts.Which which) {
        return this.<Alerts.Answer>ask(Addresses.DRIFT_ALERTS, new Alerts.Question(which))
                .alerts();
    }

    private void awaitTold(List<String> told) throws Exception {
        await(stream::told, told::equals);
    }

    private static <T> T await(Callable<T> question, Predicate<T> fits) throws Exception {
        long deadline = System.nanoTime() + Duration.ofSeconds(12).toNanos();
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
    private void looks(int more) throws Exception {
        long wanted = looked() + more;
        await(this::looked, looked -> looked >= wanted);
    }

    private long looked() {
        return metrics.get("p35.drift.look").timer().count();
    }

    @Test
    void explodingGateIsToldOnceWithTheFieldsThatWereSpecifiedAndItsEndToo() throws Exception {
        deploy();
        insight.stops(210);
        awaitTold(List.of("firing HIGH"));
        Alert raised = changes.await(AlertChange.Raised.class::isInstance).alert();
        assertEquals(fields(raised, "0.700", "210"), stream.entries().getFirst());
        assertEquals(raised, stream.alerts().getFirst());
        assertEquals(List.of(new Alert.Symbol("BTCUSDT", 140), new Alert.Symbol("ETHUSDT", 70)), raised.symbols());
        assertTrue(raised.certainty().contains("99 % confidence"), raised.certainty());
        assertEquals(210, raised.decisions().get(Outcome.BLOCKED));
        assertEquals(
                List.of(raised.id()),
                alerts(Alerts.Which.ACTIVE).stream().map(Alert::id).toList());

        looks(60); // twice the cooldown
        assertEquals(List.of("firing HIGH"), stream.told());

        insight.calm();
        awaitTold(List.of("firing HIGH", "resolved HIGH"));
        Alert resolved = changes.await(AlertChange.Resolved.class::isInstance).alert();
        assertEquals(fields(resolved, "0.100", "30"), stream.entries().getLast());
        assertEquals(raised.id(), resolved.id());
        assertEquals(List.of(), alerts(Alerts.Which.ACTIVE));
        await(() -> redis.cli("EXISTS", KEYS.activeAlerts()), Long.valueOf(0)::equals);
        assertEquals(List.of(resolved), alerts(Alerts.Which.RECENT));
        assertEquals(2, changes.messages().size());
        assertEquals(
                1,
                metrics.get("p35.drift.entries")
                        .tag("state", "firing")
                        .counter()
                        .count());
    }

    private static Map<String, String> fields(Alert alert, String share, String score) {
        return Map.ofEntries(
                Map.entry("window", "5m"),
                Map.entry("reason", Life.GATE),
                Map.entry("score", score),
                Map.entry("total", "300"),
                Map.entry("share", share),
                Map.entry("timestamp", Long.toString(alert.told().at().getEpochSecond())),
                Map.entry("severity", "HIGH"),
                Map.entry("alert_id", "p35_alert_" + alert.since().getEpochSecond() + "_" + Life.GATE),
                Map.entry("state", alert.state().word()),
                Map.entry("rule", "gate_share"),
                Map.entry("context", AlertEntry.json(alert)));
    }

    @Test
    void restartWhileFiringGoesOnWithTheSameIncident() throws Exception {
        String first = deploy();
        insight.stops(210);
        awaitTold(List.of("firing HIGH"));
        vertx.undeploy(first).await();
        deploy();
        looks(40);
        assertEquals(List.of("firing HIGH"), stream.told());
        insight.calm();
        awaitTold(List.of("firing HIGH", "resolved HIGH"));
        assertEquals(1, stream.ids().size());
    }

    @Test
    void anotherInstanceGoesOnWhenTheFirstIsGone() throws Exception {
        String first = deploy();
        deploy();
        insight.stops(210);
        awaitTold(List.of("firing HIGH"));
        health.await(report -> report.sentence().contains("stands by"));
        vertx.undeploy(first).await();
        insight.calm();
        awaitTold(List.of("firing HIGH", "resolved HIGH"));
        assertEquals(1, stream.ids().size());
    }

    @Test
    void leaseOfADeadInstanceIsWaitedFor() throws Exception {
        redis.cli("SET", KEYS.lease("drift"), "somebody who died", "PX", "1500");
        deploy();
        insight.stops(210);
        looks(10);
        assertEquals(List.of(), stream.told());
        awaitTold(List.of("firing HIGH"));
    }

    @Test
    void acknowledgementIsKeptAndPublished() throws Exception {
        deploy();
        insight.stops(210);
        awaitTold(List.of("firing HIGH"));
        String id = stream.ids().getFirst();
        Alert acknowledged = ask(Addresses.DRIFT_ACKNOWLEDGE, new Alerts.Acknowledge(id, "ann", "on it"));
        assertEquals("ann", acknowledged.acknowledged().by());
        changes.await(AlertChange.Acknowledged.class::isInstance);
        looks(5);
        assertEquals(
                "on it", alerts(Alerts.Which.ACTIVE).getFirst().acknowledged().note());
    }

    @Test
    void silenceWorksAtOnceAndItsEndTells() throws Exception {
        deploy();
        Silence silence = ask(Addresses.DRIFT_SILENCE, add("p33_permit_denied", Duration.ofHours(2)));
        insight.stops(210);
        changes.await(AlertChange.Silenced.class::isInstance);
        looks(5);
        assertEquals(List.of(), stream.told());
        assertEquals(silence, alerts(Alerts.Which.ACTIVE).getFirst().silenced());
        assertEquals(
                List.of(silence),
                this.<Silences.Answer>ask(Addresses.DRIFT_SILENCES, new Silences.Question())
                        .silences());
        assertEquals(silence, ask(Addresses.DRIFT_UNSILENCE, new Silences.Remove(silence.id())));
        assertEquals(List.of("firing HIGH"), stream.told(), "the command itself tells what is due");
        changes.await(AlertChange.Unsilenced.class::isInstance);
        assertNull(alerts(Alerts.Which.ACTIVE).getFirst().silenced());
    }

    private Silences.Add add(String gate, Duration span) {
        return new Silences.Add(gate, null, insight.clock().instant().plus(span), "ann", null);
    }

    @Test
    void whatMakesNoSenseIsRefusedByName() {
        deploy();
        refused(
                Addresses.DRIFT_SILENCE,
                add("p33_permit_denied:stael", Duration.ofHours(1)),
                Failure.BAD_QUESTION,
                "stael");
        refused(Addresses.DRIFT_SILENCE, add(Life.GATE, Duration.ofDays(31)), Failure.BAD_QUESTION, "30 days");
        refused(Addresses.DRIFT_SILENCE, add(Life.GATE, Duration.ofHours(-1)), Failure.BAD_QUESTION, "in the future");
        refused(
                Addresses.DRIFT_SILENCE,
                new Silences.Add(Life.GATE, null, Instant.MAX, " ", null),
                Failure.BAD_QUESTION,
                "by is missing");
        refused(Addresses.DRIFT_UNSILENCE, new Silences.Remove("nope"), Failure.NOT_FOUND, "nope");
        refused(
                Addresses.DRIFT_ACKNOWLEDGE,
                new Alerts.Acknowledge("p35_alert_1_x", "ann", ""),
                Failure.NOT_FOUND,
                "p35_alert_1_x");
        refused(Addresses.DRIFT_ALERTS, new Alerts.Question(null), Failure.BAD_QUESTION, "active or recent");
    }

    private void refused(String address, Object question, Failure failure, String words) {
        ReplyException refused = assertThrows(ReplyException.class, () -> ask(address, question));
        assertEquals(failure, Failure.of(refused), refused.getMessage());
        assertTrue(refused.getMessage().contains(words), refused.getMessage());
    }

    @Test
    void explainsWhatFiresAndWhatDoesNot() throws Exception {
        deploy();
        insight.stops(210);
        awaitTold(List.of("firing HIGH"));
        Explain.Explanation gate = await(
                () -> explain(Life.GATE).stream()
                        .filter(each -> each.rule().equals("gate_share"))
                        .findFirst()
                        .orElseThrow(),
                each -> each.status() == Explain.Status.FIRING);
        assertTrue(gate.sentence().startsWith("fires: at least "), gate.sentence());
        assertEquals(0.7, gate.share());
        assertNotNull(gate.low());
        assertEquals(0.4, gate.threshold());
        assertEquals(Explain.Status.INACTIVE, explain("skip_high").getFirst().status());
        assertEquals(
                "did not fire: none of 300 decisions in the last 5 minutes",
                explain("position_limit").getFirst().sentence());
        assertTrue(explain(null).size() > 8);
        refused(Addresses.DRIFT_EXPLAIN, new Explain.Question("nonsense gate"), Failure.NOT_FOUND, "nonsense gate");
    }

    private List<Explain.Explanation> explain(String gate) {
        return this.<Explain.Answer>ask(Addresses.DRIFT_EXPLAIN, new Explain.Question(gate))
                .explanations();
    }

    @Test
    void keyOfAWrongTypeIsShownAndDoesNotStopItForGood() throws Exception {
        redis.cli("SET", KEYS.alerts(), "text");
        deploy();
        insight.stops(210);
        health.await(report -> report.level() == HealthReport.Level.DOWN
                && report.sentence().contains("quantum:p35:alerts is a string")
                && report.sentence().contains("redis-cli RENAME"));
        assertEquals(0L, redis.cli("EXISTS", KEYS.activeAlerts()));
        redis.cli("DEL", KEYS.alerts());
        awaitTold(List.of("firing HIGH"));
        awaitUp();
    }

    @Test
    void frozenRedisIsShownAndNothingIsToldTwice() throws Exception {
        deploy();
        insight.stops(210);
        awaitTold(List.of("firing HIGH"));
        redis.freeze();
        health.await(report ->
                report.level() == HealthReport.Level.DOWN && report.sentence().contains("no answer"));
        redis.thaw();
        awaitUp();
        insight.calm();
        awaitTold(List.of("firing HIGH", "resolved HIGH"));
    }

    /** The newest report says so. */
    private void awaitUp() throws Exception {
        await(
                health::messages,
                reports -> !reports.isEmpty() && reports.getLast().level() == HealthReport.Level.UP);
    }

    @Test
    void withoutWindowsHealthSaysSo() throws Exception {
        deploy();
        awaitUp();
        insight.close();
        health.await(report -> report.level() == HealthReport.Level.DEGRADED
                && report.sentence().contains("look at the health of insight"));
    }
}
