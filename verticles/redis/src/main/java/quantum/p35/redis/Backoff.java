package quantum.p35.redis;

import java.util.random.RandomGenerator;

/** How long to wait before the next try: doubling up to a limit, and between half and all of that, at random. */
public final class Backoff {

    private final long firstMillis;
    private final long maxMillis;
    private final RandomGenerator random;
    private long nextMillis;

    public Backoff(long firstMillis, long maxMillis, RandomGenerator random) {
        this.firstMillis = firstMillis;
        this.maxMillis = maxMillis;
        this.random = random;
        this.nextMillis = firstMillis;
    }

    /** Milliseconds to wait now; each call waits longer, up to the limit. */
    public long nextMillis() {
        long ceiling = nextMillis;
        nextMillis = Math.min(maxMillis, nextMillis * 2);
        return ceiling - random.nextLong(ceiling / 2 + 1);
    }

    /** After a success: begin with the short waits again. */
    public void reset() {
        nextMillis = firstMillis;
    }
}
