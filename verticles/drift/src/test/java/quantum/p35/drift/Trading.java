package quantum.p35.drift;

import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import java.util.function.Predicate;
import quantum.p35.api.Outcome;

/**
 * A trading system on a virtual clock: decisions at random times, each for a random symbol, each with a gate that is drawn
 * from a mixture, or is the one of the symbol's decision before it.
 */
final class Trading {

    static final String GATE = "p33_permit_denied:no_exchange_snapshot";

    /** A decision that nothing stopped; it has no gate. */
    static final String NONE = "none";

    /**
     * The upper end of a healthy day: one gate at 30 %, 35 % of decisions execute. Where something explodes or stops, the
     * others keep their proportions.
     */
    static final List<Kind> HEALTHY = List.of(
            new Kind(NONE, Outcome.EXECUTE, 0.35),
            new Kind(GATE, Outcome.SKIP, 0.18),
            new Kind(GATE, Outcome.BLOCKED, 0.12),
            new Kind("no_position", Outcome.SKIP, 0.20),
            new Kind("not_in_allowlist", Outcome.SKIP, 0.05),
            new Kind("leverage_ratio_exceeded", Outcome.BLOCKED, 0.05),
            new Kind("insufficient_confidence", Outcome.SKIP, 0.03),
            new Kind("binance_error", Outcome.ERROR, 0.01),
            new Kind(NONE, Outcome.UNKNOWN, 0.01));

    private final SplittableRandom random;
    private final double perMinute;
    private final double repeated;
    private final int[] before;
    private double[] shares;

    record Kind(String gate, Outcome outcome, double share) {}

    /**
     * @param symbols how many
     * @param repeated chance that a decision has the gate and outcome of its symbol's last one
     */
    Trading(long seed, double perMinute, double repeated, int symbols) {
        this.random = new SplittableRandom(seed);
        this.perMinute = perMinute;
        this.repeated = repeated;
        this.before = new int[symbols];
        healthy();
        Arrays.setAll(before, symbol -> draw());
    }

    void healthy() {
        shares = HEALTHY.stream().mapToDouble(Kind::share).toArray();
    }

    /** From now on {@link #GATE} has this share. */
    void explode(double share) {
        step(kind -> kind.gate.equals(GATE), share);
    }

    /** From now on nothing executes. */
    void stopTrading() {
        step(kind -> kind.outcome == Outcome.EXECUTE, 0);
    }

    /** At once: what a symbol was refused for before says nothing any more. */
    private void step(Predicate<Kind> which, double share) {
        healthy();
        scale(which, share);
        Arrays.setAll(before, symbol -> draw());
    }

    private void scale(Predicate<Kind> which, double share) {
        double old = HEALTHY.stream().filter(which).mapToDouble(Kind::share).sum();
        for (int kind = 0; kind < shares.length; kind++) {
            shares[kind] *= which.test(HEALTHY.get(kind)) ? share / old : (1 - share) / (1 - old);
        }
    }

    /** The decisions of so many seconds. */
    void run(double seconds, Sums sums) {
        for (double at = pause(); at < seconds; at += pause()) {
            int symbol = random.nextInt(before.length);
            int kind = random.nextDouble() < repeated ? before[symbol] : draw();
            boolean same = HEALTHY.get(kind).gate.equals(HEALTHY.get(before[symbol]).gate);
            before[symbol] = kind;
            sums.add(symbol, kind, same);
        }
    }

    private double pause() {
        return -Math.log(1 - random.nextDouble()) * 60 / perMinute;
    }

    private int draw() {
        double at = random.nextDouble();
        for (int kind = 0; kind < shares.length - 1; kind++) {
            at -= shares[kind];
            if (at < 0) {
                return kind;
            }
        }
        return shares.length - 1;
    }
}
