package quantum.p35.simulator;

import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import quantum.p35.api.Keys;
import quantum.p35.redis.RedisLink;
import quantum.p35.redis.RedisSettings;

/**
 * The simulator's traffic as fast as wanted, for benchmarks and fault tests: every entry gets into the stream exactly
 * once, also when Redis is killed and restarted (with AOF) or frozen meanwhile, and what must be counted is known to the
 * unit. It must be the only writer of the stream. One {@code fill} or {@code atRate} at a time.
 */
public final class Load {

    private static final long TICK_MILLIS = 10;

    private final Vertx vertx;
    private final Context context;
    private final RedisLink link;
    private final OrderedWriter writer;
    private final Traffic traffic;
    private final AtomicLong added = new AtomicLong();
    private EntryId last = EntryId.ZERO;

    private Load(Vertx vertx, Context context, RedisSettings redis, Keys keys, long seed) {
        this.vertx = vertx;
        this.context = context;
        this.link = RedisLink.open(vertx, redis, "p35-load");
        this.writer = new OrderedWriter(vertx, link, keys.stream());
        this.traffic = new Traffic(seed, true);
    }

    /** May be called from any thread. */
    public static Future<Load> open(Vertx vertx, RedisSettings redis, Keys keys, long seed) {
        Context context = vertx.getOrCreateContext();
        Promise<Load> opened = Promise.promise();
        context.runOnContext(go -> opened.complete(new Load(vertx, context, redis, keys, seed)));
        return opened.future();
    }

    /** Adds that many as fast as Redis takes them. */
    public Future<Expected> fill(long entries) {
        return run(new Job(entries, 0));
    }

    /** Adds that many a second, evenly; catches up when Redis was away. */
    public Future<Expected> atRate(int perSecond, Duration length) {
        return run(new Job(perSecond * length.toMillis() / 1000, perSecond));
    }

    /** Entries that are in the stream for sure. May be called from any thread. */
    public long added() {
        return added.get();
    }

    public Future<Void> close() {
        Promise<Void> closed = Promise.promise();
        context.runOnContext(go -> link.close().onComplete(closed));
        return closed.future();
    }

    private Future<Expected> run(Job job) {
        context.runOnContext(go -> job.begin());
        return job.done.future();
    }

    /** One call of {@code fill} or {@code atRate}; a loop rather than a chain of futures, which would grow with it. */
    private final class Job {

        private final long entries;
        private final int perSecond;
        private final Tally tally = new Tally();
        private final Promise<Expected> done = Promise.promise();
        private long startNanos;
        private long sent;

        /** @param perSecond 0 for as fast as possible */
        Job(long entries, int perSecond) {
            this.entries = entries;
            this.perSecond = perSecond;
        }

        void begin() {
            writer.awaitNewest()
                    .onSuccess(newest -> {
                        last = newest.compareTo(last) > 0 ? newest : last;
                        startNanos = System.nanoTime();
                        step();
                    })
                    .onFailure(done::fail);
        }

        private void step() {
            int due = (int) Math.min(OrderedWriter.PIPELINE, dueByNow() - sent);
            if (sent == entries) {
                done.complete(tally.expected());
            } else if (due == 0) {
                vertx.setTimer(TICK_MILLIS, fired -> step());
            } else {
                writer.write(make(due)).onSuccess(written -> step(due)).onFailure(done::fail);
            }
        }

        private void step(int written) {
            sent += written;
            added.addAndGet(written);
            step();
        }

        private long dueByNow() {
            if (perSecond == 0) {
                return entries;
            }
            double seconds = (System.nanoTime() - startNanos) / 1e9;
            return Math.min(entries, (long) (seconds * perSecond));
        }

        private List<OrderedWriter.Numbered> make(int count) {
            Instant now = Instant.now();
            List<OrderedWriter.Numbered> made = new ArrayList<>(count);
            for (int i = 0; i < count; i++) {
                SimulatedEntry entry = traffic.next(now, Mood.HEALTHY);
                tally.add(entry);
                last = last.next(now);
                made.add(new OrderedWriter.Numbered(last, entry));
            }
            return made;
        }
    }
}
