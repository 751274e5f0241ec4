package quantum.p35.drift;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.vertx.core.Future;
import io.vertx.core.eventbus.Message;
import io.vertx.core.eventbus.ReplyException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import quantum.p35.api.Addresses;
import quantum.p35.api.Alert;
import quantum.p35.api.AlertChange;
import quantum.p35.api.Alerts;
import quantum.p35.api.Explain;
import quantum.p35.api.Failure;
import quantum.p35.api.Silence;
import quantum.p35.api.Silences;

class DriftQuestionsTest extends OnStage {

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
        Silence silence = ask(Addresses.DRIFT_SILENCE, add("p33_permit_denied", Duration.ofDays(1)));
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

    @Test
    void silenceTakesThePlaceOfTheOneOfTheSameGateAndSymbol() throws Exception {
        deploy();
        Silence longer = ask(Addresses.DRIFT_SILENCE, add("p33_permit_denied", Duration.ofDays(1)));
        Silence other = ask(
                Addresses.DRIFT_SILENCE, new Silences.Add("p33_permit_denied", "BTCUSDT", longer.until(), "ann", null));
        insight.stops(210);
        changes.await(AlertChange.Silenced.class::isInstance);
        Silence shorter = ask(Addresses.DRIFT_SILENCE, add("p33_permit_denied", Duration.ofHours(1)));
        assertEquals(
                List.of(shorter, other),
                this.<Silences.Answer>ask(Addresses.DRIFT_SILENCES, new Silences.Question())
                        .silences());
        assertEquals(shorter, alerts(Alerts.Which.ACTIVE).getFirst().silenced());
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

    @Test
    void whatWasAskedBeforeItIsUndeployedIsAnswered() throws Exception {
        // no look of its own would keep the connection open
        String id = deploy(Duration.ofHours(1), redis.patient());
        redis.freeze();
        Future<Message<Silence>> asked =
                vertx.eventBus().request(Addresses.DRIFT_SILENCE, add(Life.GATE, Duration.ofHours(2)));
        Future<Void> gone = vertx.undeploy(id);
        redis.thaw();

        assertEquals(Life.GATE, asked.await(20, TimeUnit.SECONDS).body().gate());
        gone.await(20, TimeUnit.SECONDS);
        assertEquals(1L, redis.cli("HLEN", KEYS.silences()));
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
        // else a hiccup of the machine makes windows old, and a look that hears no fresh ones explains nothing
        insight.stand();
        Explain.Explanation gate =
                await(() -> gateShare().orElse(null), each -> each != null && each.status() == Explain.Status.FIRING);
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

    /** Empty when the last look heard no fresh windows. */
    private Optional<Explain.Explanation> gateShare() {
        try {
            return explain(Life.GATE).stream()
                    .filter(each -> each.rule().equals("gate_share"))
                    .findFirst();
        } catch (ReplyException refused) {
            assertEquals(Failure.UNAVAILABLE, Failure.of(refused), refused.getMessage());
            return Optional.empty();
        }
    }

    private List<Explain.Explanation> explain(String gate) {
        return this.<Explain.Answer>ask(Addresses.DRIFT_EXPLAIN, new Explain.Question(gate))
                .explanations();
    }
}
