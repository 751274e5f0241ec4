package quantum.p35.insight;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableSet;
import java.util.TreeSet;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import quantum.p35.api.WindowName;

/**
 * Keeps what is in memory like Redis.
 *
 * <p>Minutes that were committed are read again, many commits at once; when a reading takes long, the next one waits
 * longer. Every second the current minute, the one before it, and one older minute in turn are read too, for whatever is
 * written elsewhere; and all of them after a connection was made, and when the counters in Redis went backwards.
 */
final class Refresh {

    private static final Logger LOG = LoggerFactory.getLogger(Refresh.class);

    private static final long LOOK_MILLIS = 1000;
    static final Duration FIRST_WAIT = Duration.ofSeconds(2);
    private static final long SOON_MILLIS = 200;
    /** Reading takes at most a fifth of the time. */
    private static final long REST_FACTOR = 5;
    /** Minutes in flight at once: a minute of 1 000 symbols is 2 MB while it is decoded. */
    private static final int CHUNK = 4;

    private final Vertx vertx;
    private final InstantSource clock;
    private final Windows windows;
    private final BucketReader buckets;
    private final ProgressReader reader;
    private final Timer duration;
    private final Counter failures;

    private final NavigableSet<Instant> dirty = new TreeSet<>(Comparator.reverseOrder());
    private final Promise<Void> firstReading = Promise.promise();
    private Runnable afterCycle = () -> {};
    private Progress progress = Progress.NONE;
    private Facts.Outage outage;
    private Instant asOf;
    private boolean busy;
    private boolean lookDue;
    private boolean stopped;
    private long soonTimer = -1;
    private long lookTimer = -1;
    private long restMillis = SOON_MILLIS;
    private int turn;
    private int generation;

    Refresh(Vertx vertx, InstantSource clock, BucketReader buckets, ProgressReader reader, MeterRegistry metrics) {
        this.duration = Timer.builder("p35.insight.refresh")
                .description("Time to read what changed from Redis")
                .register(metrics);
        this.failures = Counter.builder("p35.insight.refresh.failures")
                .description("Readings that Redis did not answer")
                .register(metrics);
        this.vertx = vertx;
        this.clock = clock;
        this.windows = buckets.windows();
        this.buckets = buckets;
        this.reader = reader;
        this.asOf = clock.instant().truncatedTo(ChronoUnit.SECONDS);
        this.outage = new Facts.Outage(asOf, "it was not asked yet");
    }

    /**
     * @param afterCycle called whenever the facts may have changed
     * @return completes with the first reading, or after 2 s without one: nobody should get an answer without figures just
     *     because he asked in the first moment
     */
    Future<Void> start(Runnable afterCycle) {
        this.afterCycle = afterCycle;
        lookTimer = vertx.setPeriodic(LOOK_MILLIS, timer -> look());
        return firstReading
                .future()
                .timeout(FIRST_WAIT.toMillis(), TimeUnit.MILLISECONDS)
                .otherwiseEmpty();
    }

    void stop() {
        vertx.cancelTimer(lookTimer);
        vertx.cancelTimer(soonTimer);
        stopped = true;
    }

    /** What is in memory may be of another server or another time: read all of it again. */
    void onConnected() {
        readAll();
        look();
    }

    void onCommitted(Collection<Instant> minutes) {
        Instant oldest = WindowName.ONE_HOUR.from(clock.instant());
        minutes.stream().filter(minute -> !minute.isBefore(oldest)).forEach(dirty::add);
        soon();
    }

    private void readAll() {
        generation++;
        dirty.addAll(Windows.minutesOfTheHour(clock.instant()));
    }

    private void look() {
        lookDue = true;
        if (!busy && !stopped) {
            cycle();
        }
    }

    private void soon() {
        if (!busy && !stopped && soonTimer == -1 && !dirty.isEmpty()) {
            soonTimer = vertx.setTimer(restMillis, timer -> {
                soonTimer = -1;
                if (!busy) {
                    cycle();
                }
            });
        }
    }

    private void cycle() {
        busy = true;
        boolean looks = lookDue;
        lookDue = false;
        Instant at = clock.instant();
        long began = System.nanoTime();
        List<Instant> hour = Windows.minutesOfTheHour(at);
        if (looks) {
            turn = turn % (hour.size() - 2) + 1;
            dirty.addAll(List.of(hour.get(0), hour.get(1), hour.get(turn + 1)));
        }
        dirty.removeIf(minute -> minute.isBefore(hour.getLast()));
        readDirty()
                .compose(read -> looks ? reader.read().map(this::takeProgress) : Future.<Void>succeededFuture())
                .onSuccess(done -> current(at))
                .onFailure(this::stale)
                .onComplete(done -> {
                    Duration took = Duration.ofNanos(System.nanoTime() - began);
                    duration.record(took);
                    restMillis = Math.clamp(took.toMillis() * REST_FACTOR, SOON_MILLIS, LOOK_MILLIS);
                    busy = false;
                    afterCycle.run();
                    if (done.succeeded()) {
                        soon();
                    }
                });
    }

    private Future<Void> readDirty() {
        List<Instant> chunk = new ArrayList<>(CHUNK);
        while (chunk.size() < CHUNK && !dirty.isEmpty()) {
            chunk.add(dirty.pollFirst());
        }
        if (chunk.isEmpty()) {
            return Future.succeededFuture();
        }
        return buckets.read(chunk).onFailure(error -> dirty.addAll(chunk)).compose(read -> readDirty());
    }

    private Void takeProgress(Progress read) {
        if (read.processed() < progress.processed()) {
            LOG.warn(
                    "the count of processed entries went from {} to {}: Redis was flushed or replaced, reading all again",
                    progress.processed(),
                    read.processed());
            readAll();
        }
        progress = read;
        return null;
    }

    private void current(Instant at) {
        if (outage != null) {
            LOG.info("reading from Redis, figures as of {}", at.truncatedTo(ChronoUnit.SECONDS));
        }
        outage = null;
        asOf = at.truncatedTo(ChronoUnit.SECONDS);
        firstReading.tryComplete();
        // only now: during an outage the windows stay as of the last answer
        buckets.trim(WindowName.ONE_HOUR.from(at), at);
    }

    private void stale(Throwable error) {
        failures.increment();
        if (outage == null) {
            LOG.warn("cannot read from Redis, figures stay as of {}: {}", asOf, error.getMessage());
            outage = new Facts.Outage(asOf, error.getMessage());
        } else {
            outage = new Facts.Outage(outage.since(), error.getMessage());
        }
    }

    Facts facts() {
        Map<WindowName, Counts> counts = new EnumMap<>(WindowName.class);
        for (WindowName window : WindowName.values()) {
            counts.put(window, windows.counts(window, asOf));
        }
        return new Facts(asOf, outage, progress, counts);
    }

    /** Null while Redis answers. */
    Facts.Outage outage() {
        return outage;
    }

    Instant asOf() {
        return asOf;
    }

    Windows windows() {
        return windows;
    }

    Collection<Instant> unreadable() {
        return buckets.unreadable();
    }

    /** Grows whenever memory was thrown away: what was derived from before must go too. */
    int generation() {
        return generation;
    }
}
