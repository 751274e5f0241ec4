package quantum.p35.ingest;

import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.eventbus.DeliveryOptions;
import io.vertx.core.eventbus.Message;
import io.vertx.core.eventbus.ReplyException;
import io.vertx.core.eventbus.ReplyFailure;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ThreadLocalRandom;
import java.util.function.BooleanSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import quantum.p35.api.Addresses;
import quantum.p35.api.DecisionsCommitted;
import quantum.p35.api.Failure;
import quantum.p35.redis.Backoff;

/**
 * Hands batches to aggregate in order, a few at a time, and offers each again until it is counted.
 *
 * <p>An instance of aggregate names its own address with the first answer, and gets all further batches of this consumer
 * there: so they stay in order although several are under way. When it goes, the next batch finds another instance.
 * Holds a bounded number of batches: whoever reads asks {@link #room()} first.
 */
final class CommitQueue {

    private static final Logger LOG = LoggerFactory.getLogger(CommitQueue.class);
    /** Longer than any commit may take at aggregate, so that an offer is over before the next one begins. */
    private static final Duration ANSWER_WITHIN = Duration.ofSeconds(10);

    static final String GROUP_GONE =
            "the consumer group was made anew, or Redis is another one: a restart, a failover, or its first replica";

    /** What the owner tells and wants to hear. */
    interface Listener {
        void onCommitted(DecisionsCommitted committed);

        /** There is room for another batch. */
        void onRoom();

        /** Whether the name has been ours alone since then ({@link System#nanoTime}). */
        boolean alone(long sinceNanos);

        /** The group that these batches came from is gone; nothing is offered until {@link #resume}. */
        void onGroupGone();
    }

    private final Vertx vertx;
    private final int inFlight;
    private final Listener listener;
    private final Backoff backoff = new Backoff(50, 1000, ThreadLocalRandom.current());
    private final DeliveryOptions options =
            new DeliveryOptions().setLocalOnly(true).setSendTimeout(ANSWER_WITHIN.toMillis());
    private final List<Batch> batches = new ArrayList<>();

    private String consumer;
    private String generation;
    private String address;
    private int offered;
    private boolean paused;
    private boolean held;
    private String trouble;
    private final List<Promise<Void>> waiting = new ArrayList<>();

    CommitQueue(Vertx vertx, int inFlight, Listener listener) {
        this.vertx = vertx;
        this.inFlight = inFlight;
        this.listener = listener;
    }

    /** How many more batches may be read now. */
    int room() {
        return inFlight + 1 - batches.size();
    }

    boolean isEmpty() {
        return batches.isEmpty();
    }

    /** Why batches wait; null when they do not. */
    String trouble() {
        return trouble;
    }

    List<Batch> batches() {
        return List.copyOf(batches);
    }

    void add(Batch batch) {
        batches.add(batch);
        pump();
    }

    /** Offers nothing more until {@link #resume}; completes when nothing is under way. */
    Future<Void> hold() {
        held = true;
        changed();
        return until(() -> offered == 0);
    }

    /** What was read under another generation of the group is not ours to count any more. */
    void drop() {
        batches.clear();
        trouble = null;
        changed();
    }

    /** From now on batches are of this name and this generation of the group. */
    void resume(String consumer, String generation) {
        this.consumer = consumer;
        this.generation = generation;
        held = false;
        pump();
    }

    /** Whether nothing is offered until {@link #resume}. */
    boolean held() {
        return held;
    }

    /** Completes when there is room for another batch; fails when nothing is offered any more, so that there will be none. */
    Future<Void> whenRoom() {
        return until(() -> held || room() > 0)
                .compose(over -> held ? Future.failedFuture(GROUP_GONE) : Future.succeededFuture());
    }

    /** Completes when every batch is counted. */
    Future<Void> whenEmpty() {
        return until(batches::isEmpty);
    }

    private Future<Void> until(BooleanSupplier condition) {
        if (condition.getAsBoolean()) {
            return Future.succeededFuture();
        }
        Promise<Void> change = Promise.promise();
        waiting.add(change);
        return change.future().compose(changed -> until(condition));
    }

    private void changed() {
        List<Promise<Void>> told = List.copyOf(waiting);
        waiting.clear();
        told.forEach(Promise::complete);
    }

    private void pump() {
        int limit = address == null ? 1 : inFlight;
        for (Batch batch : List.copyOf(batches)) {
            if (paused || held || offered >= limit) {
                return;
            }
            if (!batch.offered()) {
                offer(batch);
            }
        }
    }

    private void offer(Batch batch) {
        offered++;
        String to = address == null ? Addresses.DECISIONS_READ : address;
        boolean alone = listener.alone(batch.readAtNanos());
        vertx.eventBus()
                .<DecisionsCommitted>request(to, batch.offer(consumer, generation, alone, System.nanoTime()), options)
                .map(Message::body)
                .onComplete(answer -> {
                    offered--;
                    if (answer.succeeded()) {
                        onCommitted(batch, answer.result());
                    } else {
                        onRefused(batch, answer.cause());
                    }
                    changed();
                });
    }

    private void onCommitted(Batch batch, DecisionsCommitted committed) {
        batches.remove(batch);
        address = committed.address();
        backoff.reset();
        if (trouble != null) {
            LOG.info("{}: batches are counted again", consumer);
            trouble = null;
        }
        listener.onCommitted(committed);
        pump();
        listener.onRoom();
    }

    private void onRefused(Batch batch, Throwable error) {
        Failure failure = Failure.of(error);
        switch (failure) {
            case GROUP_GONE -> {
                batch.refused();
                if (!held) {
                    held = true;
                    listener.onGroupGone();
                }
                return;
            }
            case UNAVAILABLE -> batch.refused();
            case OUTCOME_UNKNOWN, INTERNAL, BAD_QUESTION, NOT_FOUND -> batch.unanswered();
        }
        address = null;
        boolean nobody = error instanceof ReplyException reply && reply.failureType() == ReplyFailure.NO_HANDLERS;
        trouble(nobody ? "no aggregate verticle runs in this process" : error.getMessage());
        pause();
    }

    private void trouble(String why) {
        if (!why.equals(trouble)) {
            LOG.warn("{}: {} batches wait to be counted: {}", consumer, batches.size(), why);
            trouble = why;
        }
    }

    /** Waits until nothing is under way, and a little longer, so that batches are offered again in order. */
    private void pause() {
        if (paused) {
            return;
        }
        paused = true;
        until(() -> offered == 0)
                .compose(settled -> vertx.timer(backoff.nextMillis()))
                .onComplete(over -> {
                    paused = false;
                    pump();
                    changed();
                });
    }
}
