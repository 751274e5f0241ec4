package quantum.p35.drift;

import quantum.p35.api.WindowsUpdated;

/**
 * How sticky gates are: rho = max(0, (same/pairs − Σq²) / (1 − Σq²)) over an hour, where a pair is two decisions in a row of
 * one symbol, {@code same} counts those with the same gate, and q are the gates' shares. Σq² is how often a pair would be the
 * same by chance. (Cohen's kappa of a decision with the one before it.)
 */
final class Stickiness {

    /** With fewer, nothing is known, and decisions are taken as independent. */
    private static final long PAIRS_NEEDED = 100;

    /** So that what never changes within the hour is still worth something. */
    private static final double MOST = 0.99;

    private Stickiness() {}

    /** @param base of the same hour, without repeats, as the pairs are */
    static double rho(WindowsUpdated.Counts hour, Base base) {
        if (hour.repeatPairs() < PAIRS_NEEDED || base.size() == 0) {
            return 0;
        }
        double chance = base.gates().values().stream()
                        .mapToDouble(count -> square((double) count / base.size()))
                        .sum()
                + square((double) base.none() / base.size());
        if (chance >= 1) {
            return 0;
        }
        double same = (double) hour.repeatSame() / hour.repeatPairs();
        return Math.clamp((same - chance) / (1 - chance), 0, MOST);
    }

    private static double square(double q) {
        return q * q;
    }
}
