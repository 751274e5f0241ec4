package quantum.p35.discord;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;

/** When Discord takes the next call. Nothing is sent before: whoever calls a closed bucket again and again is banned. */
final class RateLimit {

    private static final long ORIGIN = System.nanoTime();

    /** Goes evenly, whoever sets the machine's clock; says nothing of the time of day. */
    static final InstantSource STEADY = () -> Instant.EPOCH.plusNanos(System.nanoTime() - ORIGIN);

    /** A longer wait is taken for nonsense; one call in 10 minutes hurts nobody. */
    static final Duration LONGEST = Duration.ofMinutes(10);

    private Instant opens = Instant.MIN;

    boolean open(Instant now) {
        return !now.isBefore(opens);
    }

    /** {@link Instant#MIN} when it was never closed. */
    Instant opens() {
        return opens;
    }

    /** @param wait from now on; an earlier end of waiting than the one known is not taken */
    void close(Duration wait, Instant now) {
        Instant until = now.plus(wait.compareTo(LONGEST) > 0 ? LONGEST : wait);
        if (until.isAfter(opens)) {
            opens = until;
        }
    }
}
