package quantum.p35.discord;

import io.vertx.core.Future;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.function.UnaryOperator;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import quantum.p35.redis.Lease;

/**
 * The outbox in memory and in Redis as one, for whoever holds the lease. Loaded when the lease comes, written through
 * after every message; while something is not written nothing more may be said, so that a crash forgets one message of a
 * target at most.
 */
final class Ledger {

    private static final Logger LOG = LoggerFactory.getLogger(Ledger.class);

    private final OutboxStore store;
    private final Lease lease;
    private final Buckets buckets;
    private final List<DiscordTarget> targets;
    private Outbox outbox;
    private long loadedAtNanos;
    private boolean overtaken;
    private boolean unsaved;
    private Future<Void> saving = Future.succeededFuture();

    Ledger(OutboxStore store, Buckets buckets, Lease lease, List<DiscordTarget> targets) {
        this.store = store;
        this.buckets = buckets;
        this.lease = lease;
        this.targets = targets;
    }

    /** Whether we are the one who delivers. */
    boolean ours() {
        return lease.held();
    }

    /** Why nobody can tell whether we are; null when that is known. */
    String trouble() {
        Future<Boolean> known = lease.ours();
        return known.failed() ? known.cause().getMessage() : null;
    }

    /** Whether what is in memory is what is true: loaded under this lease. */
    boolean loaded() {
        return outbox != null && !overtaken && lease.heldSince(loadedAtNanos);
    }

    /** Whether something may be said now. */
    boolean ready() {
        return loaded() && outbox.complete() && !unsaved;
    }

    /** Empty while nothing is loaded. */
    Collection<Incident> incidents() {
        return outbox == null ? List.of() : outbox.incidents();
    }

    /** Reads what is new, and before that which buckets are closed: nothing is said before that is known. */
    Future<Void> refresh(Instant now) {
        return buckets.load()
                .compose(known -> load())
                .compose(loaded -> read(now))
                .compose(read -> {
                    outbox.settle(targets, now);
                    return save();
                });
    }

    private Future<Void> load() {
        if (loaded()) {
            return Future.succeededFuture();
        }
        // what was said and could not be written, before it is forgotten; somebody else's writing goes before it
        Future<Void> rest = unsaved ? save().otherwiseEmpty() : Future.succeededFuture();
        return rest.compose(written -> {
            long askedAt = System.nanoTime();
            return store.load().map(fields -> {
                boolean lost = outbox != null && outbox.lastId() != null && !fields.containsKey(Outbox.LAST_ID);
                if (lost) {
                    LOG.warn("the Discord outbox is gone from Redis: what is known of it is written back");
                }
                outbox = lost ? outbox.over(fields) : Outbox.of(fields);
                overtaken = false;
                unsaved = false;
                loadedAtNanos = askedAt;
                return null;
            });
        });
    }

    private Future<Void> read(Instant now) {
        Outbox reading = outbox;
        return store.read(reading.lastId()).compose(snapshot -> {
            reading.take(snapshot, now);
            unsaved = true;
            return snapshot.complete() ? Future.succeededFuture() : read(now);
        });
    }

    /** Records what a target was told of that incident; {@link #save} stores it. */
    void record(String id, UnaryOperator<Incident> change) {
        unsaved = true;
        if (outbox != null) {
            outbox.change(id, change);
        }
    }

    /** Stores what is not stored; one after the other. */
    Future<Void> save() {
        saving = saving.transform(before -> write());
        return saving;
    }

    private Future<Void> write() {
        Outbox written = outbox;
        if (written == null) {
            return Future.succeededFuture();
        }
        List<Outbox.Change> changes = written.changes();
        if (changes.isEmpty()) {
            unsaved = false;
            return Future.succeededFuture();
        }
        return store.save(changes).map(done -> {
            if (done) {
                written.stored(changes);
                unsaved = !written.changes().isEmpty();
            } else {
                LOG.warn("the Discord outbox was changed by somebody else: it is read again");
                overtaken = true;
                unsaved = false;
            }
            return null;
        });
    }
}
