package quantum.p35.simulator;

import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.HashMap;
import java.util.Map;

/** Counts entries as the buckets must count them. */
final class Tally {

    private final Map<Instant, Map<String, Long>> buckets = new HashMap<>();
    private long entries;

    void add(SimulatedEntry entry) {
        Map<String, Long> bucket =
                buckets.computeIfAbsent(entry.at().truncatedTo(ChronoUnit.MINUTES), minute -> new HashMap<>());
        entries++;
        count(bucket, "decision:" + entry.outcome());
        count(bucket, "reason:" + entry.gate());
        if (entry.symbol() != null) {
            count(bucket, "symbol_decision:" + entry.symbol() + ":" + entry.outcome());
            if (!entry.gate().equals("none")) {
                count(bucket, "symbol_reason:" + entry.symbol() + ":" + entry.gate());
            }
        }
    }

    private static void count(Map<String, Long> bucket, String field) {
        bucket.merge(field, 1L, Long::sum);
    }

    Expected expected() {
        Map<Instant, Map<String, Long>> copy = new HashMap<>();
        buckets.forEach((minute, bucket) -> copy.put(minute, Map.copyOf(bucket)));
        return new Expected(entries, Map.copyOf(copy));
    }
}
