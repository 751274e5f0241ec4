package quantum.p35.api;

import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;

/**
 * The names of the Redis contract ({@code docs/redis-contract.md}). All times are UTC.
 *
 * @param prefix begin of every key that we write: {@code quantum:p35}
 * @param stream the input stream
 * @param group our consumer group on it
 */
public record Keys(String prefix, String stream, String group) {

    public static final Keys DEFAULT = new Keys("quantum:p35", "quantum:stream:apply.result", "p35_decision_intel");

    private static final DateTimeFormatter MINUTE =
            DateTimeFormatter.ofPattern("yyyyMMddHHmm").withZone(ZoneOffset.UTC);
    private static final DateTimeFormatter HOUR =
            DateTimeFormatter.ofPattern("yyyyMMddHH").withZone(ZoneOffset.UTC);

    public Keys {
        requireName("prefix", prefix);
        requireName("stream", stream);
        requireName("group", group);
    }

    private static void requireName(String what, String value) {
        if (value == null || value.isBlank() || !value.equals(value.strip())) {
            throw new IllegalArgumentException(
                    "redis." + what + " is '" + value + "': it must be a name without spaces around it");
        }
    }

    public String bucket(Instant minute) {
        return prefix + ":bucket:" + MINUTE.format(minute);
    }

    /** Texts of that minute that nobody knew: the source of {@link #unknownTop()}. */
    public String unknown(Instant minute) {
        return prefix + ":unknown:" + MINUTE.format(minute);
    }

    public String plans(Instant minute, String gate) {
        return prefix + ":plans:" + MINUTE.format(minute) + ":" + gate;
    }

    public String hour(Instant hour) {
        return prefix + ":hour:" + HOUR.format(hour);
    }

    public String lastExecute() {
        return prefix + ":last_execute";
    }

    public String decisionCounts(WindowName window) {
        return prefix + ":decision:counts:" + window.code();
    }

    public String reasonTop(WindowName window) {
        return prefix + ":reason:top:" + window.code();
    }

    public String unknownTop() {
        return prefix + ":unknown_decision:top:" + WindowName.FIVE_MINUTES.code();
    }

    public String status() {
        return prefix + ":status";
    }

    /** The stream of alerts. */
    public String alerts() {
        return prefix + ":alerts";
    }

    /** Alert reason → {@link Alert} as JSON: what fires, and what ended so lately that it may fire again. */
    public String activeAlerts() {
        return prefix + ":alerts:active";
    }

    /** Id → {@link Silence} as JSON. */
    public String silences() {
        return prefix + ":silences";
    }

    /** What Discord was told, and what is still to be told. */
    public String discordOutbox() {
        return prefix + ":discord:outbox";
    }

    /** There while Discord takes no call of that target. */
    public String discordClosed(String target) {
        return prefix + ":discord:closed:" + target;
    }

    public String deadLetter() {
        return prefix + ":dead_letter";
    }

    public String lease(String name) {
        return prefix + ":lease:" + name;
    }
}
