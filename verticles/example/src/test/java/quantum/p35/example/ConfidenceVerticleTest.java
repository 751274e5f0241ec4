package quantum.p35.example;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.vertx.core.Vertx;
import io.vertx.core.json.JsonObject;
import io.vertx.junit5.VertxExtension;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import quantum.p35.api.Addresses;
import quantum.p35.api.AlertChange;
import quantum.p35.api.Alerts;
import quantum.p35.api.BusMessages;
import quantum.p35.api.Failure;
import quantum.p35.api.HealthReport;
import quantum.p35.api.HealthReport.Level;
import quantum.p35.api.Symbols;
import quantum.p35.testkit.BusRecorder;

@ExtendWith(VertxExtension.class)
class ConfidenceVerticleTest {

    private static final List<String> WORST = List.of("BTCUSDT");

    private Vertx vertx;
    private BusRecorder<JsonObject> suggested;
    private BusRecorder<HealthReport> health;

    @BeforeEach
    void record(Vertx vertx) {
        this.vertx = vertx;
        BusMessages.register(vertx.eventBus());
        suggested = BusRecorder.of(vertx, ConfidenceVerticle.SUGGESTED, JsonObject.class);
        health = BusRecorder.of(vertx, Addresses.HEALTH_CHANGED, HealthReport.class);
    }

    @Test
    void anAlertThatIsRaisedBringsASuggestion() throws Exception {
        insightAnswers();
        deploy();

        vertx.eventBus().publish(Addresses.ALERTS_CHANGED, new AlertChange.Raised(Sample.alert()));

        JsonObject first = suggested.await(any -> true);
        assertEquals(Sample.alert().id(), first.getString("alert"));
        assertEquals(WORST, first.getJsonArray("symbols").getList());
    }

    @Test
    void whatFiredBeforeItListenedIsAskedForUntilSomebodyAnswers() throws Exception {
        insightAnswers();
        deploy();
        health.await(report -> report.sentence().equals("waits for a first answer about alerts"));

        vertx.eventBus()
                .consumer(
                        Addresses.DRIFT_ALERTS,
                        question -> question.reply(new Alerts.Answer(Instant.EPOCH, List.of(Sample.alert()))));

        suggested.await(any -> true);
        health.await(report -> report.sentence().equals("waits for alerts"));
    }

    @Test
    void healthSaysWhyThereIsNoSuggestion() throws Exception {
        vertx.eventBus()
                .consumer(
                        Addresses.INSIGHT_SYMBOLS,
                        question -> question.fail(Failure.UNAVAILABLE.code(), "Redis does not answer"));
        deploy();

        vertx.eventBus().publish(Addresses.ALERTS_CHANGED, new AlertChange.Raised(Sample.alert()));

        HealthReport said = health.await(report -> report.level() == Level.DEGRADED);
        assertEquals("no suggestion for " + Sample.alert().id() + ": Redis does not answer", said.sentence());
        assertEquals("confidence", said.component());
    }

    @Test
    void aConfigurationThatMakesNoSenseIsRefused() {
        JsonObject none = new JsonObject().put("few", 0);

        String refusal = assertThrows(IllegalArgumentException.class, () -> new ConfidenceVerticle(none))
                .getMessage();

        assertEquals("few is 0: it must be 1 or more", refusal);
    }

    private void insightAnswers() {
        vertx.eventBus()
                .<Symbols.Question>consumer(
                        Addresses.INSIGHT_SYMBOLS,
                        question -> question.reply(Sample.fares(Map.of("BTCUSDT", 90L, "ETHUSDT", 10L))));
    }

    private void deploy() {
        vertx.deployVerticle(new ConfidenceVerticle(new JsonObject().put("few", 1)))
                .await();
    }
}
