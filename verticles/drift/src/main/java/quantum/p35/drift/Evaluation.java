package quantum.p35.drift;

import java.util.List;
import quantum.p35.api.Alert;
import quantum.p35.api.Severity;
import quantum.p35.api.WindowName;

/**
 * One rule about one thing at one look.
 *
 * @param rule its name in {@code conf/alerts.yaml}
 * @param reason gate code, {@code p33_permit_denied:*} for a family, else the rule's name
 * @param severity null unless it fires
 * @param because the verdict in words and figures: {@code at least 58 % with 99 % confidence (210 of 300 decisions)}
 * @param symbols that it concerns most, at most 5, those of the last 15 minutes; may be empty
 */
record Evaluation(
        String rule,
        String reason,
        WindowName window,
        Verdict verdict,
        Severity severity,
        Figures figures,
        String because,
        List<Alert.Symbol> symbols) {

    boolean fires() {
        return verdict == Verdict.FIRES;
    }

    /** It cannot tell, and has no figures either: those that were known before still stand. */
    boolean sawNothing() {
        return verdict == Verdict.HOLDS && figures.total() == 0;
    }

    /** Something else tells of the same cause: this one does not fire then. It may still be clear. */
    Evaluation heldBack(String why) {
        return fires() ? but(Verdict.HOLDS, "held back, " + why + "; " + because) : this;
    }

    /** Its rule is switched off: what it told of is over. */
    Evaluation switchedOff() {
        return but(Verdict.CLEAR, "the rule is switched off in conf/alerts.yaml");
    }

    private Evaluation but(Verdict instead, String why) {
        return new Evaluation(rule, reason, window, instead, null, figures, why, symbols);
    }
}
