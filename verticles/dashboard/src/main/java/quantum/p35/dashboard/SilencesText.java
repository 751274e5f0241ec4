package quantum.p35.dashboard;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import quantum.p35.api.Silence;
import quantum.p35.api.Silences;

/** {@code ./p35 silence}: what nobody is told of, until when, by whom and why; and how to end it. */
final class SilencesText {

    private final Ink ink;

    SilencesText(Ink ink) {
        this.ink = ink;
    }

    String print(Silences.Answer answer, Instant now) {
        Page page = Page.titled("SILENCES", ink.bold("SILENCES"), Figures.clock(now) + " UTC", ink);
        if (answer.silences().isEmpty()) {
            page.line("Nothing is silenced.");
        }
        for (Silence silence : answer.silences()) {
            if (silence != answer.silences().getFirst()) {
                page.line("");
            }
            page.line(ink.bold(Columns.cut(what(silence), Columns.WIDTH)));
            page.wrapped(
                    "until " + Figures.near(silence.until(), now, "") + " ("
                            + left(Duration.between(now, silence.until())) + " left), by " + silence.by()
                            + (silence.note().isEmpty() ? "" : ": " + silence.note()),
                    "  ",
                    "    ");
            page.line(ink.quiet("  " + undo(silence)));
        }
        return page.print();
    }

    /** @param before the silences that there were: one of the same gate and symbol is over by this one */
    String added(Silence silence, List<Silence> before) {
        String instead = before.stream()
                .filter(other ->
                        what(other).equals(what(silence)) && !other.id().equals(silence.id()))
                .map(other -> " This takes the place of the silence until "
                        + Figures.near(other.until(), silence.from(), "") + " UTC by " + other.by() + ".")
                .findFirst()
                .orElse("");
        return Columns.wrap(
                        "Silenced: " + what(silence) + " until " + Figures.near(silence.until(), silence.from(), "")
                                + " UTC." + instead,
                        "",
                        "")
                + "To end it: " + undo(silence) + "\n";
    }

    String removed(Silence silence) {
        return Columns.wrap("Not silenced any more: " + what(silence) + ".", "", "");
    }

    /** To the nearest minute: two hours that were just asked for are two hours. */
    private static String left(Duration left) {
        return Durations.words(left.toMinutes() < 2 ? left : left.plusSeconds(30));
    }

    private static String what(Silence silence) {
        return silence.gate() + (silence.symbol() == null ? "" : " of " + silence.symbol());
    }

    private static String undo(Silence silence) {
        return "./p35 unsilence " + Columns.cut(silence.id(), 60);
    }
}
