package quantum.p35.drift;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import io.vertx.core.eventbus.ReplyException;
import java.time.Duration;
import java.time.temporal.ChronoUnit;
import java.util.Arrays;
import java.util.Locale;
import java.util.Map;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import quantum.p35.api.Alert;
import quantum.p35.api.AlertChange;
import quantum.p35.api.HealthBeat.Condition;
import quantum.p35.api.HealthReport.Level;
import quantum.p35.api.Instances;
import quantum.p35.api.Severity;
import quantum.p35.redis.RedisFailure;

/** What looking has come to: metrics, the log, and the sentence for health. */
final class DriftRecord implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(DriftRecord.class);

    private final MeterRegistry metrics;
    private final Timer look;
    private final Counter failed;
    private final Counter blind;
    private final Instances<DriftRecord> instances;
    private volatile Watch.Seen seen;
    private String trouble;

    /** @param instances of drift in this process: all see the same alerts, so their gauges are one */
    DriftRecord(MeterRegistry metrics, Instances<DriftRecord> instances) {
        this.metrics = metrics;
        this.instances = instances;
        look = Timer.builder("p35.drift.look")
                .description("Time of a look: read, evaluate, write")
                .register(metrics);
        failed = Counter.builder("p35.drift.looks.failed")
                .description("Looks that came to nothing because Redis could not be read, written or asked who decides")
                .register(metrics);
        blind = Counter.builder("p35.drift.looks.blind")
                .description("Looks without fresh windows: nothing can fire or end")
                .register(metrics);
        if (instances.add(this)) {
            Arrays.stream(Severity.values()).forEach(this::showActive);
        }
        // from the start, or Prometheus would not see the first one as an increase
        Arrays.stream(Alert.State.values()).forEach(this::entries);
    }

    private void showActive(Severity severity) {
        Gauge.builder("p35.drift.alerts.active", instances, all -> all.max(record -> record.firing(severity)))
                .description("Alerts that fire")
                .tag("severity", severity.name().toLowerCase(Locale.ROOT))
                .register(metrics);
    }

    private Counter entries(Alert.State state) {
        return Counter.builder("p35.drift.entries")
                .description("Entries written to the alert stream")
                .tag("state", state.word())
                .register(metrics);
    }

    /** Counts the questions and commands at that address that could not be answered. */
    Counter failures(String address) {
        return Counter.builder("p35.drift.failures")
                .description("Questions and commands that drift could not answer")
                .tag("address", address)
                .register(metrics);
    }

    void looked(Watch.Seen now, Duration took) {
        look.record(took);
        seen = now;
        if (now.standings().isEmpty()) {
            blind.increment();
        }
        if (trouble != null) {
            LOG.info("looks for alerts again");
        }
        trouble = null;
    }

    void failed(Throwable error) {
        failed.increment();
        boolean expected = error instanceof RedisFailure || error instanceof ReplyException;
        String why = expected ? error.getMessage() : "an error of our own: " + error;
        if (!why.equals(trouble)) {
            trouble = why;
            LOG.warn("cannot look for alerts, trying again at each look: {}", why, expected ? null : error);
        }
    }

    /** What was changed and told. */
    void written(Edit edit) {
        edit.changes().forEach(DriftRecord::log);
        edit.entries().forEach(alert -> entries(alert.state()).increment());
    }

    private static void log(AlertChange change) {
        Alert alert = change.alert();
        LOG.info("{} {}: {} {}", change.getClass().getSimpleName(), alert.id(), alert.severity(), alert.sentence());
    }

    private long firing(Severity severity) {
        return seen == null
                ? 0
                : seen.ledger().alerts().values().stream()
                        .filter(alert -> alert.state() == Alert.State.FIRING && alert.severity() == severity)
                        .count();
    }

    /** Why nothing can fire or end just now, of drift; null when something can. */
    String blind() {
        if (trouble != null) {
            return "cannot look for alerts: " + trouble;
        }
        if (seen == null) {
            return "begins: has not looked yet";
        }
        return seen.standings().isEmpty() ? "hears no fresh windows" : null;
    }

    /** @param decides whether this instance is the one that decides */
    Condition condition(boolean decides) {
        if (trouble != null || seen == null) {
            return new Condition(trouble == null ? Level.DEGRADED : Level.DOWN, blind(), Map.of("decides", decides));
        }
        long firing = Arrays.stream(Severity.values()).mapToLong(this::firing).sum();
        Map<String, Object> figures = Map.of(
                "decides",
                decides,
                "active",
                firing,
                "lastLook",
                seen.at().truncatedTo(ChronoUnit.SECONDS).toString());
        if (seen.standings().isEmpty()) {
            return new Condition(
                    Level.DEGRADED, blind() + ", so nothing can fire or end: look at the health of insight", figures);
        }
        if (!seen.unreadable().isEmpty()) {
            return new Condition(Level.DEGRADED, seen.unreadable().getFirst(), figures);
        }
        String alerts = firing == 0 ? "no alert fires" : firing == 1 ? "1 alert fires" : firing + " alerts fire";
        return new Condition(Level.UP, decides ? alerts : alerts + "; stands by, another instance decides", figures);
    }

    @Override
    public void close() {
        instances.remove(this);
    }
}
