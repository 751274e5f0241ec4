package quantum.p35.runtime;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.vertx.core.DeploymentOptions;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import quantum.p35.api.Verticles;
import quantum.p35.redis.Backoff;

/**
 * One kind of verticle and its instances, each a deployment of its own. What is wanted is brought about one step at a time,
 * and tried again, later and later, until it is so.
 *
 * <p>Another configuration takes effect by replacement: all new instances run before the first old one goes, and when one
 * of them does not start, the old ones stay.
 */
final class Kept {

    private static final Logger LOG = LoggerFactory.getLogger(Kept.class);
    private static final long FIRST_RETRY_MILLIS = 500;
    private static final long LAST_RETRY_MILLIS = 30_000;

    /** An instance that does not end within it is left to itself, so that the next command is not kept waiting. */
    private static final long LEAVE_SECONDS = 10;

    private static final long NO_TIMER = -1;

    private final Vertx vertx;
    private final Counter failures;
    private final List<String> ids = new ArrayList<>();
    private final Backoff backoff = new Backoff(FIRST_RETRY_MILLIS, LAST_RETRY_MILLIS, ThreadLocalRandom.current());
    private VerticleKind kind;
    private VerticleKind newest;
    private int asked;
    private int wanted;
    private String error;
    private boolean stopping;
    private long retry = NO_TIMER;
    private Future<Void> step = Future.succeededFuture();

    Kept(Vertx vertx, MeterRegistry metrics, VerticleKind kind) {
        this.vertx = vertx;
        this.kind = kind;
        this.newest = kind;
        this.asked = kind.instances();
        this.wanted = asked;
        // from the start, or Prometheus would not see the first failure as an increase
        this.failures = Counter.builder("p35.runtime.start.failures")
                .description("Starts that failed and are tried again")
                .tag("verticle", kind.name())
                .register(metrics);
    }

    String name() {
        return kind.name();
    }

    /** Instances that run when all that was asked for is done. */
    int asked() {
        return asked;
    }

    /** As it was before a step until that is done, so that nobody is alarmed by what is under way. */
    Verticles.Deployed shown() {
        return new Verticles.Deployed(kind.name(), wanted, ids.size(), error);
    }

    /** Fails with the reason when they do not all start; they are tried again then. */
    Future<Void> start() {
        return inTurn(this::settle);
    }

    /** As {@link #start}; counts until the configuration asks for another number. */
    Future<Void> scale(int instances) {
        asked = instances;
        return start();
    }

    /** Replaces the instances when this is another configuration. Fails as {@link #start}; what runs goes on then. */
    Future<Void> follow(VerticleKind edited) {
        newest = edited;
        return start();
    }

    /** Replaces the instances in any case, and brings back those that were undeployed. Fails as {@link #follow}. */
    Future<Void> redeploy(VerticleKind fresh) {
        newest = fresh;
        return inTurn(() -> replace(asked == 0 ? fresh.instances() : number(fresh)));
    }

    /** From now on nothing is deployed. Fails when they do not end in that time. */
    Future<Void> stop(long nanos) {
        stopping = true;
        vertx.cancelTimer(retry);
        return step.transform(done -> undeploy(List.copyOf(ids)))
                .timeout(Math.max(1, nanos), TimeUnit.NANOSECONDS)
                .onSuccess(done -> ids.clear());
    }

    private Future<Void> inTurn(Supplier<Future<Void>> work) {
        step = step.transform(before -> stopping ? Future.succeededFuture() : work.get())
                .onSuccess(done -> {
                    vertx.cancelTimer(retry);
                    backoff.reset();
                    error = null;
                })
                .onFailure(this::tryLater);
        return step;
    }

    private Future<Void> settle() {
        if (!newest.config().equals(kind.config())) {
            return replace(number(newest));
        }
        int target = asked;
        if (ids.size() < target) {
            List<String> fresh = new ArrayList<>();
            return deploy(kind, target - ids.size(), fresh).onComplete(done -> settled(target, fresh));
        }
        List<String> leaving = List.copyOf(ids.subList(target, ids.size()));
        ids.removeAll(leaving);
        if (target != wanted) {
            settled(target, List.of());
        }
        return leave(leaving);
    }

    private void settled(int target, List<String> fresh) {
        boolean news = target != wanted || !fresh.isEmpty();
        ids.addAll(fresh);
        wanted = target;
        if (news) {
            LOG.info("{} runs, {} of {}", kind.name(), ids.size(), wanted);
        }
    }

    /** A number given by hand counts until the configuration's own changes. */
    private int number(VerticleKind next) {
        return next.instances() == kind.instances() ? asked : next.instances();
    }

    private Future<Void> replace(int instances) {
        VerticleKind next = newest;
        int before = asked;
        List<String> fresh = new ArrayList<>();
        return deploy(next, instances, fresh)
                .recover(why -> leave(fresh).compose(gone -> Future.failedFuture(why)))
                .compose(deployed -> {
                    List<String> old = List.copyOf(ids);
                    ids.clear();
                    ids.addAll(fresh);
                    kind = next;
                    wanted = instances;
                    asked = asked == before ? instances : asked;
                    LOG.info("{} is replaced: {} new, {} old", kind.name(), fresh.size(), old.size());
                    return leave(old);
                });
    }

    /** Adds the ids of so many new ones. */
    private Future<Void> deploy(VerticleKind of, int instances, List<String> into) {
        return into.size() >= instances || stopping
                ? Future.succeededFuture()
                : vertx.deployVerticle(of.factory()::get, new DeploymentOptions())
                        .compose(id -> {
                            into.add(id);
                            return deploy(of, instances, into);
                        });
    }

    /** Never fails. */
    private Future<Void> leave(List<String> leaving) {
        return undeploy(leaving).timeout(LEAVE_SECONDS, TimeUnit.SECONDS).recover(why -> {
            LOG.warn("{}: an instance did not stop in order: {}", kind.name(), why.getMessage());
            return Future.succeededFuture();
        });
    }

    private Future<Void> undeploy(List<String> leaving) {
        return Future.join(leaving.stream().map(vertx::undeploy).toList()).mapEmpty();
    }

    private void tryLater(Throwable failure) {
        String why = failure.getMessage() == null ? failure.toString() : failure.getMessage();
        failures.increment();
        if (!why.equals(error)) {
            LOG.warn("{} cannot start and is tried again, {} of {} run: {}", kind.name(), ids.size(), wanted, why);
            LOG.debug("{} cannot start", kind.name(), failure);
        }
        error = why;
        vertx.cancelTimer(retry);
        retry = vertx.setTimer(backoff.nextMillis(), id -> start());
    }
}
