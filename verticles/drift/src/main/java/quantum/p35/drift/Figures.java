package quantum.p35.drift;

import quantum.p35.api.GateCount;

/**
 * What a rule saw.
 *
 * @param score decisions that the rule is about, in its window
 * @param total all decisions of the window, repeats included
 * @param size those that only repeat an earlier one left out: what rules compare with; {@code total} where no rule does
 * @param share {@code score / total}, 3 decimals
 * @param low lower end of the confidence interval of the share without repeats; null when there is none
 * @param high upper end
 * @param threshold that was compared with; null when the rule has none
 * @param n how many independent decisions the window is worth; null when the rule does not ask
 * @param shareBefore share without repeats in the 45 minutes before the last 15; of an alert that fires, as it was when it
 *     began; null when not known
 */
record Figures(
        long score,
        long total,
        long size,
        double share,
        Double low,
        Double high,
        Double threshold,
        Long n,
        Double shareBefore) {

    /** Of a rule that is not about a share of decisions. */
    static Figures none() {
        return of(0, 0);
    }

    static Figures of(long score, long total) {
        return new Figures(score, total, total, GateCount.share(score, total), null, null, null, null, null);
    }

    Figures with(Double before) {
        return new Figures(score, total, size, share, low, high, threshold, n, before);
    }
}
