package quantum.p35.discord;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import quantum.p35.api.Alert;
import quantum.p35.api.Severity;
import quantum.p35.api.Silence;

/**
 * The message of one incident, for a tired person with a phone: what, since when, how bad, which symbols, what to do.
 *
 * <p>The limits of its parts add up to less than the 6 000 that Discord takes over all embeds of a message.
 */
final class Layout {

    static final int RED = 0xD92D20;
    static final int ORANGE = 0xF79009;
    static final int YELLOW = 0xEAAA08;
    static final int GREEN = 0x12B76A;
    static final int GREY = 0x98A2B3;
    static final String FORGOTTEN = "⚪";

    private static final int GATE = 120;
    private static final int SENTENCE = 1200;
    private static final int SYMBOL = 40;
    private static final int ACTION = 1000;
    private static final int CERTAINTY = 400;
    private static final int NOTE = 300;
    private static final int ID = 300;

    private Layout() {}

    /**
     * @param before severity of the message that this one follows; null when it follows none
     * @param page address of the web page
     */
    static Message.Embed of(Alert alert, Severity before, String page) {
        return new Message.Embed(
                title(alert, before),
                Text.plain(alert.sentence(), SENTENCE),
                colour(alert),
                fields(alert, page),
                footer(alert));
    }

    /** Redis lost it: its last figures are no end. */
    static Message.Embed forgotten(Alert alert, String page) {
        return new Message.Embed(
                FORGOTTEN + " Forgotten: " + gate(alert),
                "Redis does not know this alert any more, so nobody can say whether it is over. If it still fires, it is"
                        + " told anew. It was: " + Text.plain(alert.sentence(), SENTENCE),
                GREY,
                List.of(
                        field("Since", Text.ago(alert.since()) + ", " + Text.clock(alert.since())),
                        field("More", more(alert, page))),
                footer(alert));
    }

    /** What an older message says when a newer one tells of the incident. @param link to the newer one; null when unknown */
    static Message.Embed moved(Alert alert, String link) {
        String where = link == null ? "below" : "[here](" + link + ")";
        return new Message.Embed(
                "⬆️ Escalated to " + alert.severity() + ": " + gate(alert),
                "It goes on " + where + ".",
                GREY,
                List.of(),
                footer(alert));
    }

    static String gate(Alert alert) {
        return Text.code(alert.reason(), GATE);
    }

    static String glyph(Alert alert) {
        return alert.state() == Alert.State.RESOLVED ? "✅" : glyph(alert.severity());
    }

    static String glyph(Severity severity) {
        return switch (severity) {
            case CRITICAL -> "🔴";
            case HIGH -> "🟠";
            case MEDIUM -> "🟡";
        };
    }

    static int colour(Alert alert) {
        return alert.state() == Alert.State.RESOLVED
                ? GREEN
                : switch (alert.severity()) {
                    case CRITICAL -> RED;
                    case HIGH -> ORANGE;
                    case MEDIUM -> YELLOW;
                };
    }

    /** What is on the page about it. A rule that is not about a gate has no place of its own there. */
    static String link(Alert alert, String page) {
        return alert.reason().equals(alert.rule())
                ? page + "/"
                : page + "/?gate="
                        + URLEncoder.encode(Text.cut(alert.reason(), GATE), StandardCharsets.UTF_8)
                                .replace("*", "%2A");
    }

    private static String more(Alert alert, String page) {
        return "[the page](" + link(alert, page) + ")";
    }

    private static String title(Alert alert, Severity before) {
        if (alert.state() == Alert.State.RESOLVED) {
            return "✅ Resolved: " + gate(alert);
        }
        String word = alert.acknowledged() != null ? ", acknowledged" : alert.silenced() != null ? ", silenced" : "";
        String was = before != null && before != alert.severity() ? " (was " + before + ")" : "";
        return glyph(alert) + " " + alert.severity() + was + word + ": " + gate(alert);
    }

    private static List<Message.Field> fields(Alert alert, String page) {
        List<Message.Field> fields = new ArrayList<>();
        fields.add(since(alert));
        String figures = Figures.full(alert);
        if (!figures.isEmpty()) {
            fields.add(field(alert.state() == Alert.State.RESOLVED ? "At the end" : "How bad", figures));
        }
        if (!alert.symbols().isEmpty()) {
            fields.add(field("Symbols in 15 minutes", symbols(alert)));
        }
        if (alert.acknowledged() != null) {
            fields.add(field("Acknowledged", acknowledged(alert.acknowledged())));
        }
        if (alert.silenced() != null) {
            fields.add(field("Silenced", silenced(alert.silenced())));
        }
        if (alert.action() != null && alert.state() == Alert.State.FIRING) {
            fields.add(field("Do first", Text.step(alert.action(), ACTION)));
        }
        if (alert.certainty() != null && alert.state() == Alert.State.FIRING) {
            fields.add(field("How sure", Text.plain(alert.certainty(), CERTAINTY)));
        }
        fields.add(field("More", more(alert, page)));
        return fields;
    }

    private static Message.Field since(Alert alert) {
        String flaps = alert.flaps() == 0 ? "" : ", fired again " + times(alert.flaps());
        if (alert.resolved() == null) {
            return field("Since", Text.ago(alert.since()) + ", " + Text.clock(alert.since()) + flaps);
        }
        String lasted = Text.lasted(Duration.between(alert.since(), alert.resolved()));
        return field(
                "Lasted",
                lasted + ", from " + Text.clock(alert.since()) + " to " + Text.clock(alert.resolved()) + flaps);
    }

    private static String times(int flaps) {
        return flaps == 1 ? "once" : flaps + " times";
    }

    private static String symbols(Alert alert) {
        return alert.symbols().stream()
                .limit(5)
                .map(symbol -> Text.code(symbol.symbol(), SYMBOL) + " " + Text.count(symbol.count()))
                .collect(Collectors.joining(", "));
    }

    private static String silenced(Silence silenced) {
        String by = silenced.by() == null ? "" : " by " + Text.plain(silenced.by(), SYMBOL);
        return "until " + Text.clock(silenced.until()) + ", " + Text.ago(silenced.until()) + by + note(silenced.note());
    }

    private static String acknowledged(Alert.Acknowledgement acknowledged) {
        return Text.plain(acknowledged.by(), SYMBOL) + " " + Text.ago(acknowledged.at()) + note(acknowledged.note());
    }

    private static String note(String note) {
        return note == null || note.isBlank() ? "" : ": " + Text.plain(note, NOTE);
    }

    private static Message.Field field(String name, String value) {
        return new Message.Field(name, value);
    }

    private static Message.Footer footer(Alert alert) {
        return new Message.Footer(Text.cut(alert.id(), ID));
    }
}
