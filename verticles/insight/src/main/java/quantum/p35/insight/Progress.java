package quantum.p35.insight;

import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;

/**
 * How far the counting is, asked of Redis itself, so that a dead ingest shows too.
 *
 * @param newestCounted time of the highest entry id that was counted; null when none ever was
 * @param processed entries counted, for ever
 * @param lost entries that nobody can count any more
 * @param lagUnknown whether Redis cannot tell how many entries wait unread
 * @param oldestUncounted time of the oldest entry, by its id, that waits to be counted; null when none waits
 * @param lastExecute newest event time of an EXECUTE by symbol, {@code *} for all
 */
record Progress(
        Instant newestCounted,
        long processed,
        long lost,
        boolean lagUnknown,
        Instant oldestUncounted,
        Map<String, Instant> lastExecute) {

    static final Progress NONE = new Progress(null, 0, 0, false, null, Map.of());

    static final String ALL = "*";

    /**
     * @param status the status hash
     * @param lastExecutes the hash of epoch seconds
     */
    static Progress of(Map<String, String> status, Map<String, String> lastExecutes, Instant oldestUncounted) {
        Map<String, Instant> lastExecute = new HashMap<>();
        lastExecutes.forEach((symbol, seconds) -> {
            long epoch = number(seconds);
            if (epoch > 0) {
                lastExecute.put(symbol, Instant.ofEpochSecond(epoch));
            }
        });
        return new Progress(
                timeOf(status.get("last_id")),
                number(status.get("processed_total")),
                number(status.get("lost_total")),
                "unknown".equals(status.get("lag")),
                oldestUncounted,
                Map.copyOf(lastExecute));
    }

    /** The time in an entry id, {@code <ms>-<seq>}; null when there is none. */
    static Instant timeOf(String entryId) {
        if (entryId == null) {
            return null;
        }
        int dash = entryId.indexOf('-');
        long millis = number(dash < 0 ? entryId : entryId.substring(0, dash));
        return millis > 0 ? Instant.ofEpochMilli(millis) : null;
    }

    /** 0 when it is absent or no number that a time or a count can be. */
    private static long number(String text) {
        try {
            long number = text == null ? 0 : Long.parseLong(text);
            return number >= 0 && number < MAX ? number : 0;
        } catch (NumberFormatException e) {
            return 0;
        }
    }

    /** More milliseconds than any sane clock; every epoch second under it is a valid {@link Instant}. */
    private static final long MAX = 1L << 53;

    /** How long the oldest uncounted entry has waited; zero when none waits. */
    Duration behind(Instant now) {
        if (oldestUncounted == null || oldestUncounted.isAfter(now)) {
            return Duration.ZERO;
        }
        return Duration.between(oldestUncounted, now);
    }

    /** Null when there never was one. */
    Instant lastExecute(String symbol) {
        return lastExecute.get(symbol);
    }
}
