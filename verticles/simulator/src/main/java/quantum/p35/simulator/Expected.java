package quantum.p35.simulator;

import java.time.Instant;
import java.util.Map;
import java.util.TreeMap;

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
}
