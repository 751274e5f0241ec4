package quantum.p35.aggregate;

import io.micrometer.core.instrument.MeterRegistry;
import io.vertx.core.Future;
import io.vertx.core.VerticleBase;
import io.vertx.core.eventbus.Message;
import io.vertx.core.eventbus.MessageConsumer;
import io.vertx.redis.client.Command;
import io.vertx.redis.client.Request;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import quantum.p35.api.Addresses;
import quantum.p35.api.BucketsCommitted;
import quantum.p35.api.DecisionsCommitted;
import quantum.p35.api.DecisionsRead;
import quantum.p35.api.Failure;
import quantum.p35.api.HealthBeat;
import quantum.p35.api.Keys;
import quantum.p35.redis.RedisFailure;
import quantum.p35.redis.RedisLink;
import quantum.p35.redis.RedisSettings;

/** Counts batches of decisions into minute buckets and answers when they are counted. Any number of instances may run. */
public final class BucketAggregationVerticle extends VerticleBase {

    private static final Logger LOG = LoggerFactory.getLogger(BucketAggregationVerticle.class);

    private static final long PROBE_MILLIS = 2000;

    private final RedisSettings redis;
    private final Keys keys;
    private final CommitRecord record;
    private final Set<Future<?>> inHand = new HashSet<>();

    private RedisLink link;
    private BatchCommitter committer;
    private HealthBeat health;
    private List<MessageConsumer<DecisionsRead>> consumers = List.of();
    private String ownAddress;

    public BucketAggregationVerticle(AggregateConfig config, RedisSettings redis, Keys keys, MeterRegistry metrics) {
        this.redis = redis;
        this.keys = keys;
        this.record = new CommitRecord(metrics);
    }

    @Override
    public Future<?> start() {
        link = RedisLink.open(vertx, redis, "p35-aggregate");
        committer = new BatchCommitter(vertx, link, keys);
        // a consumer whose batches all go to one instance has them committed in order
        ownAddress = Addresses.DECISIONS_READ + "." + context.deploymentID();
        health = new HealthBeat(
                vertx, "aggregate", context.deploymentID(), () -> record.condition(link.trouble(), System.nanoTime()));
        vertx.setPeriodic(PROBE_MILLIS, timer -> probe());
        // at a redeployment the new instance takes batches when it can commit them
        return link.tried().compose(tried -> {
            consumers = List.of(
                    vertx.eventBus().localConsumer(Addresses.DECISIONS_READ, this::onDecisionsRead),
                    vertx.eventBus().localConsumer(ownAddress, this::onDecisionsRead));
            return Future.all(
                    consumers.stream().map(MessageConsumer::completion).toList());
        });
    }

    /**
     * Health asks whether the next commit would succeed: without traffic only a write can tell. This one is refused as any
     * other, by a Redis that is full or read-only, and writes nothing: an empty text into a key that is not there.
     */
    private void probe() {
        if (inHand.isEmpty() && link.connected()) {
            link.send(Request.cmd(Command.SETRANGE)
                            .arg(keys.lease("aggregate"))
                            .arg(0)
                            .arg(""))
                    .onSuccess(done -> record.tried(null))
                    .onFailure(this::onProbeFailed);
        }
    }

    /** A user without the right to this one command may have that to commit; whether Redis can be reached the link tells. */
    private void onProbeFailed(Throwable error) {
        if (error instanceof RedisFailure failure
                && failure.kind() == RedisFailure.Kind.REFUSED
                && !failure.refusedWith("NOPERM")) {
            record.tried(failure.getMessage());
        }
    }

    private void onDecisionsRead(Message<DecisionsRead> message) {
        long begun = System.nanoTime();
        Future<DecisionsCommitted> commit =
                committer.commit(message.body()).map(result -> settle(message.body(), result, begun));
        inHand.add(commit);
        commit.onComplete(done -> inHand.remove(commit))
                .onSuccess(message::reply)
                .onFailure(error -> {
                    record.failed(error, System.nanoTime());
                    Failure failure = Failure.of(error);
                    message.fail(failure.code(), error.getMessage());
                });
    }

    private DecisionsCommitted settle(DecisionsRead read, BatchCommitter.Result result, long begunNanos) {
        record.committed(result, System.nanoTime() - begunNanos);
        if (result.counted() > 0) {
            vertx.eventBus().publish(Addresses.BUCKETS_COMMITTED, new BucketsCommitted(minutes(read)));
        }
        if (result.lost() > 0) {
            LOG.warn(
                    "{}: {} entries are lost: ACKed by somebody else, or trimmed while they were pending",
                    read.consumer(),
                    result.lost());
        }
        return new DecisionsCommitted(
                result.counted(), result.known(), result.lost(), result.deadLettered(), ownAddress);
    }

    private static Set<Instant> minutes(DecisionsRead read) {
        return read.decisions().stream()
                .map(decision -> decision.time().truncatedTo(ChronoUnit.MINUTES))
                .collect(Collectors.toSet());
    }

    @Override
    public Future<?> stop() {
        return Future.join(consumers.stream().map(MessageConsumer::unregister).toList())
                .transform(unregistered -> Future.join(List.copyOf(inHand)))
                .transform(done -> {
                    health.close();
                    return link.close();
                });
    }
}
