package quantum.p35.insight;

import java.time.Instant;
import java.util.Arrays;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import quantum.p35.api.Outcome;

/** What some minutes say about symbols. Reads nothing but immutable buckets, so it may run on any thread. */
final class SymbolSums {

    /** @param firstMinute in which it had a decision */
    record Sum(long[] decisions, Map<String, Long> gates, Instant firstMinute) {

        long of(Outcome outcome) {
            return decisions[outcome.ordinal()];
        }

        long total() {
            return Arrays.stream(decisions).sum();
        }
    }

    private SymbolSums() {}

    /** Every symbol that has decisions. @param minutes oldest first */
    static Map<String, Sum> bySymbol(List<Bucket> minutes) {
        Map<String, Sum> sums = withoutGates(minutes);
        for (Bucket minute : minutes) {
            minute.symbolsByGate().forEach((gate, column) -> {
                for (int i = 0; i < column.symbols().length; i++) {
                    sum(sums, column.symbols()[i], minute).gates.merge(gate, column.counts()[i], Long::sum);
                }
            });
        }
        return sums;
    }

    /** The same without gates, which are most of the work. @param minutes oldest first */
    static Map<String, Sum> withoutGates(List<Bucket> minutes) {
        Map<String, Sum> sums = new HashMap<>();
        for (Bucket minute : minutes) {
            minute.symbolsByOutcome().forEach((outcome, column) -> {
                for (int i = 0; i < column.symbols().length; i++) {
                    sum(sums, column.symbols()[i], minute).decisions[outcome.ordinal()] += column.counts()[i];
                }
            });
        }
        return sums;
    }

    private static Sum sum(Map<String, Sum> sums, String symbol, Bucket minute) {
        return sums.computeIfAbsent(
                symbol, key -> new Sum(new long[Outcome.values().length], new HashMap<>(), minute.minute()));
    }

    /** The symbols that these gates stopped, with their counts. */
    static Map<String, Long> stoppedBy(Collection<String> gates, List<Bucket> minutes) {
        Map<String, Long> counts = new HashMap<>();
        for (Bucket minute : minutes) {
            for (String gate : gates) {
                Bucket.Column column = minute.symbolsByGate().get(gate);
                for (int i = 0; column != null && i < column.symbols().length; i++) {
                    counts.merge(column.symbols()[i], column.counts()[i], Long::sum);
                }
            }
        }
        return counts;
    }

    /** The largest, equals by name. */
    static List<String> largest(Map<String, Long> counts, int limit) {
        return counts.entrySet().stream()
                .sorted(Comparator.comparing((Map.Entry<String, Long> entry) -> -entry.getValue())
                        .thenComparing(Map.Entry.comparingByKey()))
                .limit(limit)
                .map(Map.Entry::getKey)
                .toList();
    }
}
