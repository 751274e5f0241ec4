package quantum.p35.ingest;

import java.util.List;

/**
 * How many entries to ask for at once, so that one answer stays small in memory whatever stands in the entries.
 *
 * <p>Begins low and doubles, because Redis cannot be asked for a number of bytes: after a crash on huge entries the first
 * read must not be the one that crashes again.
 */
final class ReadSize {

    private static final int FIRST = 16;
    private static final long TARGET_CHARS = 4L << 20;

    private final int max;
    private int count;

    ReadSize(int max) {
        this.max = max;
        this.count = Math.min(FIRST, max);
    }

    int count() {
        return count;
    }

    /** Learns from an answer. */
    void answered(List<RawEntry> entries) {
        if (entries.isEmpty()) {
            return;
        }
        long chars = entries.stream()
                .flatMap(entry -> entry.fields().values().stream())
                .mapToLong(String::length)
                .sum();
        long affordable = TARGET_CHARS / Math.max(1, chars / entries.size());
        count = Math.clamp(Math.min(affordable, count * 2L), 1, max);
    }
}
