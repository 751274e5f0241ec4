package quantum.p35.simulator;

import java.time.Instant;
import java.util.Comparator;

/** The id of a stream entry, {@code <ms>-<seq>}. */
record EntryId(long millis, long sequence) implements Comparable<EntryId> {

    static final EntryId ZERO = new EntryId(0, 0);

    private static final Comparator<EntryId> ORDER =
            Comparator.comparingLong(EntryId::millis).thenComparingLong(EntryId::sequence);

    static EntryId of(String text) {
        int dash = text.indexOf('-');
        return new EntryId(Long.parseLong(text.substring(0, dash)), Long.parseLong(text.substring(dash + 1)));
    }

    /** The id of an entry added then: over this one, even when the clock went back. */
    EntryId next(Instant at) {
        long then = at.toEpochMilli();
        return then > millis ? new EntryId(then, 0) : new EntryId(millis, sequence + 1);
    }

    @Override
    public int compareTo(EntryId other) {
        return ORDER.compare(this, other);
    }

    @Override
    public String toString() {
        return millis + "-" + sequence;
    }
}
