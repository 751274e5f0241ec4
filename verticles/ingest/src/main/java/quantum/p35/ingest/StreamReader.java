package quantum.p35.ingest;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import quantum.p35.api.Decision;
import quantum.p35.api.DecisionsCommitted;
import quantum.p35.redis.Backoff;

/**
 * Reads the stream in sessions. A session holds a consumer name, knows the group's generation, takes up what is pending
 * under its name, and then reads what is new until something breaks; then the next session begins.
 *
 * <p>The next read is sent before the answer of the last one is decoded, so that Redis and we work at the same time. It is
 * not sent when the commit queue is full: entries then wait in Redis and not in our memory.
 */
final class StreamReader implements CommitQueue.Listener {

    private static final Logger LOG = LoggerFactory.getLogger(StreamReader.class);

    /** A read that was given up is executed by a server that wakes up again: its entries are ours and in nobody's hand. */
    private static final Duration ABANDONED = Duration.ofSeconds(10);
    /** From this idleness on another consumer is taken for dead. */
    private static final Duration DEAD = Duration.ofSeconds(60);
    /** What is in hand is claimed anew before anybody may take it for dead. */
    private static final Duration KEEP = Duration.ofSeconds(30);
    /** After a small answer, so that a steady trickle is not committed one by one. */
    private static final long LINGER_MILLIS = 10;

    private static final String FIRST = "-";

    private final Vertx vertx;
    private final StreamClient client;
    private final ConsumerName names;
    private final CommitQueue queue;
    private final IngestRecord record;
    private final ReadSize readSize;
    private final Settlement settlement;
    private final Backoff backoff = new Backoff(50, 500, ThreadLocalRandom.current());

    private Normaliser normaliser;
    private Future<?> lastRead = Future.succeededFuture();
    private String consumer;
    private StreamClient.Group group;
    private boolean inSession;
    private boolean reading;
    private boolean lingering;
    private boolean beginning;
    private boolean recovering;
    private boolean stopping;

    StreamReader(Vertx vertx, StreamClient client, ConsumerName names, IngestConfig config, IngestRecord record) {
        this.vertx = vertx;
        this.client = client;
        this.names = names;
        this.record = record;
        this.queue = new CommitQueue(vertx, config.batchesInFlight(), this);
        this.settlement = new Settlement(client, queue, record);
        this.readSize = new ReadSize(config.batchSize());
    }

    void normaliser(Normaliser next) {
        normaliser = next;
    }

    String consumer() {
        return consumer;
    }

    /** Why nothing is counted at the moment; null when all is well. */
    String trouble() {
        return record.sessionTrouble() != null ? record.sessionTrouble() : queue.trouble();
    }

    /** Begins a session unless there is one; tries again until it succeeds. */
    void begin() {
        if (stopping || inSession || beginning || reading) {
            return;
        }
        beginning = true;
        names.hold()
                .compose(this::joinGroup)
                .compose(joined -> recover(Duration.ZERO, FIRST))
                .onComplete(begun -> {
                    beginning = false;
                    if (begun.succeeded() && queue.held()) {
                        breakOff(CommitQueue.GROUP_GONE); // while we took up what was pending
                    } else if (begun.succeeded()) {
                        inSession = true;
                        backoff.reset();
                        record.sessionBegun(consumer);
                        readNext();
                    } else {
                        breakOff(begun.cause().getMessage());
                    }
                });
    }

    private Future<Void> joinGroup(String name) {
        consumer = name;
        return queue.hold()
                .compose(still -> client.regroup(names.owner(), List.of()))
                .compose(joined ->
                        settlement.settle(group, joined, names.owner()).map(joined))
                .map(joined -> {
                    if (joined.made()) {
                        LOG.info("{}: made the consumer group", name);
                    }
                    group = joined;
                    queue.resume(name, joined.generation());
                    return null;
                });
    }

    private void breakOff(String why) {
        inSession = false;
        record.sessionBroken(why);
        vertx.setTimer(backoff.nextMillis(), timer -> begin());
    }

    private void readNext() {
        if (!inSession || reading || lingering || stopping || queue.room() < 1) {
            return;
        }
        reading = true;
        int asked = readSize.count();
        long askedAt = System.nanoTime();
        Future<StreamClient.Rows> read = client.read(consumer, asked).onComplete(answer -> reading = false);
        lastRead = read.compose(rows -> {
            if (!inSession) {
                settlement.read(rows.decode());
                begin(); // these entries are pending under our name, and the new session takes them up
                return Future.succeededFuture();
            }
            if (rows.size() == asked && queue.room() > 1) {
                readNext();
            }
            accept(rows, askedAt);
            if (rows.size() == 0 || rows.size() * 10 >= asked) {
                readNext();
            } else {
                linger();
            }
            return Future.succeededFuture();
        });
        lastRead.onFailure(error -> breakOff(error.getMessage()));
    }

