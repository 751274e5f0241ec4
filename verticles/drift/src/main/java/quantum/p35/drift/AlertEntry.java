package quantum.p35.drift;

import com.fasterxml.jackson.core.JsonProcessingException;
import java.util.List;
import java.util.Locale;
import quantum.p35.api.Alert;
import quantum.p35.api.BusMessages;
import quantum.p35.api.Silence;

/** How alerts and silences stand in Redis. */
final class AlertEntry {

    /** The field of a stream entry that holds the whole alert. */
    static final String CONTEXT = "context";

    private AlertEntry() {}

    /** Fields and values of an entry of the alert stream, alternating. */
    static List<String> fields(Alert alert) {
        return List.of(
                "window",
                alert.window().code(),
                "reason",
                alert.reason(),
                "score",
                Long.toString(alert.score()),
                "total",
                Long.toString(alert.total()),
                "share",
                String.format(Locale.ROOT, "%.3f", alert.share()),
                "timestamp",
                Long.toString(alert.told().at().getEpochSecond()),
                "severity",
                alert.severity().name(),
                "alert_id",
                alert.id(),
                "state",
                alert.state().word(),
                "rule",
                alert.rule(),
                CONTEXT,
                json(alert));
    }

    static String json(Object alertOrSilence) {
        try {
            return BusMessages.JSON.writeValueAsString(alertOrSilence);
        } catch (JsonProcessingException e) {
            throw new IllegalArgumentException("cannot write " + alertOrSilence + " as JSON", e);
        }
    }

    /**
     * @throws IllegalArgumentException when that is no alert with everything that an alert needs
     */
    static Alert alert(String json) {
        Alert alert = read(json, Alert.class);
        requireSet("id", alert.id());
        requireSet("reason", alert.reason());
        requireSet("rule", alert.rule());
        requireSet("window", alert.window());
        requireSet("state", alert.state());
        requireSet("severity", alert.severity());
        requireSet("since", alert.since());
        requireSet("changed", alert.changed());
        requireSet("symbols", alert.symbols());
        requireSet("decisions", alert.decisions());
        if (alert.state() == Alert.State.RESOLVED) {
            requireSet("resolved", alert.resolved());
        }
        return alert;
    }

    /**
     * @throws IllegalArgumentException when that is no silence with everything that a silence needs
     */
    static Silence silence(String json) {
        Silence silence = read(json, Silence.class);
        requireSet("id", silence.id());
        requireSet("gate", silence.gate());
        requireSet("until", silence.until());
        return silence;
    }

    private static <T> T read(String json, Class<T> type) {
        try {
            T read = BusMessages.JSON.readValue(json, type);
            requireSet("value", read);
            return read;
        } catch (JsonProcessingException e) {
            throw new IllegalArgumentException("it is no JSON of " + type.getSimpleName(), e);
        }
    }

    private static void requireSet(String field, Object value) {
        if (value == null) {
            throw new IllegalArgumentException("its " + field + " is missing");
        }
    }
}
