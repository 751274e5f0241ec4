package quantum.p35.simulator;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;

/** When entries come: by chance (Poisson), at a rate that may change. */
final class Arrivals {

    private final SplittableRandom random;
    private Instant from;

    Arrivals(long seed, Instant from) {
        this.random = new SplittableRandom(seed);
        this.from = from;
    }

    /** The times after those given before and before {@code end}, rising. @param perSecond may be 0 */
    List<Instant> until(Instant end, double perSecond) {
        List<Instant> times = new ArrayList<>();
        double length = Duration.between(from, end).toNanos() / 1e9;
        if (perSecond > 0 && length > 0) {
            for (double at = gap(perSecond); at < length; at += gap(perSecond)) {
                times.add(from.plusNanos((long) (at * 1e9)));
            }
        }
        from = length > 0 ? end : from;
        return times;
    }

    private double gap(double perSecond) {
        return -Math.log(1 - random.nextDouble()) / perSecond;
    }
}
