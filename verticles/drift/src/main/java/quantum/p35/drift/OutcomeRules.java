package quantum.p35.drift;

import java.util.List;
import quantum.p35.api.Alert;
import quantum.p35.api.Outcome;
import quantum.p35.api.WindowName;

/**
 * The rules about the distribution of decisions: too little EXECUTE, or too much of another outcome, repeats left out.
 *
 * <p>Such a rule fires when the confidence interval of the share in its window lies beyond the threshold; or when that of the
 * hour does and the plain share of the window is beyond it too: what is a little wrong for long shows only in the hour.
 *
 * <p>"For 15 minutes" is meant: decisions must be older than the window, and the plain share must be beyond the threshold both
 * in its last 5 minutes and before them. So neither a service that is seconds old fires, nor an incident that just ended
 * and that the window still holds.
 */
final class OutcomeRules {

    /** Of the outcome, independent ones: one symbol that repeats itself a few times proves nothing. */
    private static final long FEW = 5;

    private final Sight sight;

    OutcomeRules(Sight sight) {
        this.sight = sight;
    }

    /** @param silence why there are no figures to judge, told by an alert of its own; null when there are */
    List<Evaluation> all(String silence) {
        return List.of(
                guarded(AlertRules.EXECUTE_LOW, Outcome.EXECUTE, silence),
                guarded(AlertRules.SKIP_HIGH, Outcome.SKIP, silence),
                guarded(AlertRules.BLOCKED_HIGH, Outcome.BLOCKED, silence),
                guarded(AlertRules.ERROR_HIGH, Outcome.ERROR, silence),
                guarded(AlertRules.UNKNOWN_HIGH, Outcome.UNKNOWN, silence));
    }

    private Evaluation guarded(String name, Outcome outcome, String silence) {
        return Guarded.evaluation(name, name, () -> evaluation(name, outcome, silence));
    }

    private Evaluation evaluation(String name, Outcome outcome, String silence) {
        AlertRules.Rule rule = sight.rules().rule(name);
        WindowName window = rule.window();
        Base base = sight.base(window);
        long score = base.count(outcome);
        double threshold = rule.threshold();
        Confidence.Bounds bounds = bounds(sight.confidence(), outcome, base);
        Figures figures = sight.figures(score, base, bounds, threshold);
        Saying saying = new Saying(name, outcome, window, figures);
        if (sight.blind() != null) {
            return said(saying, Verdict.HOLDS, sight.blind());
        }
        if (base.size() == 0) {
            return said(saying, sight.ofNothing(base), "no decisions in the last " + window.words());
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
        String young = young(outcome, window, threshold);
        if (young != null) {
            return said(saying, Verdict.HOLDS, seen + ", but " + young);
        }
        long worth = sight.confidence().effective(score, base.size());
        if (!low(outcome) && worth < FEW) {
            return said(
                    saying,
                    Verdict.HOLDS,
                    seen + ", but these are worth " + Words.number(worth) + " independent ones, " + FEW + " needed");
        }
        // EXECUTE falls far when it falls, and a stop of trading must be told in time
        Confidence surely = low(outcome) ? sight.confidence() : sight.surely();
        Confidence.Bounds sure = bounds(surely, outcome, base);
        if (over(outcome, sure, threshold)) {
            return said(
                    saying,
                    Verdict.FIRES,
                    words(sight.confidence(), outcome, bounds) + " (" + sight.seen(score, base, window) + ")");
        }
        Confidence.Bounds hour = bounds(surely, outcome, sight.base(WindowName.ONE_HOUR));
        if (over(outcome, share, threshold) && over(outcome, hour, threshold)) {
            return said(saying, Verdict.FIRES, seen + ", in the hour " + words(surely, outcome, hour));
        }
        return said(
                saying,
                Verdict.HOLDS,
                seen + ", but " + words(surely, outcome, sure) + ", " + Words.percent(threshold) + " is the threshold");
    }

    private Confidence.Bounds bounds(Confidence confidence, Outcome outcome, Base base) {
        long score = base.count(outcome);
        Confidence.Bounds bounds = confidence.of(score, base.size());
        if (score > 0 || base.size() == 0 || sight.look().symbols() == null) {
            return bounds;
        }
        long symbols = Math.min(base.size(), sight.look().symbols().size());
        return new Confidence.Bounds(
                bounds.low(), Math.min(bounds.high(), sight.confidence().mostOfNone(base.size(), symbols)));
    }

    /**
     * Why this has not been so for as long as the window; null when it has. Decisions must be older than the window, or it
     * is not full, and both its last 5 minutes and what is before them must be beyond the threshold.
     */
    private String young(Outcome outcome, WindowName window, double threshold) {
        WindowName longer = window == WindowName.FIVE_MINUTES ? WindowName.FIFTEEN_MINUTES : WindowName.ONE_HOUR;
        if (window != longer && sight.between(longer, window).size() == 0) {
            return "decisions are not yet older than " + window.words();
        }
        if (window.compareTo(WindowName.FIVE_MINUTES) <= 0) {
            return null;
        }
        if (!over(outcome, sight.base(WindowName.FIVE_MINUTES), threshold)) {
            return "no more in the last 5 minutes";
        }
        return over(outcome, sight.between(window, WindowName.FIVE_MINUTES), threshold)
                ? null
                : "not yet before the last 5 minutes";
    }

    private static boolean over(Outcome outcome, Base base, double threshold) {
        return base.size() > 0 && over(outcome, base.share(base.count(outcome)), threshold);
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

    private static String words(Confidence confidence, Outcome outcome, Confidence.Bounds bounds) {
        return (low(outcome) ? Words.atMost(bounds.high()) : Words.atLeast(bounds.low())) + " " + confidence.words();
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
