package quantum.p35.example;

import io.vertx.core.Future;
import io.vertx.core.VerticleBase;
import io.vertx.core.json.JsonObject;
import java.util.Map;
import quantum.p35.api.Addresses;
import quantum.p35.api.Alert;
import quantum.p35.api.AlertChange;
import quantum.p35.api.Alerts;
import quantum.p35.api.HealthBeat;
import quantum.p35.api.HealthReport.Level;
import quantum.p35.api.Symbols;

/**
 * A worked example of a verticle that is not ours: when the gate {@code insufficient_confidence} raises an alert, it asks
 * how every symbol fares and suggests what to look at, as an AI engine would. {@code docs/event-bus.md} explains it.
 */
public final class ConfidenceVerticle extends VerticleBase {

    /** publish; this → anyone: {@code {alert, symbols, text}} as JSON. */
    public static final String SUGGESTED = "example.confidence.suggested";

    static final String GATE = "insufficient_confidence";

    /** The name that it is deployed under, which is what health calls it. */
    private static final String NAME = "confidence";

    private static final int GATES_OF_A_SYMBOL = 15;
    private static final long AGAIN_MILLIS = 1_000;

    private final int few;
    private HealthBeat beat;
    private boolean caughtUp;
    private String trouble;
    private long suggestions;

    /** @param config {@code few}: how many symbols may be named at most, 1 or more; 5 when it is not given */
    public ConfidenceVerticle(JsonObject config) {
        few = config.getInteger("few", 5);
        if (few < 1) {
            throw new IllegalArgumentException("few is " + few + ": it must be 1 or more");
        }
    }

    @Override
    public Future<?> start() {
        beat = new HealthBeat(vertx, NAME, deploymentID(), this::condition);
        return vertx.eventBus()
                .<AlertChange>consumer(Addresses.ALERTS_CHANGED, message -> onChange(message.body()))
                .completion()
                .onSuccess(listens -> catchUp());
    }

    /** What fires already was told before we listened. The verticle that knows may start after us, so it is asked again. */
    private void catchUp() {
        vertx.eventBus()
                .<Alerts.Answer>request(Addresses.DRIFT_ALERTS, new Alerts.Question(Alerts.Which.ACTIVE))
                .onSuccess(answer -> {
                    caughtUp = true;
                    answer.body().alerts().forEach(this::suggest);
                })
                .onFailure(error -> vertx.setTimer(AGAIN_MILLIS, id -> catchUp()));
    }

    private void onChange(AlertChange change) {
        switch (change) {
            case AlertChange.Raised raised -> suggest(raised.alert());
            case AlertChange.Reopened reopened -> suggest(reopened.alert());
            case AlertChange.Escalated escalated -> suggest(escalated.alert());
            case AlertChange.Acknowledged known -> {}
            case AlertChange.Silenced silent -> {}
            case AlertChange.Unsilenced heard -> {}
            case AlertChange.Resolved over -> {}
        }
    }

    private void suggest(Alert alert) {
        if (!alert.reason().equals(GATE)) {
            return;
        }
        vertx.eventBus()
                .<Symbols.Answer>request(
                        Addresses.INSIGHT_SYMBOLS, new Symbols.Question(alert.window(), GATES_OF_A_SYMBOL))
                .map(answer -> Suggestion.of(alert, answer.body(), few))
                .onSuccess(suggestion -> {
                    trouble = null;
                    suggestions++;
                    vertx.eventBus().publish(SUGGESTED, suggestion.json());
                })
                .onFailure(error -> trouble = "no suggestion for " + alert.id() + ": " + error.getMessage());
    }

    private HealthBeat.Condition condition() {
        Map<String, Object> figures = Map.of("suggestions", suggestions);
        if (trouble != null) {
            return new HealthBeat.Condition(Level.DEGRADED, trouble, figures);
        }
        return new HealthBeat.Condition(
                Level.UP, caughtUp ? "waits for alerts" : "waits for a first answer about alerts", figures);
    }

    @Override
    public Future<?> stop() {
        beat.close();
        return Future.succeededFuture();
    }
}
