package quantum.p35.drift;

import java.util.List;
import java.util.function.Supplier;
import quantum.p35.api.Alert;
import quantum.p35.api.Severity;
import quantum.p35.api.Symbols;
import quantum.p35.api.WindowName;

/**
 * The rules about one gate, or one family of gates.
 *
 * <p>{@code gate_share}: the lower bound of its share in 5 minutes reaches a threshold; where these hold too few decisions to
 * tell, that of 15 minutes, when the plain share of the 5 does as well. {@code gate_stuck}: the plain share is
 * over the lowest threshold in 5 minutes, in the 10 before and in the 45 before those, and in the hour so is the lower bound;
 * an hour of few decisions shows what 5 minutes of them cannot. {@code gate_growing} is {@link Growth}.
 */
final class GateRules {

    private static final WindowName WINDOW = WindowName.FIVE_MINUTES;
    private static final WindowName LONGER = WindowName.FIFTEEN_MINUTES;

    private final Sight sight;
    private final Subject subject;

    GateRules(Sight sight, Subject subject) {
        this.sight = sight;
        this.subject = subject;
    }

    /** {@code gate_share} and {@code gate_stuck}. */
    List<Evaluation> gate() {
        return List.of(
                guarded(AlertRules.GATE_SHARE, () -> share(AlertRules.GATE_SHARE)),
                guarded(AlertRules.GATE_STUCK, this::stuck));
    }

    /** {@code gate_growing}. @param told why it has nothing to add; null when it has */
    Evaluation growing(String told) {
        return guarded(AlertRules.GATE_GROWING, () -> new Growth(sight, subject).growing(told));
    }

    /** {@code family_share}. @param instead why another alert is the one to wait for; null when there is none */
    Evaluation family(String instead) {
        Evaluation share = guarded(AlertRules.FAMILY_SHARE, () -> share(AlertRules.FAMILY_SHARE));
        return instead == null ? share : share.heldBack(instead);
    }

    private Evaluation guarded(String rule, Supplier<Evaluation> judged) {
        return Guarded.evaluation(rule, subject.reason(), judged);
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
            return said(rule, sight.ofNothing(base), figures, "no decisions in the last " + WINDOW.words());
        }
        String seen = " (" + sight.seen(score, base, WINDOW) + ")";
        double share = base.share(score);
        String tooLittle = sight.tooLittle(base);
        if (tooLittle == null && sureOf(WINDOW) >= threshold) {
            return fires(
                    rule,
                    subject.thresholds().at(bounds.low()),
                    figures,
                    Words.atLeast(bounds.low()) + " " + sight.confidence().words() + seen);
        }
        if (tooLittle == null && share >= threshold && sureOf(LONGER) >= threshold) {
            double low = Math.min(share, boundsOf(sight.confidence(), LONGER).low());
            return fires(
                    rule,
                    subject.thresholds().at(low),
                    figures,
                    Words.percent(share) + seen + ", " + Words.atLeast(low) + " of the last " + LONGER.words() + " "
                            + sight.confidence().words());
        }
        if (share <= threshold - sight.clearance(threshold)) {
            return said(rule, Verdict.CLEAR, figures, Words.percent(share) + seen);
        }
        String certain = tooLittle != null
                ? tooLittle
                : Words.atLeast(sureOf(WINDOW)) + " " + sight.surely().words();
        return said(
                rule,
                Verdict.HOLDS,
                figures,
                Words.percent(share) + seen + ", but " + certain + "; " + Words.percent(threshold) + " would fire");
    }

    private double sureOf(WindowName window) {
        return boundsOf(sight.surely(), window).low();
    }

    private Confidence.Bounds boundsOf(Confidence confidence, WindowName window) {
        Base base = sight.base(window);
        return confidence.of(base.count(subject.codes()), base.size());
    }

    private Evaluation stuck() {
        String rule = AlertRules.GATE_STUCK;
        Base base = sight.base(WINDOW);
        if (subject.thresholds() == null) {
            return clear(rule, "it never alerts");
        }
        double threshold = subject.thresholds().lowest();
        Confidence.Bounds bounds = boundsOf(sight.confidence(), WindowName.ONE_HOUR);
        Figures figures = sight.figures(base.count(subject.codes()), base, bounds, threshold);
        if (sight.blind() != null) {
            return said(rule, Verdict.HOLDS, figures, sight.blind());
        }
        if (base.size() == 0) {
            return said(rule, sight.ofNothing(base), figures, "no decisions in the last " + WINDOW.words());
        }
        int needed = sight.rules().evidence().decisions();
        String shares = "";
        String tooLittle = sight.tooLittle(base);
        boolean everywhere = true;
        for (Piece piece : pieces()) {
            double share = piece.base.share(piece.base.count(subject.codes()));
            shares += (shares.isEmpty() ? "" : ", ") + Words.percent(share) + " in " + piece.words;
            boolean enough = piece.base.size() >= needed;
            if (!enough) {
                tooLittle =
                        Words.count(piece.base.size(), "decision") + " in " + piece.words + ", " + needed + " needed";
            }
            // few decisions of now end it, few of before say nothing
            if ((enough || piece.base == base) && share <= threshold - sight.clearance(threshold)) {
                return said(rule, Verdict.CLEAR, figures, shares + "; " + Words.percent(threshold) + " would fire");
            }
            everywhere &= share >= threshold;
        }
        if (tooLittle == null && everywhere && sureOf(WindowName.ONE_HOUR) >= threshold) {
            String because = shares + "; in the hour " + Words.atLeast(bounds.low()) + " "
                    + sight.confidence().words();
            return fires(rule, sight.rules().rule(rule).severity(), figures, because);
        }
        String why = tooLittle != null
                ? tooLittle
                : "in the hour " + Words.atLeast(sureOf(WindowName.ONE_HOUR)) + " "
                        + sight.surely().words();
        return said(rule, Verdict.HOLDS, figures, shares + ", but " + why);
    }

    /** Of the hour; they share no decision, so that what is young is not seen three times. */
    private List<Piece> pieces() {
        return List.of(
                new Piece("the last 5 minutes", sight.base(WINDOW)),
                new Piece("the 10 before", sight.between(LONGER, WINDOW)),
                new Piece("the 45 before those", sight.before()));
    }

    private record Piece(String words, Base base) {}

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
