package quantum.p35.drift;

import java.util.List;
import java.util.stream.Stream;
import quantum.p35.api.Alert;
import quantum.p35.api.Severity;
import quantum.p35.api.Symbols;
import quantum.p35.api.WindowName;

/**
 * The rules about one gate, or one family of gates.
 *
 * <p>{@code gate_share}: the lower bound of its share in 5 minutes reaches a threshold. {@code gate_stuck}: the plain share is
 * over the lowest threshold in 5 and 15 minutes, and in the hour so is the lower bound; an hour of few decisions shows what
 * 5 minutes of them cannot. {@code gate_growing} is {@link Growth}.
 */
final class GateRules {

    private static final WindowName WINDOW = WindowName.FIVE_MINUTES;

    private final Sight sight;
    private final Subject subject;

    GateRules(Sight sight, Subject subject) {
        this.sight = sight;
        this.subject = subject;
    }

    /** {@code gate_share}, {@code gate_stuck} and {@code gate_growing}. */
    Stream<Evaluation> gate() {
        Evaluation share = share(AlertRules.GATE_SHARE);
        Evaluation stuck = stuck();
        boolean told = share.fires() || stuck.fires();
        return Stream.of(share, stuck, new Growth(sight, subject).growing(told));
    }

    /** {@code family_share}. @param told the gate of this family that alerts by itself; null when none does */
    Evaluation family(String told) {
        Evaluation share = share(AlertRules.FAMILY_SHARE);
        return told == null ? share : share.heldBack("the alert about " + told + " says more");
    }

    private Evaluation share(String rule) {
        Base base = sight.base(WINDOW);
        long score = base.count(subject.codes());
        if (subject.thresholds() == null) {
            return clear(
                    rule, "it never alerts: neither its kind nor a threshold of its own in conf/gates.yaml says so");
        }
        double threshold = subject.thresholds().lowest();
        Confidence.Bounds bounds = sight.confidence().of(score, base.size());
        Figures figures = sight.figures(score, base, bounds, threshold);
        if (sight.blind() != null) {
            return said(rule, Verdict.HOLDS, figures, sight.blind());
        }
        if (base.size() == 0) {
            return said(rule, Verdict.CLEAR, figures, "no decisions in the last " + WINDOW.words());
        }
        String seen = " (" + sight.seen(score, base, WINDOW) + ")";
        String tooLittle = sight.tooLittle(base);
        Severity severity = subject.thresholds().at(bounds.low());
        if (severity != null && tooLittle == null) {
            return fires(rule, severity, figures, Words.atLeast(bounds.low()) + " " + sight.sure() + seen);
        }
        double share = base.share(score);
        if (share <= threshold - sight.clearance(threshold)) {
            return said(rule, Verdict.CLEAR, figures, Words.percent(share) + seen);
        }
        String certain = tooLittle != null ? tooLittle : Words.atLeast(bounds.low()) + " " + sight.sure();
        return said(
                rule,
                Verdict.HOLDS,
                figures,
                Words.percent(share) + seen + ", but " + certain + "; " + Words.percent(threshold) + " would fire");
    }

    private Evaluation stuck() {
        String rule = AlertRules.GATE_STUCK;
        Base base = sight.base(WINDOW);
        Base hour = sight.base(WindowName.ONE_HOUR);
        if (subject.thresholds() == null) {
            return clear(rule, "it never alerts");
        }
        double threshold = subject.thresholds().lowest();
        Confidence.Bounds bounds = sight.confidence().of(hour.count(subject.codes()), hour.size());
        Figures figures = sight.figures(base.count(subject.codes()), base, bounds, threshold);
        if (sight.blind() != null) {
            return said(rule, Verdict.HOLDS, figures, sight.blind());
        }
        List<WindowName> windows = List.of(WINDOW, WindowName.FIFTEEN_MINUTES, WindowName.ONE_HOUR);
        for (WindowName window : windows) {
            double share = share(window);
            if (share <= threshold - sight.clearance(threshold)) {
                return said(
                        rule,
                        Verdict.CLEAR,
                        figures,
                        Words.percent(share) + " in the last " + window.words() + ", " + Words.percent(threshold)
                                + " in each window would fire");
            }
        }
        String shares = "%s in 5 minutes, %s in 15, %s in the hour"
                .formatted(windows.stream()
                        .map(window -> Words.percent(share(window)))
                        .toArray());
        String tooLittle = sight.tooLittle(base);
        boolean everywhere = windows.stream().allMatch(window -> share(window) >= threshold);
        if (tooLittle == null && everywhere && bounds.low() >= threshold) {
            String because = shares + ", there " + Words.atLeast(bounds.low()) + " " + sight.sure();
            return fires(rule, sight.rules().rule(rule).severity(), figures, because);
        }
        String why = tooLittle != null ? tooLittle : "in the hour " + Words.atLeast(bounds.low()) + " " + sight.sure();
        return said(rule, Verdict.HOLDS, figures, shares + ", but " + why);
    }

    private double share(WindowName window) {
        Base base = sight.base(window);
        return base.share(base.count(subject.codes()));
    }

    private Evaluation clear(String rule, String because) {
        return said(rule, Verdict.CLEAR, Figures.none(), because);
    }

    private Evaluation said(String rule, Verdict verdict, Figures figures, String because) {
        return new Evaluation(rule, subject.reason(), WINDOW, verdict, null, withBefore(figures), because, symbols());
    }

    private Evaluation fires(String rule, Severity severity, Figures figures, String because) {
        return new Evaluation(
                rule, subject.reason(), WINDOW, Verdict.FIRES, severity, withBefore(figures), because, symbols());
    }

    private Figures withBefore(Figures figures) {
        return figures.with(new Growth(sight, subject).shareBefore());
    }

    private List<Alert.Symbol> symbols() {
        return symbols(sight, subject);
    }

    /** Those that it stops most. */
    static List<Alert.Symbol> symbols(Sight sight, Subject subject) {
        return sight.most(symbol -> count(symbol, subject));
    }

    private static long count(Symbols.SymbolCount symbol, Subject subject) {
        return symbol.gates().stream()
                .filter(gate -> subject.codes().contains(gate.gate()))
                .mapToLong(gate -> gate.count())
                .sum();
    }
}
