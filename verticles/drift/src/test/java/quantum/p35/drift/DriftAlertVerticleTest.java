package quantum.p35.drift;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.micrometer.core.instrument.Gauge;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import quantum.p35.api.Addresses;
import quantum.p35.api.Alert;
import quantum.p35.api.AlertChange;
import quantum.p35.api.Alerts;
import quantum.p35.api.HealthReport;
import quantum.p35.api.Instances;
import quantum.p35.api.Outcome;

class DriftAlertVerticleTest extends OnStage {

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
    void symbolsAreCountedOverAllGatesHoweverManyASymbolHas() throws Exception {
        deploy();
        Map<String, Long> details = CATALOGUE.entry("p33_permit_denied").orElseThrow().details().stream()
                .limit(10)
                .collect(Collectors.toMap(detail -> "p33_permit_denied:" + detail, detail -> 24L));
        insight.stops(details);
        awaitTold(List.of("firing HIGH"));
        assertEquals(
                List.of(new Alert.Symbol("BTCUSDT", 160), new Alert.Symbol("ETHUSDT", 80)),
                stream.alerts().getFirst().symbols());
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
    void gaugesAreOneSeriesHoweverManyInstancesThereAre() throws Exception {
        String first = deploy();
        String second = deploy();
        insight.stops(210);
        awaitTold(List.of("firing HIGH"));
        await(this::firing, Double.valueOf(1)::equals);
        vertx.undeploy(first).await();
        deploy();
        vertx.undeploy(second).await();
        await(this::firing, Double.valueOf(1)::equals);
    }

    /** Fails when there is more than one gauge. */
    private double firing() {
        Collection<Gauge> gauges =
                metrics.find("p35.drift.alerts.active").tag("severity", "high").gauges();
        assertEquals(1, gauges.size());
        return gauges.iterator().next().value();
    }

    @Test
    void whatCannotStartLeavesNothingBehind() throws Exception {
        // a name that is taken: its own meter cannot be registered
        metrics.timer("p35.drift.failures", "address", Addresses.DRIFT_ALERTS);
        assertThrows(IllegalArgumentException.class, this::deploy);
        assertEquals(0, Instances.of(vertx, "drift").sum(any -> 1));
        await(() -> redis.cli("CLIENT", "LIST").toString().contains("p35-drift"), Boolean.FALSE::equals);
    }

    @Test
    void leaseOfADeadInstanceIsWaitedFor() throws Exception {
        redis.cli("SET", KEYS.lease("drift"), "somebody who died");
        deploy();
        insight.stops(210);
        looks(10);
        assertEquals(List.of(), stream.told());
        redis.cli("PEXPIRE", KEYS.lease("drift"), "1");
        awaitTold(List.of("firing HIGH"));
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
        deploy(LOOK, redis.settings());
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

    @Test
    void aFullRedisThatGivesNoLeaseIsTroubleAndNobodyElsesTurn() throws Exception {
        redis.cli("CONFIG", "SET", "maxmemory", "1");
        try {
            deploy();
            HealthReport full = health.await(report -> report.level() == HealthReport.Level.DOWN);
            assertTrue(
                    full.sentence().contains("lease:drift") && full.sentence().contains("OOM"), full::sentence);
            assertTrue(metrics.get("p35.drift.looks.failed").counter().count() > 0);
            Alerts.Answer blind = ask(Addresses.DRIFT_ALERTS, new Alerts.Question(Alerts.Which.ACTIVE));
            assertTrue(blind.blind().contains("OOM"), blind::blind);
        } finally {
            redis.cli("CONFIG", "SET", "maxmemory", "0");
        }
        awaitUp();
        Alerts.Answer seeing = ask(Addresses.DRIFT_ALERTS, new Alerts.Question(Alerts.Which.ACTIVE));
        assertNull(seeing.blind());
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
