package quantum.p35.drift;

import java.util.List;
import quantum.p35.api.Alert;
import quantum.p35.api.Outcome;
import quantum.p35.api.WindowName;

/**
 * The rules about the distribution of decisions: too little EXECUTE, or too much of another outcome, repeats left out.
 *
 * <p>Such a rule fires when the confidence interval of the share in its window lies beyond the threshold; or when that of the
 * hour does and the plain share of the window is beyond it too: what is a little wrong for long shows only in the hour. In
 * the last 5 minutes the plain share must still be beyond it, so that an incident that just ended is not told of again by a
 * window that still holds it.
 */
final class OutcomeRules {

    private final Sight sight;

    OutcomeRules(Sight sight) {
        this.sight = sight;
    }

    /** @param silence why there are no figures to judge, told by an alert of its own; null when there are */
    List<Evaluation> all(String silence) {
        return List.of(
                evaluation(AlertRules.EXECUTE_LOW, Outcome.EXECUTE, silence),
                evaluation(AlertRules.SKIP_HIGH, Outcome.SKIP, silence),
                evaluation(AlertRules.BLOCKED_HIGH, Outcome.BLOCKED, silence),
                evaluation(AlertRules.ERROR_HIGH, Outcome.ERROR, silence),
                evaluation(AlertRules.UNKNOWN_HIGH, Outcome.UNKNOWN, silence));
    }

    private Evaluation evaluation(String name, Outcome outcome, String silence) {
        AlertRules.Rule rule = sight.rules().rule(name);
        WindowName window = rule.window();
        Base base = sight.base(window);
        long score = base.count(outcome);
        double threshold = rule.threshold();
        Confidence.Bounds bounds = bounds(outcome, base);
        Figures figures = sight.figures(score, base, bounds, threshold);
        Saying saying = new Saying(name, outcome, window, figures);
        if (sight.blind() != null) {
            return said(saying, Verdict.HOLDS, sight.blind());
        }
        if (base.size() == 0) {
            return said(saying, Verdict.CLEAR, "no decisions in the last " + window.words());
        }
        if (silence != null) {
            return said(saying, Verdict.HOLDS, silence);
        }
        double share = base.share(score);
        String seen = Words.percent(share) + " (" + sight.seen(score, base, window) + ")";
        if (beyond(outcome, sight.clearance(threshold), share, threshold)) {
            return said(saying, Verdict.CLEAR, seen);
        }
        String tooLittle = sight.tooLittle(base);
        if (tooLittle != null) {
            return said(saying, Verdict.HOLDS, seen + ", but " + tooLittle);
        }
        if (!over(outcome, shareOf(outcome, WindowName.FIVE_MINUTES), threshold)) {
            return said(saying, Verdict.HOLDS, seen + ", but no more in the last 5 minutes");
        }
        if (over(outcome, bounds, threshold)) {
            return said(saying, Verdict.FIRES, sure(outcome, bounds) + " (" + sight.seen(score, base, window) + ")");
        }
        Confidence.Bounds hour = bounds(outcome, sight.base(WindowName.ONE_HOUR));
        if (over(outcome, share, threshold) && over(outcome, hour, threshold)) {
            return said(saying, Verdict.FIRES, seen + ", in the hour " + sure(outcome, hour));
        }
        return said(
                saying,
                Verdict.HOLDS,
                seen + ", but " + sure(outcome, bounds) + ", " + Words.percent(threshold) + " is the threshold");
    }

    private Confidence.Bounds bounds(Outcome outcome, Base base) {
        long score = base.count(outcome);
        Confidence.Bounds bounds = sight.confidence().of(score, base.size());
        if (score > 0 || base.size() == 0 || sight.look().symbols() == null) {
            return bounds;
        }
        long symbols = Math.min(base.size(), sight.look().symbols().size());
        return new Confidence.Bounds(
                bounds.low(), Math.min(bounds.high(), sight.confidence().mostOfNone(base.size(), symbols)));
    }

    private double shareOf(Outcome outcome, WindowName window) {
        Base base = sight.base(window);
        return base.share(base.count(outcome));
    }

    private static boolean low(Outcome outcome) {
        return outcome == Outcome.EXECUTE;
    }

    private static boolean over(Outcome outcome, double share, double threshold) {
        return low(outcome) ? share < threshold : share >= threshold;
    }

    private static boolean over(Outcome outcome, Confidence.Bounds bounds, double threshold) {
        return over(outcome, low(outcome) ? bounds.high() : bounds.low(), threshold);
    }

    private static boolean beyond(Outcome outcome, double clearance, double share, double threshold) {
        return low(outcome) ? share >= threshold + clearance : share <= threshold - clearance;
    }

    private String sure(Outcome outcome, Confidence.Bounds bounds) {
        return (low(outcome) ? Words.atMost(bounds.high()) : Words.atLeast(bounds.low())) + " " + sight.sure();
    }

    /** What every verdict of one rule has in common. */
    private record Saying(String rule, Outcome outcome, WindowName window, Figures figures) {}

    private Evaluation said(Saying saying, Verdict verdict, String because) {
        return new Evaluation(
                saying.rule,
                saying.rule,
                saying.window,
                verdict,
                verdict == Verdict.FIRES ? sight.rules().rule(saying.rule).severity() : null,
                saying.figures,
                because,
                symbols(saying.outcome));
    }

    private List<Alert.Symbol> symbols(Outcome outcome) {
        return sight.most(symbol -> low(outcome)
                ? symbol.total() - symbol.decisions().getOrDefault(outcome, 0L)
                : symbol.decisions().getOrDefault(outcome, 0L));
    }
}
