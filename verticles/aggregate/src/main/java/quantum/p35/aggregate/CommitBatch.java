package quantum.p35.aggregate;

import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import quantum.p35.api.Decision;
import quantum.p35.api.DecisionsRead;
import quantum.p35.api.Finding;
import quantum.p35.api.Gate;
import quantum.p35.api.Outcome;

/**
 * The decisions of a batch, grouped: those that count in the same fields are one tuple, so that each field of a bucket is
 * written once for the whole batch and not once for each decision.
 */
final class CommitBatch {

    /**
     * Decisions that are equal in this count in the same fields.
     *
     * @param gate as the minute counts it
     * @param hourGate as the hour counts it: the same, unless one of the two is full
     */
    record Tuple(
            Instant minute,
            Outcome outcome,
            Gate gate,
            Gate hourGate,
            String symbol,
            Repeats.Pair pair,
            Set<Finding> findings,
            List<String> unknownTexts) {

        Tuple bounded(Gate minuteGate, Gate otherHourGate, String otherSymbol, List<String> texts) {
            return new Tuple(minute, outcome, minuteGate, otherHourGate, otherSymbol, pair, findings, texts);
        }
    }

    /** The plans that a gate stopped in a minute are counted in a key of their own. */
    record PlansOf(Instant minute, String gate) {}

    private final DecisionsRead read;
    private final Map<Tuple, List<String>> tuples;
    private final Map<PlansOf, Set<String>> plans = new LinkedHashMap<>();
    private final Map<String, Long> executes = new LinkedHashMap<>();
    private final int bounded;

    CommitBatch(DecisionsRead read, Repeats repeats) {
        this.read = read;
        this.tuples = new LinkedHashMap<>();
        this.bounded = 0;
        for (Decision decision : read.decisions()) {
            add(decision, repeats.next(decision));
        }
    }

    private CommitBatch(CommitBatch original, Map<Tuple, List<String>> tuples, int bounded) {
        this.read = original.read;
        this.tuples = tuples;
        this.bounded = bounded;
        this.plans.putAll(original.plans);
        this.executes.putAll(original.executes);
    }

    private void add(Decision decision, Repeats.Pair pair) {
        Instant minute = minute(decision);
        Tuple tuple = new Tuple(
                minute,
                decision.outcome(),
                decision.gate(),
                decision.gate(),
                decision.symbol(),
                pair,
                decision.findings(),
                decision.unknownTexts());
        tuples.computeIfAbsent(tuple, key -> new ArrayList<>()).add(decision.entryId());
        Gate gate = decision.gate();
        if (decision.planId() != null && gate.catalogued() && !gate.isNone()) {
            plans.computeIfAbsent(new PlansOf(minute, gate.code()), key -> new LinkedHashSet<>())
                    .add(decision.planId());
        }
        if (decision.outcome() == Outcome.EXECUTE) {
            long at = decision.time().getEpochSecond();
            executes.merge("*", at, Math::max);
            if (decision.symbol() != null) {
                executes.merge(decision.symbol(), at, Math::max);
            }
        }
    }

    private static Instant minute(Decision decision) {
        return decision.time().truncatedTo(ChronoUnit.MINUTES);
    }

    /** The same batch for minutes that are full. */
    CommitBatch within(Bounds bounds) {
        Map<Tuple, List<String>> fitted = new LinkedHashMap<>();
        int changed = 0;
        for (Map.Entry<Tuple, List<String>> entry : tuples.entrySet()) {
            Tuple tuple = bounds.fit(entry.getKey());
            boolean moved = !tuple.gate().equals(entry.getKey().gate())
                    || tuple.symbol() != null
                            && !tuple.symbol().equals(entry.getKey().symbol());
            changed += moved ? entry.getValue().size() : 0;
            fitted.computeIfAbsent(tuple, key -> new ArrayList<>()).addAll(entry.getValue());
        }
        return new CommitBatch(this, fitted, changed);
    }

    DecisionsRead read() {
        return read;
    }

    Set<Instant> minutes() {
        Set<Instant> minutes = new LinkedHashSet<>();
        tuples.keySet().forEach(tuple -> minutes.add(tuple.minute()));
        return minutes;
    }

    /** Tuples with the ids of their entries. */
    Map<Tuple, List<String>> tuples() {
        return tuples;
    }

    Map<PlansOf, Set<String>> plans() {
        return plans;
    }

    /** Newest EXECUTE, epoch seconds, by symbol and by {@code *} for all. */
    Map<String, Long> executes() {
        return executes;
    }

    /** Decisions whose gate or symbol is counted as {@code unlisted} or {@code other}. */
    int bounded() {
        return bounded;
    }
}
