package quantum.p35.insight;

import java.util.Collection;
import java.util.Collections;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import quantum.p35.api.Gate;
import quantum.p35.api.Outcome;

/** The sum of some minutes, without what it says about symbols. Immutable. */
record Counts(
        Map<Outcome, Long> decisions,
        Map<String, Long> reasons,
        Map<String, Long> quality,
        long repeatPairs,
        long repeatSame) {

    static final Counts NONE = sum(List.of());

    static Counts sum(Collection<Bucket> minutes) {
        return new Counts(noDecisions(), Map.of(), Map.of(), 0, 0).plus(minutes);
    }

    private static Map<Outcome, Long> noDecisions() {
        Map<Outcome, Long> none = new EnumMap<>(Outcome.class);
        for (Outcome outcome : Outcome.values()) {
            none.put(outcome, 0L);
        }
        return none;
    }

    Counts plus(Collection<Bucket> minutes) {
        Map<Outcome, Long> allDecisions = new EnumMap<>(decisions);
        Map<String, Long> allReasons = new HashMap<>(reasons);
        Map<String, Long> allQuality = new HashMap<>(quality);
        long pairs = repeatPairs;
        long same = repeatSame;
        for (Bucket minute : minutes) {
            allDecisions.replaceAll((outcome, count) -> count + minute.decisions(outcome));
            minute.reasons().forEach((gate, count) -> allReasons.merge(gate, count, Long::sum));
            minute.quality().forEach((name, count) -> allQuality.merge(name, count, Long::sum));
            pairs += minute.repeatPairs();
            same += minute.repeatSame();
        }
        return new Counts(
                Collections.unmodifiableMap(allDecisions),
                Collections.unmodifiableMap(allReasons),
                Collections.unmodifiableMap(allQuality),
                pairs,
                same);
    }

    long total() {
        return decisions.values().stream().mapToLong(Long::longValue).sum();
    }

    long of(Outcome outcome) {
        return decisions.get(outcome);
    }

    long reason(String gate) {
        return reasons.getOrDefault(gate, 0L);
    }

    /** Decisions without a reported reason, the executed ones among them. */
    long none() {
        return reason(Gate.NONE.code());
    }

    /** Without {@code none}; by count, and equals by name so that an order does not flicker. */
    List<Map.Entry<String, Long>> gatesByCount() {
        return reasons.entrySet().stream()
                .filter(gate -> !gate.getKey().equals(Gate.NONE.code()))
                .sorted(Map.Entry.<String, Long>comparingByValue().reversed().thenComparing(Map.Entry.comparingByKey()))
                .toList();
    }
}
