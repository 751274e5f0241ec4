package quantum.p35.ingest;

import java.util.ArrayList;
import java.util.List;

/**
 * Which entries were read last, so that it can be told how many of them a failover took away: a replica that becomes
 * master lacks what its master had not sent yet.
 */
final class RecentIds {

    /** Far more than a replica is behind: 16 s at 2 000 entries a second; half a megabyte. */
    static final int SIZE = 1 << 15;

    private final long[] millis = new long[SIZE];
    private final long[] sequence = new long[SIZE];
    private long added;

    void add(List<RawEntry> entries) {
        for (RawEntry entry : entries) {
            int slot = (int) (added++ % SIZE);
            int dash = entry.id().indexOf('-');
            millis[slot] = Long.parseUnsignedLong(entry.id(), 0, dash, 10);
            sequence[slot] =
                    Long.parseUnsignedLong(entry.id(), dash + 1, entry.id().length(), 10);
        }
    }

    List<String> newestFirst() {
        List<String> ids = new ArrayList<>();
        for (long i = added - 1; i >= Math.max(0, added - SIZE); i--) {
            int slot = (int) (i % SIZE);
            ids.add(Long.toUnsignedString(millis[slot]) + "-" + Long.toUnsignedString(sequence[slot]));
        }
        return ids;
    }

    void clear() {
        added = 0;
    }
}
