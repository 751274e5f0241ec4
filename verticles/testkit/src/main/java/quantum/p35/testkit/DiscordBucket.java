package quantum.p35.testkit;

import java.time.Duration;

/** How many calls a webhook takes in a while, as its headers tell; times are {@link System#nanoTime}. */
final class DiscordBucket {

    private final int limit;
    private final Duration period;
    private int used;
    private long resetsAt;
    private boolean closed;

    DiscordBucket(int limit, Duration period) {
        this.limit = limit;
        this.period = period;
    }

    /** Whether it may take a call now; it counts. */
    boolean take(long now) {
        if (now - resetsAt >= 0) {
            closed = false;
            used = 0;
            resetsAt = now + period.toNanos();
        }
        if (closed || used >= limit) {
            return false;
        }
        used++;
        return true;
    }

    /** Takes nothing for so long. */
    void close(Duration pause, long now) {
        closed = true;
        resetsAt = now + pause.toNanos();
    }

    int limit() {
        return limit;
    }

    int remaining() {
        return closed ? 0 : limit - used;
    }

    double resetAfterSeconds(long now) {
        return Math.max(0, resetsAt - now) / 1e9;
    }
}
