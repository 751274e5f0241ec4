package quantum.p35.aggregate;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.redis.client.Command;
import io.vertx.redis.client.Request;
import java.time.Instant;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import quantum.p35.api.Decision;
import quantum.p35.api.DecisionsRead;
import quantum.p35.api.Failure;
import quantum.p35.api.Keys;
import quantum.p35.redis.RedisLink;
import quantum.p35.redis.Script;

/**
 * Commits a batch: one script call when all is well.
 *
 * <p>When Redis refuses something in the batch, the batch is halved until the entry is found; one that is refused
 * {@value #MAX_REFUSALS} times goes to the dead letter. When Redis refuses because of its own state, the whole batch fails
 * and the sender waits: nothing is ACKed that is not counted.
 */
final class BatchCommitter {

    private static final Logger LOG = LoggerFactory.getLogger(BatchCommitter.class);
    private static final Script COMMIT = Script.resource(BatchCommitter.class, "commit.lua");
    private static final Script DEAD_LETTER = Script.resource(BatchCommitter.class, "dead_letter.lua");
    private static final int MAX_REFUSALS = 5;
    private static final long REFUSAL_PAUSE_MILLIS = 50;

    /**
     * What became of a batch.
     *
     * @param known ids that had been counted before
     * @param lost ids that nobody can count any more: ACKed by somebody else, or trimmed while they were pending
     * @param bounded decisions whose gate or symbol was counted as {@code unlisted} or {@code other}
     */
    record Result(int counted, int known, int lost, int bounded, int deadLettered) {

        Result plus(Result other) {
            return new Result(
                    counted + other.counted,
                    known + other.known,
                    lost + other.lost,
                    bounded + other.bounded,
                    deadLettered + other.deadLettered);
        }
    }

    private final Vertx vertx;
    private final RedisLink link;
    private final Keys keys;
    private final Repeats repeats = new Repeats();
    private final Map<String, Integer> refusals = new HashMap<>();
    private Future<?> turn = Future.succeededFuture();

    BatchCommitter(Vertx vertx, RedisLink link, Keys keys) {
        this.vertx = vertx;
        this.link = link;
        this.keys = keys;
    }

    /** Fails with a reply of {@link Failure} whose code says whether the batch may have been counted. */
    Future<Result> commit(DecisionsRead read) {
        CommitBatch batch = new CommitBatch(read, repeats);
        return run(batch, true)
                .recover(error -> Refusal.of(error) == Refusal.FULL
                        ? inTurn(() -> bounded(batch, MAX_REFUSALS))
                        : Future.failedFuture(error))
                .recover(error -> switch (Refusal.of(error)) {
                    case BAD_ENTRY -> halve(read, error);
                    case GROUP_GONE -> Future.failedFuture(Failure.GROUP_GONE.because(error.getMessage()));
                    case FULL, WAIT -> Future.failedFuture(Failure.UNAVAILABLE.because(error.getMessage()));
                    case OUTCOME_UNKNOWN -> Future.failedFuture(Failure.OUTCOME_UNKNOWN.because(error.getMessage()));
                });
    }

    private Future<Result> run(CommitBatch batch, boolean limited) {
        CommitPlan plan = new CommitPlan(keys, batch, limited);
        return link.run(COMMIT, plan.keyNames(), plan.arguments(Instant.now()))
                .map(answer -> new Result(
                        answer.get(0).toInteger(),
                        answer.get(1).toInteger(),
                        answer.get(2).toInteger(),
                        batch.bounded(),
                        0));
    }

    /** A batch that is not full itself may take the last place meanwhile: then look again at what is there. */
    private Future<Result> bounded(CommitBatch batch, int tries) {
        return fields(batch)
                .compose(bounds -> run(batch.within(bounds), false))
                .recover(error -> Refusal.of(error) == Refusal.FULL && tries > 1
                        ? bounded(batch, tries - 1)
                        : Future.failedFuture(error));
    }

    /** One full batch after the other: the next must see the fields that this one adds. */
    private Future<Result> inTurn(Supplier<Future<Result>> commit) {
        Future<Result> mine = turn.transform(before -> commit.get());
        turn = mine;
        return mine;
    }

    /** What is in the hashes of the batch's minutes; asked only when one of them is full. */
    private Future<Bounds> fields(CommitBatch batch) {
        Map<Instant, Bounds.Fields> minutes = new HashMap<>();
        List<Future<Bounds.Fields>> asked = batch.minutes().stream()
                .map(minute -> Future.all(
                                names(keys.bucket(minute)), names(keys.hour(minute)), names(keys.unknown(minute)))
                        .map(all -> new Bounds.Fields(all.resultAt(0), all.resultAt(1), all.resultAt(2)))
                        .onSuccess(fields -> minutes.put(minute, fields)))
                .toList();
        return Future.all(asked).map(all -> new Bounds(minutes));
    }

    private Future<Set<String>> names(String key) {
        return link.send(Request.cmd(Command.HKEYS).arg(key)).map(answer -> {
            Set<String> names = new HashSet<>();
            answer.forEach(name -> names.add(name.toString()));
            return names;
        });
    }

    private Future<Result> halve(DecisionsRead read, Throwable error) {
        List<Decision> decisions = read.decisions();
        if (decisions.size() <= 1) {
            return decisions.isEmpty()
                    ? Future.failedFuture(Failure.UNAVAILABLE.because(error.getMessage()))
                    : again(read, error);
        }
        int half = decisions.size() / 2;
        DecisionsRead first = part(read, decisions.subList(0, half), read.trimmed());
        DecisionsRead second = part(read, decisions.subList(half, decisions.size()), List.of());
        return commit(first)
                .compose(done -> commit(second).map(done::plus))
                // a half may be counted already
                .recover(failed -> Future.failedFuture(Failure.OUTCOME_UNKNOWN.because(failed.getMessage())));
    }

    private static DecisionsRead part(DecisionsRead read, List<Decision> decisions, List<String> trimmed) {
        return new DecisionsRead(read.consumer(), read.generation(), read.fresh(), decisions, trimmed);
    }

    /** One entry, refused: tried again a few times, then put aside. */
    private Future<Result> again(DecisionsRead read, Throwable error) {
        String id = read.decisions().getFirst().entryId();
        if (refusals.merge(id, 1, Integer::sum) < MAX_REFUSALS) {
            return vertx.timer(REFUSAL_PAUSE_MILLIS)
                    .compose(pause -> commit(read))
                    .onSuccess(done -> refusals.remove(id));
        }
        return link.run(
                        DEAD_LETTER,
                        List.of(keys.stream(), keys.deadLetter(), keys.status()),
                        List.of(keys.group(), id, error.getMessage()))
                .map(answer -> {
                    refusals.remove(id);
                    LOG.warn("entry {} goes to {}: {}", id, keys.deadLetter(), error.getMessage());
                    return new Result(0, 1 - answer.toInteger(), 0, 0, answer.toInteger());
                })
                .recover(failed -> Future.failedFuture(Failure.OUTCOME_UNKNOWN.because(failed.getMessage())));
    }
}
