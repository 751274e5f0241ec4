package quantum.p35.testkit;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AssertionFailureBuilder;
import quantum.p35.embedded.RedisServer;
import quantum.p35.embedded.RespClient;

/** Waits for what servers settle among themselves, and asks them. */
final class Awaited {

    private static final Duration LONGEST = Duration.ofSeconds(60);
    private static final Duration PATIENCE = Duration.ofSeconds(5);

    private Awaited() {}

    /** An answer that is an error, or none, is not yet what is waited for. */
    static void until(String what, Callable<Boolean> condition) {
        long end = System.nanoTime() + LONGEST.toNanos();
        Object last = "no answer";
        while (System.nanoTime() - end < 0) {
            try {
                TimeUnit.MILLISECONDS.sleep(20);
                if (condition.call()) {
                    return;
                }
                last = "not so";
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw new IllegalStateException("interrupted while waiting until " + what, e);
            } catch (Exception e) {
                last = e;
            }
        }
        AssertionFailureBuilder.assertionFailure()
                .message("not within " + LONGEST.toSeconds() + " s: " + what)
                .reason(String.valueOf(last))
                .buildAndThrow();
    }

    /** A String, a Long, a List of these, or null. */
    static Object ask(RedisServer server, String... command) {
        try (RespClient client = server.client(PATIENCE)) {
            return client.call(command);
        } catch (IOException e) {
            throw new UncheckedIOException("the test's Redis on port " + server.port() + " is not there: " + e, e);
        }
    }

    /** A line of INFO or CLUSTER INFO, past its colon; empty when there is none. */
    static String line(Object info, String name) {
        return String.valueOf(info)
                .lines()
                .filter(line -> line.startsWith(name + ":"))
                .map(line -> line.substring(name.length() + 1))
                .findFirst()
                .orElse("");
    }
}
