package quantum.p35.insight;

import java.time.Duration;
import java.time.temporal.ChronoUnit;
import java.util.Map;
import quantum.p35.api.HealthBeat;
import quantum.p35.api.HealthReport.Level;

/** How insight and Redis are, for health. */
final class Conditions {

    private final Refresh memory;
    private final ProgressReader reader;

    Conditions(Refresh memory, ProgressReader reader) {
        this.memory = memory;
        this.reader = reader;
    }

    HealthBeat.Condition insight() {
        Map<String, Object> figures = Map.of(
                "asOf",
                memory.asOf().truncatedTo(ChronoUnit.SECONDS).toString(),
                "unreadableMinutes",
                memory.unreadable().size());
        Facts.Outage outage = memory.outage();
        if (outage != null) {
            return new HealthBeat.Condition(
                    Level.DOWN, "answers with the figures of the last reading: " + outage.reason(), figures);
        }
        if (reader.unread()) {
            return new HealthBeat.Condition(
                    Level.DEGRADED,
                    "nobody reads the stream, nothing new is counted: look at the health of ingest; where none is"
                            + " wanted (./p35 verticles), ./p35 scale ingest 1 brings it back",
                    figures);
        }
        return memory.unreadable().isEmpty()
                ? new HealthBeat.Condition(Level.UP, "reads the minute buckets", figures)
                : new HealthBeat.Condition(
                        Level.DEGRADED,
                        "cannot read " + memory.unreadable().size()
                                + " of the last hour's minute buckets: they are no hashes",
                        figures);
    }

    /** The server itself, as seen from here. */
    HealthBeat.Condition redis() {
        Facts.Outage outage = memory.outage();
        double millis = Math.round(reader.latency().toNanos()
                        / (double) Duration.ofMillis(1).toNanos()
                        * 100)
                / 100.0;
        Map<String, Object> figures = Map.of("version", reader.version(), "latencyMillis", millis);
        return outage == null
                ? new HealthBeat.Condition(Level.UP, "Redis " + reader.version() + " answers", figures)
                : new HealthBeat.Condition(Level.DOWN, outage.reason(), figures);
    }
}
