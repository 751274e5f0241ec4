package quantum.p35.runtime;

import io.micrometer.core.instrument.MeterRegistry;
import io.vertx.core.DeploymentOptions;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import quantum.p35.api.HealthBeat;
import quantum.p35.api.HealthReport.Level;
import quantum.p35.api.Verticles;
import quantum.p35.redis.Backoff;

/**
 * Keeps every kind of verticle deployed with its instances: one that cannot start is tried again, later and later, and the
 * others do not notice. Use it from one Vert.x context that belongs to no verticle, or Vert.x would undeploy all at once.
 */
final class Deployments {

    private static final Logger LOG = LoggerFactory.getLogger(Deployments.class);
    private static final long FIRST_RETRY_MILLIS = 500;
    private static final long LAST_RETRY_MILLIS = 30_000;

    /** For one kind; all of them together, and the end of the process, stay under 5 s. */
    private static final Duration STOP_KIND = Duration.ofSeconds(2);

    private static final Duration STOP_ALL = Duration.ofSeconds(4);

    private final Vertx vertx;
    private final MeterRegistry metrics;
    private final List<Kept> all;
    private boolean stopping;

    /** One kind and what became of it; each instance is a deployment of its own. */
    private static final class Kept {
        private final VerticleKind kind;
        private final List<String> ids = new ArrayList<>();
        private final Backoff backoff = new Backoff(FIRST_RETRY_MILLIS, LAST_RETRY_MILLIS, ThreadLocalRandom.current());
        private Future<Void> filling = Future.succeededFuture();
        private String error;

        private Kept(VerticleKind kind) {
            this.kind = kind;
        }
    }

    /** @param kinds in the order in which they stop; they start in the opposite one */
    Deployments(Vertx vertx, MeterRegistry metrics, List<VerticleKind> kinds) {
        this.vertx = vertx;
        this.metrics = metrics;
        this.all = kinds.stream().map(Kept::new).toList();
    }

    /** Never fails; completes when each was tried once. */
    Future<Void> start() {
        return Future.join(all.reversed().stream().map(this::fill).toList()).mapEmpty();
    }

    private Future<Void> fill(Kept kept) {
        kept.filling = deployMissing(kept).recover(error -> {
            retryLater(kept, error);
            return Future.succeededFuture();
        });
        return kept.filling;
    }

    private Future<Void> deployMissing(Kept kept) {
        if (stopping || kept.ids.size() >= kept.kind.instances()) {
            LOG.info("{} runs, {} of {}", kept.kind.name(), kept.ids.size(), kept.kind.instances());
            return Future.succeededFuture();
        }
        return vertx.deployVerticle(kept.kind.factory()::get, new DeploymentOptions())
                .compose(id -> {
                    kept.ids.add(id);
                    kept.error = null;
                    kept.backoff.reset();
                    return deployMissing(kept);
                });
    }

    private void retryLater(Kept kept, Throwable error) {
        String name = kept.kind.name();
        String why = error.getMessage() == null ? error.toString() : error.getMessage();
        metrics.counter("p35.runtime.start.failures", "verticle", name).increment();
        if (!why.equals(kept.error)) {
            LOG.warn("{} cannot start and is tried again: {}", name, why);
            LOG.debug("{} cannot start", name, error);
        }
        kept.error = why;
        vertx.setTimer(kept.backoff.nextMillis(), id -> fill(kept));
    }

    List<Verticles.Deployed> list() {
        return all.stream()
                .map(kept ->
                        new Verticles.Deployed(kept.kind.name(), kept.kind.instances(), kept.ids.size(), kept.error))
                .toList();
    }

    HealthBeat.Condition condition() {
        Map<String, Object> figures = new LinkedHashMap<>();
        list().forEach(one -> figures.put(one.name(), one.running() + "/" + one.wanted()));
        String missing = list().stream()
                .filter(one -> one.running() < one.wanted())
                .map(one -> one.name() + " does not run"
                        + (one.error() == null ? " yet" : " and is tried again: " + one.error()))
                .collect(Collectors.joining("; "));
        return missing.isEmpty()
                ? new HealthBeat.Condition(Level.UP, "every verticle runs", figures)
                : new HealthBeat.Condition(stopping ? Level.DOWN : Level.DEGRADED, missing, figures);
    }

    /** One kind after the other, so that what ingest holds is still committed. Never fails, and takes at most 4 s. */
    Future<Void> stop() {
        stopping = true;
        long end = System.nanoTime() + STOP_ALL.toNanos();
        Future<Void> stopped = Future.succeededFuture();
        for (Kept kept : all) {
            stopped = stopped.compose(before -> stop(kept, Math.min(STOP_KIND.toNanos(), end - System.nanoTime())));
        }
        return stopped;
    }

    private Future<Void> stop(Kept kept, long nanos) {
        return kept.filling
                .compose(filled -> Future.join(
                        kept.ids.stream().map(id -> vertx.undeploy(id)).toList()))
                .timeout(Math.max(1, nanos), TimeUnit.NANOSECONDS)
                .<Void>mapEmpty()
                .onSuccess(done -> kept.ids.clear())
                .recover(error -> {
                    LOG.warn("{} did not stop in order: {}", kept.kind.name(), error.getMessage());
                    return Future.succeededFuture();
                });
    }
}
