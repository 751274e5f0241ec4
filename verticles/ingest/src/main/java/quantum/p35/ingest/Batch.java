package quantum.p35.ingest;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import quantum.p35.api.Decision;
import quantum.p35.api.DecisionsRead;

/** Entries that we read and that are not yet confirmed as counted. */
final class Batch {

    /** From this age on another consumer may have claimed an entry from us; it does so at 60 s of idleness. */
    private static final long CLAIMABLE_NANOS = Duration.ofSeconds(55).toNanos();
    /** From this age on the guard outside ACKs entries, uncounted. */
    private static final long GUARD_NANOS = Duration.ofSeconds(300).toNanos();

    private final List<Decision> decisions;
    private final List<String> trimmed;
    private final long readAtNanos;
    private boolean ours;
    private boolean offered;
    private long claimedAtNanos;

    /**
     * @param trimmed ids whose entries are gone
     * @param ours whether nobody else can have counted these entries: they were delivered to us for the first time
     * @param readAtNanos when they were asked for, which is before they were delivered
     */
    Batch(List<Decision> decisions, List<String> trimmed, boolean ours, long readAtNanos) {
        this.decisions = decisions;
        this.trimmed = trimmed;
        this.ours = ours;
        this.readAtNanos = readAtNanos;
        this.claimedAtNanos = readAtNanos;
    }

    Stream<String> ids() {
        return Stream.concat(decisions.stream().map(Decision::entryId), trimmed.stream());
    }

    int size() {
        return decisions.size() + trimmed.size();
    }

    boolean offered() {
        return offered;
    }

    long readAtNanos() {
        return readAtNanos;
    }

    /** Handed to aggregate, no answer yet. @param alone whether nobody else had our name since these entries were read */
    DecisionsRead offer(String consumer, String generation, boolean alone, long nowNanos) {
        offered = true;
        return new DecisionsRead(consumer, generation, fresh(alone, nowNanos), decisions, trimmed);
    }

    /**
     * Whether an id that turns out to be ACKed already was ACKed by somebody who did not count it. After a long freeze of
     * ours it was another consumer, who counted it, or, still later, the guard.
     */
    private boolean fresh(boolean alone, long nowNanos) {
        long age = nowNanos - claimedAtNanos;
        return ours && (alone && age < CLAIMABLE_NANOS || age >= GUARD_NANOS);
    }

    /** Not counted, that is certain: to be offered again as it was. */
    void refused() {
        offered = false;
    }

    /** Perhaps counted: to be offered again, and ids that are ACKed by then are known. */
    void unanswered() {
        offered = false;
        ours = false;
    }

    /** @param complete false when some of them were not pending any more, and are lost */
    void claimed(boolean complete, long nowNanos) {
        long age = nowNanos - claimedAtNanos;
        if (!complete || age >= CLAIMABLE_NANOS && age < GUARD_NANOS) {
            ours = false;
        }
        claimedAtNanos = nowNanos;
    }

    boolean idleFor(Duration idle, long nowNanos) {
        return nowNanos - claimedAtNanos >= idle.toNanos();
    }

    static List<String> idsOf(List<Batch> batches) {
        List<String> ids = new ArrayList<>();
        batches.forEach(batch -> batch.ids().forEach(ids::add));
        return ids;
    }
}
