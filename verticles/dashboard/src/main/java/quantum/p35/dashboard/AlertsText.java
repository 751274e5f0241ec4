package quantum.p35.dashboard;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Collectors;
import quantum.p35.api.Alert;
import quantum.p35.api.Alerts;
import quantum.p35.api.Alerts.Which;
import quantum.p35.api.Severity;

/** {@code ./p35 alerts}: what fires, worst first, and the first thing to do; or what did, newest change first. */
final class AlertsText {

    private static final String INDENT = "    ";

    private static final Comparator<Alert> WORST_FIRST =
            Comparator.comparing(Alert::severity).thenComparing(Alert::since).reversed();

    private final Ink ink;

    AlertsText(Ink ink) {
        this.ink = ink;
    }

    String print(Alerts.Answer answer, Which which) {
        String title = which == Which.ACTIVE ? "ALERTS" : "ALERTS  recent";
        Page page = Page.titled(title, ink.bold(title), Figures.clock(answer.asOf()) + " UTC", ink);
        if (answer.blind() != null) {
            page.wrapped("▲ Nothing can fire or end at the moment: drift " + answer.blind(), "", "  ");
            page.line("  → ./p35 e").line("");
        }
        if (answer.alerts().isEmpty()) {
            page.line(which == Which.ACTIVE ? "No alert." : "No alert, and none that is still remembered.");
        }
        List<Alert> alerts = new ArrayList<>(answer.alerts());
        if (which == Which.ACTIVE) {
            alerts.sort(WORST_FIRST);
        }
        for (Alert alert : alerts) {
            if (alert != alerts.getFirst()) {
                page.line("");
            }
            alert(page, alert, answer.asOf());
        }
        return page.print();
    }

    private void alert(Page page, Alert alert, Instant now) {
        boolean firing = alert.resolved() == null;
        String head = (firing ? shape(alert.severity()) : "●") + " "
                + Columns.left(alert.severity().name(), 9) + alert.reason();
        page.line(firing ? ink.of(alert.severity(), head) : ink.quiet(head));
        page.wrapped(alert.sentence(), INDENT, INDENT);
        page.wrapped(course(alert, now), INDENT, INDENT);
        if (!alert.symbols().isEmpty()) {
            page.wrapped("most in 15 minutes: " + symbols(alert), INDENT, INDENT + "  ");
        }
        if (alert.acknowledged() != null) {
            var seen = alert.acknowledged();
            page.wrapped(
                    "acknowledged " + Figures.near(seen.at(), now, "") + " by " + seen.by() + note(seen.note()),
                    INDENT,
                    INDENT + "  ");
        }
        if (firing) {
            untold(page, alert, now);
            if (alert.action() != null) {
                page.wrapped(alert.action(), INDENT + "→ ", INDENT + "  ");
            }
        }
    }

    /** The severity is not told by colour alone. */
    private static String shape(Severity severity) {
        return severity == Severity.MEDIUM ? "▲" : "✖";
    }

    private static String course(Alert alert, Instant now) {
        List<String> parts = new ArrayList<>();
        boolean firing = alert.resolved() == null;
        String since = Figures.near(alert.since(), now, "");
        parts.add(
                firing
                        ? "since " + since + " (" + Durations.words(Duration.between(alert.since(), now)) + ")"
                        : "resolved: " + since + " to " + Figures.near(alert.resolved(), now, "") + " ("
                                + Durations.words(Duration.between(alert.since(), alert.resolved())) + ")");
        if (alert.flaps() > 0) {
            parts.add("fired again " + (alert.flaps() == 1 ? "once" : alert.flaps() + " times"));
        }
        if (firing && alert.certainty() != null && !alert.certainty().isEmpty()) {
            parts.add(alert.certainty());
        }
        // a rule that is about no share has 0 there
        if (firing && alert.share() > 0) {
            parts.add(share(alert, alert.share()));
        }
        if (!firing && alert.peak() > 0) {
            parts.add("peak " + share(alert, alert.peak()));
        }
        if (alert.shareBefore() != null) {
            parts.add(Figures.percent(alert.shareBefore()) + " in the hour before");
        }
        return String.join(", ", parts);
    }

    /** The sentence leaves repeats out, these figures do not: a reader must see that they are others. */
    private static String share(Alert alert, double share) {
        return Figures.percent(share) + (alert.rule().equals("symbol_stuck") ? " of symbols" : " with repeats");
    }

    private void untold(Page page, Alert alert, Instant now) {
        if (alert.silenced() != null) {
            var silence = alert.silenced();
            page.wrapped(
                    "silenced until " + Figures.near(silence.until(), now, "") + " by " + silence.by()
                            + note(silence.note()),
                    INDENT,
                    INDENT + "  ");
        } else if (alert.quietUntil() != null && alert.quietUntil().isAfter(now)) {
            page.line(INDENT + "quiet hours: nobody is notified before " + Figures.near(alert.quietUntil(), now, ""));
        }
    }

    private static String symbols(Alert alert) {
        return alert.symbols().stream()
                .map(symbol -> symbol.symbol() + " " + Figures.count(symbol.count()))
                .collect(Collectors.joining(", "));
    }

    private static String note(String note) {
        return note.isEmpty() ? "" : ": " + note;
    }

    String acknowledged(Alert alert) {
        return Columns.wrap("Acknowledged: " + alert.reason() + ", " + alert.severity() + ".", "", "");
    }
}
