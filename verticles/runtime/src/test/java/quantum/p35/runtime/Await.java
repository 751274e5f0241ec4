package quantum.p35.runtime;

import java.time.Duration;
import java.util.concurrent.Callable;

/** Waits until something holds; an answer that is an error, or none, is not yet what is waited for. */
final class Await {

    private static final Duration PATIENCE = Duration.ofSeconds(60);

    private Await() {}

    /** @param story told when it never holds */
    static void that(Callable<Boolean> holds, Callable<String> story) throws Exception {
        within(PATIENCE, holds, story);
    }

    static void within(Duration patience, Callable<Boolean> holds, Callable<String> story) throws Exception {
        long deadline = System.nanoTime() + patience.toNanos();
        while (true) {
            Exception error = null;
            try {
                if (holds.call()) {
                    return;
                }
            } catch (InterruptedException e) {
                throw e;
            } catch (Exception e) {
                error = e;
            }
            if (System.nanoTime() - deadline > 0) {
                throw new AssertionError("not within " + patience.toSeconds() + " s:\n" + story.call(), error);
            }
            Thread.sleep(50);
        }
    }
}
