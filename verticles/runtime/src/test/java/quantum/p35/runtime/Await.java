package quantum.p35.runtime;

import java.time.Duration;
import java.util.concurrent.Callable;

/** Waits until something holds. */
final class Await {

    private static final Duration PATIENCE = Duration.ofSeconds(60);

    private Await() {}

    /** @param story told when it never holds */
    static void that(Callable<Boolean> holds, Callable<String> story) throws Exception {
        within(PATIENCE, holds, story);
    }

    static void within(Duration patience, Callable<Boolean> holds, Callable<String> story) throws Exception {
        long deadline = System.nanoTime() + patience.toNanos();
        while (!holds.call()) {
            if (System.nanoTime() > deadline) {
                throw new AssertionError("not within " + patience.toSeconds() + " s:\n" + story.call());
            }
            Thread.sleep(50);
        }
    }
}
