package quantum.p35.insight;

import java.time.Instant;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import java.util.function.UnaryOperator;
import quantum.p35.api.Outcome;

/**
 * One minute as it stands in Redis, immutable once built.
 *
 * <p>An hour of 1 000 symbols is some 400 000 counts, so the counts by symbol are kept as columns, one for each gate and
 * outcome, and names are shared between the minutes.
 */
final class Bucket {

    /** Counts by symbol. The arrays belong to this object and are never written again. */
    record Column(String[] symbols, long[] counts) {}

    private final Instant minute;
    private final int fields;
    private final long[] decisions;
    private final Map<String, Long> reasons;
    private final Map<String, Long> quality;
    private final long repeatPairs;
    private final long repeatSame;
    private final Map<String, Column> symbolsByGate;
    private final Map<Outcome, Column> symbolsByOutcome;

    private Bucket(Builder built) {
        minute = built.minute;
        fields = built.fields;
        decisions = built.decisions;
        reasons = Map.copyOf(built.reasons);
        quality = Map.copyOf(built.quality);
        repeatPairs = built.repeatPairs;
        repeatSame = built.repeatSame;
        symbolsByGate = columns(built.byGate);
        symbolsByOutcome = columns(built.byOutcome);
    }

    private static <K> Map<K, Column> columns(Map<K, Growing> growing) {
        Map<K, Column> columns = new HashMap<>();
        growing.forEach((key, column) -> columns.put(key, column.done()));
        return columns;
    }

    /** @param shared gives one instance for equal names, so that minutes share them */
    static Builder of(Instant minute, UnaryOperator<String> shared) {
        return new Builder(minute, shared);
    }

    Instant minute() {
        return minute;
    }

    /** How many fields the hash holds. */
    int fields() {
        return fields;
    }

    long decisions(Outcome outcome) {
        return decisions[outcome.ordinal()];
    }

    long total() {
        return Arrays.stream(decisions).sum();
    }

    /** By gate, with {@code none}. */
    Map<String, Long> reasons() {
        return reasons;
    }

    long reason(String gate) {
        return reasons.getOrDefault(gate, 0L);
    }

    Map<String, Long> quality() {
        return quality;
    }

    long repeatPairs() {
        return repeatPairs;
    }

    long repeatSame() {
        return repeatSame;
    }

    Map<String, Column> symbolsByGate() {
        return symbolsByGate;
    }

    Map<Outcome, Column> symbolsByOutcome() {
        return symbolsByOutcome;
    }

    /** A count as it stands in a hash; 0 when it is none. */
    static long count(String value) {
        try {
            return Long.parseLong(value);
        } catch (NumberFormatException e) {
            return 0;
        }
    }

    private static final class Growing {
        private String[] symbols = new String[4];
        private long[] counts = new long[4];
        private int size;

        void add(String symbol, long count) {
            if (size == symbols.length) {
                symbols = Arrays.copyOf(symbols, size * 2);
                counts = Arrays.copyOf(counts, size * 2);
            }
            symbols[size] = symbol;
            counts[size++] = count;
        }

        Column done() {
            return new Column(Arrays.copyOf(symbols, size), Arrays.copyOf(counts, size));
        }
    }

    /** Takes the fields of the hash as they come; one that it does not know, or whose value is no count, is left out. */
    static final class Builder {
        private final Instant minute;
        private final UnaryOperator<String> shared;
        private final long[] decisions = new long[Outcome.values().length];
        private final Map<String, Long> reasons = new HashMap<>();
        private final Map<String, Long> quality = new HashMap<>();
        private final Map<String, Growing> byGate = new HashMap<>();
        private final Map<Outcome, Growing> byOutcome = new HashMap<>();
        private long repeatPairs;
        private long repeatSame;
        private int fields;

        private Builder(Instant minute, UnaryOperator<String> shared) {
            this.minute = minute;
            this.shared = shared;
        }

        Builder add(String field, String value) {
            fields++;
            long count = count(value);
            int colon = field.indexOf(':');
            if (count > 0 && colon > 0 && colon + 1 < field.length()) {
                add(field.substring(0, colon), field.substring(colon + 1), count);
            }
            return this;
        }

        private void add(String what, String name, long count) {
            switch (what) {
                case "decision" -> {
                    Outcome outcome = outcome(name);
                    if (outcome != null) {
                        decisions[outcome.ordinal()] = count;
                    }
                }
                case "reason" -> reasons.put(shared.apply(name), count);
                case "symbol_reason", "symbol_decision" -> addBySymbol(what, name, count);
                case "quality" -> quality.put(shared.apply(name), count);
                case "repeat" -> addRepeat(name, count);
                default -> {}
            }
        }

        /** A symbol holds no colon, a gate may. */
        private void addBySymbol(String what, String name, long count) {
            int colon = name.indexOf(':');
            if (colon <= 0 || colon + 1 == name.length()) {
                return;
            }
            String symbol = shared.apply(name.substring(0, colon));
            String rest = name.substring(colon + 1);
            if (what.equals("symbol_reason")) {
                byGate.computeIfAbsent(shared.apply(rest), gate -> new Growing())
                        .add(symbol, count);
                return;
            }
            Outcome outcome = outcome(rest);
            if (outcome != null) {
                byOutcome.computeIfAbsent(outcome, key -> new Growing()).add(symbol, count);
            }
        }

        private void addRepeat(String name, long count) {
            if (name.equals("pairs")) {
                repeatPairs = count;
            } else if (name.equals("same")) {
                repeatSame = count;
            }
        }

        Bucket build() {
            return new Bucket(this);
        }

        /** Null when it is not one of ours: a newer version may write more. */
        private static Outcome outcome(String name) {
            for (Outcome outcome : Outcome.values()) {
                if (outcome.name().equals(name)) {
                    return outcome;
                }
            }
            return null;
        }
    }
}
