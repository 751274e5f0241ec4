package quantum.p35.drift;

import java.text.DecimalFormat;
import java.text.DecimalFormatSymbols;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import org.apache.commons.statistics.interval.BinomialConfidenceInterval;
import org.apache.commons.statistics.interval.Interval;

/**
 * What a count says about the share behind it, when decisions are sticky.
 *
 * <p>A symbol that was refused for a reason is mostly refused for it again, so n decisions say less than n independent ones.
 * With the stickiness rho the variance of the mean of a long run of one symbol is (1+rho)/(1−rho) times larger (that of a
 * first-order Markov chain), and n decisions are worth n′ = n·(1−rho)/(1+rho). A run of m decisions has just
 * 1 + 2·Σ(1−j/m)·rho^j times the variance, which is less: the first decisions of two symbols repeat nothing. So the factor is
 * taken for what each symbol has in the window. Shares are then bounded by Wilson's score interval of k′ = k·n′/n of n′.
 *
 * <p>The bounds that are told are of the level that was asked for. To fire, a rule needs those of {@link #surely}: it looks
 * 8 640 times a day at what is mostly well, and an error of 1 % at each of some hundred independent looks is several false
 * alarms a week.
 */
final class Confidence {

    /** Of the error that is allowed, when it is about firing. docs/rationale/alarms.md has the figures. */
    private static final double TO_FIRE = 0.2;

    private final double level;
    private final double rho;
    private final double[] symbols;
    private final Map<Long, Long> effective = new HashMap<>();

    /**
     * @param level of the two-sided intervals: 0.99
     * @param rho {@link Stickiness}, 0 to under 1
     * @param symbols the part of the decisions that each symbol has; empty when not known: then all are of one
     */
    Confidence(double level, double rho, double... symbols) {
        this.level = level;
        this.rho = rho;
        this.symbols = symbols.clone();
    }

    double level() {
        return level;
    }

    /** What a rule must be sure of to fire. */
    Confidence surely() {
        return new Confidence(1 - TO_FIRE * (1 - level), rho, symbols);
    }

    /** {@code with 99 % confidence}. */
    String words() {
        return "with " + new DecimalFormat("0.##", DecimalFormatSymbols.getInstance(Locale.ROOT)).format(100 * level)
                + " % confidence";
    }

    /** How many independent decisions so many are worth. */
    long effective(long n) {
        return rho == 0 ? n : effective.computeIfAbsent(n, this::worth);
    }

    private long worth(long n) {
        if (symbols.length == 0) {
            return Math.round(n * (1 - rho) / (1 + rho));
        }
        double variance = 0;
        for (double part : symbols) {
            // a decision of a symbol stands in a run that is one longer than the mean: there are more in long runs
            variance += part * inflation(1 + n * part);
        }
        return Math.round(n / variance);
    }

    /** How many independent ones {@code k} of {@code n} decisions are worth. */
    long effective(long k, long n) {
        return Math.round((double) k * effective(n) / n);
    }

    /** By how much the variance of the mean of a symbol's decisions is larger than of independent ones. */
    private double inflation(double m) {
        return m <= 1 ? 1 : (1 + rho) / (1 - rho) - 2 * rho * (1 - Math.pow(rho, m)) / (m * (1 - rho) * (1 - rho));
    }

    /** Bounds of the share of which {@code k} of {@code n} were seen, at most all of them; of nothing, 0 to 1. */
    Bounds of(long k, long n) {
        long worth = effective(n);
        if (worth == 0) {
            return Bounds.UNKNOWN;
        }
        long seen = effective(Math.clamp(k, 0, n), n);
        Interval wilson = BinomialConfidenceInterval.WILSON_SCORE.fromErrorRate(
                Math.toIntExact(worth), Math.toIntExact(seen), 1 - level);
        return new Bounds(wilson.getLowerBound(), wilson.getUpperBound());
    }

    /**
     * How much the first share is over the second at least: the lower end of Newcombe's hybrid score interval for a
     * difference (Statistics in Medicine 17, 1998, method 10).
     */
    double growth(long k, long n, long kBefore, long nBefore) {
        Bounds now = of(k, n);
        Bounds before = of(kBefore, nBefore);
        double share = (double) k / n;
        double shareBefore = (double) kBefore / nBefore;
        return share - shareBefore - Math.hypot(share - now.low(), before.high() - shareBefore);
    }

    /**
     * The largest share with which it is not yet odd that none of {@code n} decisions had it: the upper end of the exact
     * one-sided interval.
     *
     * <p>The variance does not tell that: in a run of the same gate only its first decision is drawn, whatever the run's
     * length. So with the share p the chance of none is (1−p) for each symbol's first decision, and 1−p·(1−rho) for each
     * that follows one of its symbol.
     *
     * @param symbols that the decisions are of
     */
    double mostOfNone(long n, long symbols) {
        double low = 0;
        double high = 1;
        for (int step = 0; step < 30; step++) {
            double share = (low + high) / 2;
            double chance = Math.pow(1 - share, symbols) * Math.pow(1 - share * (1 - rho), n - symbols);
            if (chance > 1 - level) {
                low = share;
            } else {
                high = share;
            }
        }
        return high;
    }

    /** How many of the decisions of one symbol were drawn anew, not only repeated from the one before. */
    double drawn(long n) {
        return 1 + (n - 1) * (1 - rho);
    }

    /** Of a share, with the confidence that was asked for. */
    record Bounds(double low, double high) {

        static final Bounds UNKNOWN = new Bounds(0, 1);
    }
}
