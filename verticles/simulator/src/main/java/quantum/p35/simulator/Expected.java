package quantum.p35.simulator;

import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;

/**
 * What the buckets must hold after a {@link Load}, to the unit.
 *
 * @param entries added
 * @param buckets minute → field of the bucket ({@code decision:SKIP}, {@code reason:no_position},
 *     {@code symbol_decision:…}, {@code symbol_reason:…}) → count
 */
public record Expected(long entries, Map<Instant, Map<String, Long>> buckets) {

    /** The same fields over all minutes. */
    public Map<String, Long> sum() {
        Map<String, Long> sum = new TreeMap<>();
        buckets.values().forEach(bucket -> bucket.forEach((field, count) -> sum.merge(field, count, Long::sum)));
        return sum;
    }

    /** Of two loads, one after the other. */
    public Expected plus(Expected other) {
        Map<Instant, Map<String, Long>> both = new HashMap<>();
        Stream.of(buckets, other.buckets)
                .forEach(some -> some.forEach((minute, bucket) -> {
                    Map<String, Long> fields = both.computeIfAbsent(minute, absent -> new HashMap<>());
                    bucket.forEach((field, count) -> fields.merge(field, count, Long::sum));
                }));
        return new Expected(entries + other.entries, both);
    }
}
