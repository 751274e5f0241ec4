package quantum.p35.ingest;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import quantum.p35.api.DecisionsCommitted;
import quantum.p35.api.HealthBeat.Condition;
import quantum.p35.api.HealthReport.Level;
import quantum.p35.api.Instances;

/** What reading has come to: metrics, the log, and the sentence for health. */
final class IngestRecord {

    private static final Logger LOG = LoggerFactory.getLogger(IngestRecord.class);

    private static final Duration BEHIND = Duration.ofSeconds(30);
    /** How long a loss is shown. */
    private static final Duration SHOWN = Duration.ofHours(1);

    private final MeterRegistry metrics;
    private final Instances<IngestRecord> instances;
    private final Counter read;
    private final Counter takenUp;
    private final Counter lost;
    private final Counter sessions;

    private volatile StreamClient.Observation observation;
    private String consumer;
    private String sessionTrouble;
    private boolean begun;
    private String logged;
    private long lostBefore = -1;
    private Instant lostAt = Instant.MIN;
    private boolean goneLogged;

    /** @param instances of ingest in this process: the gauges are figures of the whole group, so they have one of each */
    IngestRecord(MeterRegistry metrics, Instances<IngestRecord> instances) {
        this.metrics = metrics;
        this.instances = instances;
        read = counter("p35.ingest.read", "Entries read from the stream");
        takenUp = counter("p35.ingest.taken.up", "Entries that were pending and are taken up again");
        lost = counter("p35.ingest.lost", "Entries that nobody can count any more");
        sessions = counter("p35.ingest.sessions", "Times that reading began");
        if (instances.add(this)) {
            gauge("p35.ingest.pending", "Entries delivered and not yet counted, of the whole group");
            gauge("p35.ingest.lag", "Entries not yet delivered; NaN when unknown");
            gauge("p35.ingest.behind.seconds", "Age of the oldest entry not yet counted");
        }
    }

    private Counter counter(String name, String description) {
        return Counter.builder(name).description(description).register(metrics);
    }

    private void gauge(String name, String description) {
        Gauge.builder(name, instances, all -> all.max(record -> record.figure(name)))
                .description(description)
                .register(metrics);
    }

    private double figure(String name) {
        StreamClient.Observation now = observation;
        if (now == null) {
            return Double.NaN;
        }
        return switch (name) {
            case "p35.ingest.pending" -> now.pending();
            case "p35.ingest.lag" -> now.lag() < 0 ? Double.NaN : now.lag();
            default -> behind(now, Instant.now()).toMillis() / 1000.0;
        };
    }

    void read(int entries) {
        read.increment(entries);
    }

    void takenUp(int entries) {
        takenUp.increment(entries);
    }

    void lost(int entries) {
        lost.increment(entries);
    }

    void committed(DecisionsCommitted committed) {
        lost.increment(committed.lost());
    }

    void sessionBegun(String name) {
        sessions.increment();
        consumer = name;
        sessionTrouble = null;
        begun = true;
        LOG.info("reading as {}", name);
        logged = null;
    }

    /** An error equal to the last one is logged once. */
    void sessionBroken(String why) {
        sessionTrouble = String.valueOf(why);
        if (!sessionTrouble.equals(logged)) {
            LOG.warn("reading stopped and begins again: {}", why);
            logged = sessionTrouble;
        }
    }

    /** Null while a session lasts, and before the first. */
    String sessionTrouble() {
        return sessionTrouble;
    }

    void observed(StreamClient.Observation now, Instant at) {
        // the first look knows only what it found itself: the rest may be old
        long more = lostBefore < 0 ? now.found() : now.lost() - lostBefore;
        if (more > 0) {
            LOG.warn("{} entries are lost: nobody can count them any more ({} in all)", more, now.lost());
            lostAt = at;
        }
        lostBefore = now.lost();
        if (now.perhapsGone() && !goneLogged) {
            LOG.warn("entries between {} and {} may have been trimmed unread", now.lastDelivered(), now.first());
        }
        goneLogged = now.perhapsGone();
        observation = now;
    }

    /** The figures are then old; the trouble itself is seen by whoever reads or counts. */
    void notObserved(String why) {
        LOG.debug("the group could not be looked at: {}", why);
    }

    private static Duration behind(StreamClient.Observation observation, Instant now) {
        if (observation.oldestMillis() < 0) {
            return Duration.ZERO;
        }
        Duration age = Duration.between(Instant.ofEpochMilli(observation.oldestMillis()), now);
        return age.isNegative() ? Duration.ZERO : age;
    }

    /** @param trouble why nothing is counted at the moment; null when all is well */
    Condition condition(String trouble, Instant now) {
        Map<String, Object> figures = new HashMap<>();
        figures.put("consumer", consumer == null ? "" : consumer);
        if (observation != null) {
            figures.put("processed", observation.processed());
            figures.put("pending", observation.pending());
            figures.put("lag", observation.lag() < 0 ? "unknown" : observation.lag());
            figures.put("behindSeconds", behind(observation, now).toSeconds());
            figures.put("lost", observation.lost());
        }
        if (trouble != null) {
            return new Condition(Level.DOWN, trouble, figures);
        }
        if (!begun) {
            return new Condition(Level.DEGRADED, "begins: not reading yet", figures);
        }
        if (observation == null) {
            return new Condition(Level.UP, "reading", figures);
        }
        Duration behind = behind(observation, now);
        if (behind.compareTo(BEHIND) > 0) {
            return new Condition(Level.DEGRADED, "behind: entries wait uncounted for over 30 s", figures);
        }
        if (observation.perhapsGone()) {
            return new Condition(
                    Level.DEGRADED,
                    "entries between " + observation.lastDelivered() + " and " + observation.first()
                            + " may have been trimmed unread",
                    figures);
        }
        if (lostAt.plus(SHOWN).isAfter(now)) {
            return new Condition(
                    Level.DEGRADED, "entries were lost within the hour; " + observation.lost() + " in all", figures);
        }
        return new Condition(Level.UP, "reading, nothing waits", figures);
    }

    /** The gauges no longer show what this instance saw. */
    void close() {
        instances.remove(this);
    }
}