    private void linger() {
        lingering = true;
        vertx.setTimer(LINGER_MILLIS, rested -> {
            lingering = false;
            readNext();
        });
    }

    private void accept(StreamClient.Rows rows, long askedAtNanos) {
        if (rows.size() > 0) {
            List<RawEntry> entries = rows.decode();
            record.read(entries.size());
            settlement.read(entries);
            add(entries, List.of(), true, askedAtNanos);
        }
    }

    private void add(List<RawEntry> entries, List<String> trimmed, boolean ours, long readAtNanos) {
        List<Decision> decisions = new ArrayList<>(entries.size());
        entries.forEach(entry -> decisions.add(normaliser.normalise(entry)));
        readSize.answered(entries);
        queue.add(new Batch(decisions, trimmed, ours, readAtNanos));
    }

    /** Now and then: keeps what is in hand, also while nothing can be read, and takes up what was left lying. */
    void tend() {
        keep().onFailure(error -> LOG.debug("{}: {}", consumer, error.getMessage()));
        if (inSession && !names.heldSince(System.nanoTime())) {
            breakOff("the consumer name " + consumer + " may be somebody else's by now");
        }
        if (!inSession || recovering) {
            return;
        }
        recovering = true;
        recover(ABANDONED, FIRST)
                .compose(recovered -> claimFrom("0-0"))
                .onFailure(error -> LOG.debug("{}: {}", consumer, error.getMessage()))
                .onComplete(tended -> recovering = false);
    }

    private Future<Void> recover(Duration idle, String after) {
        return client.pending(consumer, idle, after).compose(ids -> {
            if (ids.isEmpty()) {
                return Future.succeededFuture();
            }
            return takeUp(ids).compose(taken -> recover(idle, ids.getLast()));
        });
    }

    private Future<Void> claimFrom(String cursor) {
        return client.claim(consumer, DEAD, cursor).compose(claim -> {
            record.lost(claim.lost());
            return takeUp(claim.ids())
                    .compose(taken ->
                            claim.cursor().equals("0-0") ? Future.succeededFuture() : claimFrom(claim.cursor()));
        });
    }

    /** Reads entries that are pending under our name and not in hand, in pieces, as there is room for them. */
    private Future<Void> takeUp(List<String> ids) {
        Set<String> inHand = new HashSet<>(Batch.idsOf(queue.batches()));
        List<String> left = ids.stream().filter(id -> !inHand.contains(id)).toList();
        if (left.isEmpty()) {
            return Future.succeededFuture();
        }
        List<String> piece = left.subList(0, Math.min(readSize.count(), left.size()));
        StreamClient.Group before = group;
        return queue.whenRoom().compose(room -> client.fetch(piece)).compose(found -> {
            if (!before.generation().equals(group.generation())) {
                return Future.failedFuture(CommitQueue.GROUP_GONE); // one made anew delivers them again
            }
            List<RawEntry> entries = new ArrayList<>();
            List<String> trimmed = new ArrayList<>();
            for (int i = 0; i < piece.size(); i++) {
                if (found.get(i) == null) {
                    trimmed.add(piece.get(i));
                } else {
                    entries.add(found.get(i));
                }
            }
            record.takenUp(piece.size());
            add(entries, trimmed, false, System.nanoTime());
            return takeUp(left.subList(piece.size(), left.size()));
        });
    }

    private Future<Void> keep() {
        long now = System.nanoTime();
        List<Batch> old = queue.batches().stream()
                .filter(batch -> batch.idleFor(KEEP, now))
                .toList();
        if (old.isEmpty()) {
            return Future.succeededFuture();
        }
        return client.keep(consumer, Batch.idsOf(old)).map(lost -> {
            record.lost(lost);
            old.forEach(batch -> batch.claimed(lost == 0, now));
            return null;
        });
    }

    @Override
    public void onCommitted(DecisionsCommitted committed) {
        record.committed(committed);
    }

    @Override
    public void onRoom() {
        readNext();
    }

    @Override
    public boolean alone(long sinceNanos) {
        return names.heldSince(sinceNanos);
    }

    @Override
    public void onGroupGone() {
        LOG.warn("{}: {}", consumer, CommitQueue.GROUP_GONE);
        breakOff(CommitQueue.GROUP_GONE);
    }

    /** Reads no more, and completes when what is in hand is counted, or after {@code patience}: it then stays pending. */
    Future<Void> stop(Duration patience) {
        stopping = true;
        return lastRead.transform(answer -> queue.whenEmpty())
                .timeout(patience.toMillis(), TimeUnit.MILLISECONDS)
                .otherwiseEmpty()
                .compose(done -> names.release());
    }
}
