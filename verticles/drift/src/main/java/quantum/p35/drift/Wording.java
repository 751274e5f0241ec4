package quantum.p35.drift;

import java.time.Duration;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import quantum.p35.api.Alert;
import quantum.p35.api.CatalogueEntry;
import quantum.p35.api.GateCatalogue;
import quantum.p35.api.Keys;
import quantum.p35.api.Outcome;
import quantum.p35.api.WindowName;
import quantum.p35.api.WindowsUpdated;

/**
 * What an alert says: what is wrong, how much, since when, and what to do first.
 *
 * @param windows of the look
 */
record Wording(WindowsUpdated windows, GateCatalogue catalogue, Keys keys) {

    private static final Set<String> NO_SHARE =
            Set.of(AlertRules.SYMBOL_STUCK, AlertRules.SOURCE_SILENT, AlertRules.INGEST_BEHIND);

    Map<Outcome, Long> decisions(WindowName window) {
        return windows.of(window).decisions();
    }

    /**
     * Without the time: whoever shows it knows the reader's zone. Shares are those that the rules compare, without repeats,
     * and those that the answer to "why" gives. While it fires the words are true of this look, also when the look itself
     * would not fire: the alert ends only when that lasts.
     */
    String sentence(Draft alert, Evaluation look) {
        Figures figures = look.figures();
        if (alert.firing() && NO_SHARE.contains(alert.reason)) {
            return withoutShare(alert, look.verdict()) + ".";
        }
        if (alert.firing()) {
            return (look.sawNothing() ? before(alert) : wrong(alert, figures)) + ".";
        }
        return subject(alert) + " is over after " + Words.span(Duration.between(alert.since, alert.resolved))
                + (NO_SHARE.contains(alert.reason) || figures.size() == 0
                        ? "."
                        : ": now " + share(figures) + of(alert, figures) + ".");
    }

    private static String subject(Draft alert) {
        return Subject.isFamily(alert.reason) ? Subject.family(alert.reason) + " (all details together)" : alert.reason;
    }

    private static String wrong(Draft alert, Figures figures) {
        String share = share(figures);
        String of = of(alert, figures);
        return switch (alert.reason) {
            case AlertRules.EXECUTE_LOW -> "Only " + share + " of decisions execute" + of;
            case AlertRules.SKIP_HIGH -> share + " of decisions are SKIP" + of;
            case AlertRules.BLOCKED_HIGH -> share + " of decisions are BLOCKED" + of;
            case AlertRules.ERROR_HIGH -> share + " of decisions end in ERROR" + of;
            case AlertRules.UNKNOWN_HIGH -> share + " of decisions have a verdict that is not known" + of;
            default ->
                subject(alert) + (alert.rule.equals(AlertRules.GATE_GROWING) ? " grew: it stops " : " stops ") + share
                        + " of decisions" + of;
        };
    }

    /** {@code p33_permit_denied:stale stopped 60 of 90 decisions in the last 5 minutes that had any}. */
    private static String before(Draft alert) {
        String counted = Words.number(alert.score) + " of " + Words.count(alert.total, "decision");
        String was =
                switch (alert.reason) {
                    case AlertRules.EXECUTE_LOW -> "Only " + counted + " executed";
                    case AlertRules.SKIP_HIGH -> counted + " were SKIP";
                    case AlertRules.BLOCKED_HIGH -> counted + " were BLOCKED";
                    case AlertRules.ERROR_HIGH -> counted + " ended in ERROR";
                    case AlertRules.UNKNOWN_HIGH -> counted + " had a verdict that is not known";
                    default -> subject(alert) + " stopped " + counted;
                };
        return was + " in " + last(alert.window) + " that had any";
    }

    private static String withoutShare(Draft alert, Verdict verdict) {
        String is =
                switch (alert.reason) {
                    case AlertRules.SYMBOL_STUCK -> "No EXECUTE in " + last(alert.window) + " for " + symbols(alert);
                    case AlertRules.SOURCE_SILENT -> "Nothing is proposed";
                    default -> "Counting is behind, all figures are about the past";
                };
        String was =
                switch (alert.reason) {
                    case AlertRules.SYMBOL_STUCK -> symbols(alert) + " had no EXECUTE";
                    case AlertRules.SOURCE_SILENT -> "Nothing was proposed";
                    default -> "Counting was behind";
                };
        return switch (verdict) {
            case FIRES -> alert.reason.equals(AlertRules.SYMBOL_STUCK) ? is : is + ": " + alert.certainty;
            case CLEAR -> was + ", but now: " + alert.certainty + "; this ends when that lasts";
            case HOLDS -> was + "; now: " + alert.certainty;
        };
    }

    private static String share(Figures figures) {
        return Words.percent(figures.size() == 0 ? 0 : (double) figures.score() / figures.size());
    }

    /** {@code  (210 of 300 in the last 5 minutes, 41 repeats left out)}. */
    private static String of(Draft alert, Figures figures) {
        long repeats = figures.total() - figures.size();
        return " (" + Words.number(figures.score()) + " of " + Words.number(figures.size()) + " in "
                + last(alert.window) + (repeats > 0 ? ", " + Words.count(repeats, "repeat") + " left out" : "") + ")";
    }

    private static String last(WindowName window) {
        return "the last " + window.words();
    }

    private static String symbols(Draft alert) {
        long more = alert.score - alert.symbols.size();
        return alert.symbols.stream().map(Alert.Symbol::symbol).collect(Collectors.joining(", "))
                + (more > 0 ? " and " + Words.number(more) + " more" : "");
    }

    /** The first thing to do; null when nobody has written it down. */
    String action(Draft alert) {
        String action =
                switch (alert.reason) {
                    case AlertRules.EXECUTE_LOW, AlertRules.SKIP_HIGH, AlertRules.BLOCKED_HIGH, AlertRules.ERROR_HIGH ->
                        "./p35 a --window " + alert.window.code() + "  # what stops most, and what to do about it";
                    case AlertRules.UNKNOWN_HIGH ->
                        "redis-cli ZREVRANGE " + keys.unknownTop() + " 0 9 WITHSCORES  # texts nobody knows";
                    case AlertRules.SYMBOL_STUCK -> "./p35 b <S> --window " + alert.window.code();
                    case AlertRules.SOURCE_SILENT ->
                        "redis-cli XREVRANGE " + keys.stream() + " + - COUNT 5  # the last thing that was proposed";
                    case AlertRules.INGEST_BEHIND ->
                        "redis-cli XINFO GROUPS " + keys.stream() + "  # lag: not read yet, pending: not counted yet";
                    default ->
                        catalogue
                                .entry(Subject.family(alert.reason))
                                .map(CatalogueEntry::firstAction)
                                .orElse(null);
                };
        return action == null || alert.symbols.isEmpty()
                ? action
                : action.replace("<S>", alert.symbols.getFirst().symbol());
    }
}
