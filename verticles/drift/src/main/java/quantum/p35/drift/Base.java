package quantum.p35.drift;

import java.util.Collection;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import quantum.p35.api.GateCatalogue;
import quantum.p35.api.GateCount;
import quantum.p35.api.Outcome;
import quantum.p35.api.WindowsUpdated;

/**
 * The decisions of a window that rules are about: those that do not only repeat an earlier one.
 *
 * <p>Buckets do not say which outcome a repeat had. A plan that was seen before is skipped, so repeats are taken from SKIP,
 * and from the others, BLOCKED first and EXECUTE last, only when there are more of them.
 *
 * @param total all decisions, repeats included
 * @param size without them
 * @param none decisions without a reported reason
 * @param gates by code
 */
record Base(long total, long size, long none, Map<String, Long> gates, Map<Outcome, Long> outcomes) {

    private static final List<Outcome> OF_REPEATS =
            List.of(Outcome.SKIP, Outcome.BLOCKED, Outcome.UNKNOWN, Outcome.ERROR, Outcome.EXECUTE);

    static Base of(WindowsUpdated.Counts counts, GateCatalogue catalogue) {
        Map<String, Long> gates = new LinkedHashMap<>();
        long repeats = 0;
        for (GateCount gate : counts.gates()) {
            if (catalogue.gate(gate.gate()).repeat()) {
                repeats += gate.count();
            } else {
                gates.put(gate.gate(), gate.count());
            }
        }
        long total = counts.window().total();
        long size = Math.max(0, total - repeats);
        return new Base(total, size, Math.min(size, counts.none()), gates, without(repeats, counts.decisions()));
    }

    private static Map<Outcome, Long> without(long repeats, Map<Outcome, Long> decisions) {
        Map<Outcome, Long> outcomes = new EnumMap<>(Outcome.class);
        long left = repeats;
        for (Outcome outcome : OF_REPEATS) {
            long all = decisions.getOrDefault(outcome, 0L);
            long repeated = Math.min(left, all);
            outcomes.put(outcome, all - repeated);
            left -= repeated;
        }
        return outcomes;
    }

    /** What this window holds over a shorter one that ends at the same time. */
    Base before(Base later) {
        Map<String, Long> earlier = new LinkedHashMap<>();
        gates.forEach((gate, count) -> earlier.put(gate, Math.max(0, count - later.gates.getOrDefault(gate, 0L))));
        Map<Outcome, Long> decisions = new EnumMap<>(outcomes);
        decisions.replaceAll((outcome, count) -> Math.max(0, count - later.count(outcome)));
        return new Base(
                Math.max(0, total - later.total),
                Math.max(0, size - later.size),
                Math.max(0, none - later.none),
                earlier,
                decisions);
    }

    long count(Collection<String> codes) {
        return codes.stream().mapToLong(code -> gates.getOrDefault(code, 0L)).sum();
    }

    long count(Outcome outcome) {
        return outcomes.getOrDefault(outcome, 0L);
    }

    long repeats() {
        return total - size;
    }

    /** Of nothing, 0. */
    double share(long count) {
        return size == 0 ? 0 : (double) count / size;
    }
}
