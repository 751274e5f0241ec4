package quantum.p35.browser;

import java.time.Duration;
import java.util.concurrent.Callable;

/** Waits until something holds; fails with a story of how it was instead. */
final class Await {

    private static final Duration PATIENCE = Duration.ofSeconds(30);
    private static final long POLL_MILLIS = 40;

    private Await() {}

    static void that(Callable<Boolean> holds, Callable<?> story) {
        within(PATIENCE, holds, story);
    }

    static void within(Duration patience, Callable<Boolean> holds, Callable<?> story) {
        try {
            long deadline = System.nanoTime() + patience.toNanos();
            while (!holds.call()) {
                if (System.nanoTime() > deadline) {
                    throw new AssertionError("not within " + patience.toSeconds() + " s; it was: " + story.call());
                }
                Thread.sleep(POLL_MILLIS);
            }
        } catch (Exception e) {
            throw new AssertionError(e);
        }
    }
}
