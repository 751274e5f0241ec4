package quantum.p35.aggregate;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import quantum.p35.api.HealthBeat.Condition;
import quantum.p35.api.HealthReport.Level;

/** What commits have come to: metrics, the log, and the sentence for health. */
final class CommitRecord {

    private static final Logger LOG = LoggerFactory.getLogger(CommitRecord.class);
    /** How long something that happened once is shown. */
    private static final long SHOWN_NANOS = Duration.ofMinutes(5).toNanos();

    /** A batch that is refused comes again within seconds. When none does, ingest dropped it, and nothing is refused. */
    private static final long REFUSED_NANOS = Duration.ofSeconds(15).toNanos();

    private final Counter counted;
    private final Counter lost;
    private final Counter deadLettered;
    private final Counter refused;
    private final Timer commits;

    private long total;
    /** What Redis said to a trial; null when it would take a commit. */
    private String unwritable;

    private String refusal;
    private long equalRefusals;
    private long refusedAt;
    private long boundedAt;
    private boolean bounded;
    private long deadAt;
    private long deadTotal;

    CommitRecord(MeterRegistry metrics) {
        counted = counter(metrics, "p35.aggregate.counted", "Decisions counted into buckets");
        lost = counter(metrics, "p35.aggregate.lost", "Entries that nobody can count any more");
        deadLettered = counter(metrics, "p35.aggregate.dead.lettered", "Entries put on the dead-letter stream");
        refused = counter(
                metrics,
                "p35.aggregate.refused",
                "Commits, and trials while there is nothing to commit, that failed and are tried again");
        commits = Timer.builder("p35.aggregate.commit")
                .description("Time from a batch's arrival to its commit")
                .register(metrics);
    }

    private static Counter counter(MeterRegistry metrics, String name, String description) {
        return Counter.builder(name).description(description).register(metrics);
    }

    void committed(BatchCommitter.Result result, long nanos) {
        total += result.counted();
        counted.increment(result.counted());
        lost.increment(result.lost());
        commits.record(nanos, TimeUnit.NANOSECONDS);
        unwritable = null;
        if (refusal != null) {
            LOG.info("commits go on after {} refusals", equalRefusals);
            refusal = null;
        }
        if (result.bounded() > 0) {
            if (!bounded) {
                LOG.warn(
                        "a minute holds too many different gates or symbols: new ones are counted as unlisted and other");
            }
            bounded = true;
            boundedAt = System.nanoTime();
        }
        if (result.deadLettered() > 0) {
            deadLettered.increment(result.deadLettered());
            deadTotal += result.deadLettered();
            deadAt = System.nanoTime();
        }
    }

    /** Logs a refusal once, and counts the ones equal to it. */
    void failed(Throwable error, long nowNanos) {
        refused.increment();
        refusedAt = nowNanos;
        String message = String.valueOf(error.getMessage());
        if (message.equals(refusal)) {
            equalRefusals++;
            return;
        }
        refusal = message;
        equalRefusals = 1;
        LOG.warn("a batch cannot be counted now and is kept: {}", message);
    }

    /** Redis was asked whether it would take a commit. @param why not, in its words; null when it would */
    void tried(String why) {
        if (why != null) {
            refused.increment();
            if (!why.equals(unwritable)) {
                LOG.warn("Redis takes no writes, nothing could be counted: {}", why);
            }
        } else if (unwritable != null) {
            LOG.info("Redis takes writes again");
        }
        unwritable = why;
    }

    /** @param trouble why Redis cannot be reached; null when it can */
    Condition condition(String trouble, long nowNanos) {
        if (nowNanos - refusedAt >= REFUSED_NANOS) {
            refusal = null;
        }
        bounded = bounded && System.nanoTime() - boundedAt < SHOWN_NANOS;
        Map<String, Object> figures = Map.of("counted", total, "deadLettered", deadTotal);
        if (trouble != null) {
            return new Condition(Level.DOWN, trouble, figures);
        }
        if (refusal != null) {
            return new Condition(Level.DOWN, "Redis refuses to count, batches are kept: " + refusal, figures);
        }
        if (unwritable != null) {
            return new Condition(Level.DOWN, "Redis takes no writes, nothing could be counted: " + unwritable, figures);
        }
        if (deadTotal > 0 && System.nanoTime() - deadAt < SHOWN_NANOS) {
            return new Condition(
                    Level.DEGRADED, deadTotal + " entries could not be counted: see the dead-letter stream", figures);
        }
        if (bounded) {
            return new Condition(
                    Level.DEGRADED,
                    "a minute holds too many different gates or symbols: new ones are counted as unlisted and other",
                    figures);
        }
        return new Condition(Level.UP, "counting", figures);
    }
}
