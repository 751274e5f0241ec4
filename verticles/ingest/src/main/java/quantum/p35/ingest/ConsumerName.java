package quantum.p35.ingest;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.UUID;
import quantum.p35.api.Keys;
import quantum.p35.redis.Lease;
import quantum.p35.redis.RedisLink;

/**
 * A consumer name that stays the same over restarts: {@code <host>-<n>} with the smallest n that nobody holds.
 *
 * <p>Names with a process id would leave a dead consumer behind at every restart, with entries pending under it.
 */
final class ConsumerName {

    private static final int MAX = 64;

    private final Vertx vertx;
    private final RedisLink link;
    private final Keys keys;
    private final String host = host();
    private final String owner = UUID.randomUUID().toString();
    private Lease lease;
    private String name;

    ConsumerName(Vertx vertx, RedisLink link, Keys keys) {
        this.vertx = vertx;
        this.link = link;
        this.keys = keys;
    }

    /** The name held, or a new one when the lease was lost. */
    Future<String> hold() {
        if (lease != null && lease.held()) {
            return Future.succeededFuture(name);
        }
        return release().compose(released -> take(0));
    }

    /** Unique to this instance. */
    String owner() {
        return owner;
    }

    /** Whether the name has been ours all the time since then ({@link System#nanoTime}). */
    boolean heldSince(long nanos) {
        return lease != null && lease.heldSince(nanos);
    }

    private Future<String> take(int number) {
        if (number >= MAX) {
            return Future.failedFuture("all consumer names " + host + "-0 to " + host + "-" + (MAX - 1)
                    + " are held: look at " + keys.lease("consumer:" + host + "-*"));
        }
        String candidate = host + "-" + number;
        Lease attempt = new Lease(vertx, link, keys.lease("consumer:" + candidate), owner);
        return attempt.request().compose(granted -> {
            if (!granted) {
                return take(number + 1);
            }
            attempt.keep();
            lease = attempt;
            name = candidate;
            return Future.succeededFuture(candidate);
        });
    }

    Future<Void> release() {
        Lease old = lease;
        lease = null;
        return old == null ? Future.succeededFuture() : old.release();
    }

    private static String host() {
        String fromEnvironment = System.getenv("HOSTNAME");
        if (fromEnvironment != null && !fromEnvironment.isBlank()) {
            return fromEnvironment.strip();
        }
        try {
            return Files.readString(Path.of("/etc/hostname")).strip();
        } catch (IOException e) {
            return "localhost";
        }
    }
}
