package quantum.p35.discord;

import java.util.Set;
import quantum.p35.api.Alert;

/** An alert's figures in the words of its rule: not every rule is about a share of the decisions. */
final class Figures {

    private static final Set<String> WITHOUT = Set.of("source_silent", "ingest_behind");
    private static final String OF_SYMBOLS = "symbol_stuck";

    private Figures() {}

    /** For a line of a list; empty when there is nothing to say. */
    static String brief(Alert alert) {
        if (nothing(alert)) {
            return "";
        }
        return alert.rule().equals(OF_SYMBOLS) ? symbols(alert) : Text.percent(alert.share());
    }

    /**
     * How bad it is, of that alert's window; empty when there is nothing to say. The share is the plain one, of all
     * decisions: the alert's sentence leaves out repeats.
     */
    static String full(Alert alert) {
        if (nothing(alert)) {
            return "";
        }
        String last = " in the last " + alert.window().words();
        if (alert.rule().equals(OF_SYMBOLS)) {
            return symbols(alert) + last;
        }
        String beside = alert.state() == Alert.State.RESOLVED
                ? ", " + Text.percent(alert.peak()) + " at its peak"
                : alert.shareBefore() == null ? "" : ", " + Text.percent(alert.shareBefore()) + " in the hour before";
        return Text.bar(alert.share()) + " " + Text.percent(alert.share()) + " of all decisions with repeats\n"
                + Text.count(alert.score()) + " of " + Text.count(alert.total()) + last + beside;
    }

    private static boolean nothing(Alert alert) {
        return alert.total() == 0 || WITHOUT.contains(alert.rule());
    }

    private static String symbols(Alert alert) {
        return Text.count(alert.score()) + " of " + Text.count(alert.total())
                + (alert.total() == 1 ? " symbol" : " symbols");
    }
}
