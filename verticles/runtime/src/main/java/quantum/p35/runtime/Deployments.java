package quantum.p35.runtime;

import io.micrometer.core.instrument.MeterRegistry;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import quantum.p35.api.Failure;
import quantum.p35.api.HealthBeat;
import quantum.p35.api.HealthReport.Level;
import quantum.p35.api.Verticles;

/**
 * Every kind of verticle, kept deployed: one that cannot start is tried again, and the others do not notice. Use it from one
 * Vert.x context that belongs to no verticle, or Vert.x would undeploy all at once.
 */
final class Deployments {

    private static final Logger LOG = LoggerFactory.getLogger(Deployments.class);
    private static final int MOST_INSTANCES = 16;

    /** For one kind; all of them together, and the end of the process, stay under 5 s. */
    private static final Duration STOP_KIND = Duration.ofSeconds(2);

    private static final Duration STOP_ALL = Duration.ofSeconds(4);

    /** One that is no longer configured; after that it is left to itself. */
    private static final Duration STOP_REMOVED = Duration.ofSeconds(10);

    private final Vertx vertx;
    private final MeterRegistry metrics;

    /** By name, in the order in which they stop. */
    private final Map<String, Kept> all = new LinkedHashMap<>();

    private boolean stopping;

    /** @param kinds in the order in which they stop; they start in the opposite one */
    Deployments(Vertx vertx, MeterRegistry metrics, List<VerticleKind> kinds) {
        this.vertx = vertx;
        this.metrics = metrics;
        kinds.forEach(kind -> all.put(kind.name(), new Kept(vertx, metrics, kind)));
    }

    /** Never fails; completes when each was tried once. */
    Future<Void> start() {
        return Future.join(List.copyOf(all.values()).reversed().stream()
                        .map(kept -> kept.start().otherwiseEmpty())
                        .toList())
                .mapEmpty();
    }

    /**
     * Replaces those whose section is another one, starts those that are new, ends those that are gone; each is tried until
     * it works.
     */
    void follow(List<VerticleKind> edited) {
        if (stopping) {
            return;
        }
        Set<String> names = edited.stream().map(VerticleKind::name).collect(Collectors.toSet());
        List.copyOf(all.keySet()).stream().filter(name -> !names.contains(name)).forEach(this::remove);
        for (VerticleKind kind : edited) {
            Kept kept = all.get(kind.name());
            if (kept == null) {
                kept = new Kept(vertx, metrics, kind);
                all.put(kind.name(), kept);
            }
            kept.follow(kind);
        }
    }

    private void remove(String name) {
        LOG.info("{} is no longer configured and ends", name);
        stop(all.remove(name), STOP_REMOVED.toNanos());
    }

    /** @throws RuntimeException a {@link Failure} that says why this number is refused; then nothing changes */
    Future<Verticles.Deployed> scale(String name, int instances) {
        Kept kept = named(name);
        if (instances < 0 || instances > MOST_INSTANCES) {
            throw Failure.BAD_QUESTION.because(
                    name + " cannot have " + instances + " instances: give 0 to " + MOST_INSTANCES);
        }
        if (name.equals(VerticleKind.INGEST) && instances > 0 && none(VerticleKind.AGGREGATE)) {
            throw Failure.BAD_QUESTION.because("ingest hands its decisions to an aggregate of its own process, and none"
                    + " is wanted here: scale aggregate to 1 or more first");
        }
        if (name.equals(VerticleKind.AGGREGATE) && instances == 0 && !none(VerticleKind.INGEST)) {
            throw Failure.BAD_QUESTION.because(
                    "without an aggregate ingest can count nothing: scale ingest to 0 first");
        }
        if (name.equals(VerticleKind.DASHBOARD) && instances == 0) {
            throw Failure.BAD_QUESTION.because(
                    "without a dashboard nobody could ask for it again: leave it 1 or more, or"
                            + " set dashboard.instances to 0 in the configuration");
        }
        return told(kept, kept.scale(instances));
    }

    private boolean none(String name) {
        return all.containsKey(name) && all.get(name).asked() == 0;
    }

    /**
     * @param fresh every kind as the configuration is now
     * @throws RuntimeException a {@link Failure} when there is no such verticle
     */
    Future<Verticles.Deployed> redeploy(String name, List<VerticleKind> fresh) {
        Kept kept = named(name);
        VerticleKind kind = fresh.stream()
                .filter(candidate -> candidate.name().equals(name))
                .findFirst()
                .orElseThrow(() -> Failure.NOT_FOUND.because("'" + name
                        + "' is no longer in the configuration, and ends within seconds: nothing is left to redeploy"));
        return told(kept, kept.redeploy(kind));
    }

    private static Future<Verticles.Deployed> told(Kept kept, Future<Void> done) {
        return done.map(ok -> kept.shown())
                .recover(error -> Future.failedFuture(Failure.UNAVAILABLE.because(kept.name() + " cannot start, "
                        + (kept.shown().running() > 0 ? "what ran before goes on" : "none runs") + ": "
                        + kept.shown().error())));
    }

    Verticles.Deployed shown(String name) {
        return named(name).shown();
    }

    private Kept named(String name) {
        if (name == null) {
            throw Failure.BAD_QUESTION.because("name is missing: give one of " + String.join(", ", all.keySet()));
        }
        if (!all.containsKey(name)) {
            throw Failure.NOT_FOUND.because(
                    "there is no verticle '" + name + "': the verticles are " + String.join(", ", all.keySet()));
        }
        return all.get(name);
    }

    List<Verticles.Deployed> list() {
        return all.values().stream().map(Kept::shown).toList();
    }

    HealthBeat.Condition condition() {
        Map<String, Object> figures = new LinkedHashMap<>();
        list().forEach(one -> figures.put(one.name(), one.running() + "/" + one.wanted()));
        String missing = list().stream()
                .filter(one -> one.running() < one.wanted() || one.error() != null)
                .map(Deployments::sentence)
                .collect(Collectors.joining("; "));
        return missing.isEmpty()
                ? new HealthBeat.Condition(Level.UP, "every verticle runs", figures)
                : new HealthBeat.Condition(stopping ? Level.DOWN : Level.DEGRADED, missing, figures);
    }

    private static String sentence(Verticles.Deployed one) {
        if (one.running() >= one.wanted()) {
            return one.name() + " runs as before and is tried again with its new configuration: " + one.error();
        }
        String runs =
                one.running() == 0 ? " does not run" : " runs " + one.running() + " of " + one.wanted() + " instances";
        return one.name() + runs + (one.error() == null ? " yet" : " and is tried again: " + one.error());
    }

    /** One kind after the other, so that what ingest holds is still committed. Never fails, and takes at most 4 s. */
    Future<Void> stop() {
        stopping = true;
        long end = System.nanoTime() + STOP_ALL.toNanos();
        Future<Void> stopped = Future.succeededFuture();
        for (Kept kept : all.values()) {
            stopped = stopped.compose(before -> stop(kept, Math.min(STOP_KIND.toNanos(), end - System.nanoTime())));
        }
        return stopped;
    }

    private static Future<Void> stop(Kept kept, long nanos) {
        return kept.stop(nanos).recover(error -> {
            LOG.warn("{} did not stop in order: {}", kept.name(), error.getMessage());
            return Future.succeededFuture();
        });
    }
}
