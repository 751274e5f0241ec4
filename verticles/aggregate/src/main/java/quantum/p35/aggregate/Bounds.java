package quantum.p35.aggregate;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import quantum.p35.api.Gate;
import quantum.p35.api.Outcome;
import quantum.p35.api.Symbols;

/**
 * Keeps the hashes of a minute small whatever the producers invent: from {@value #GATES} fields on a new uncatalogued gate
 * is counted as {@code unlisted}, from {@value #SYMBOLS} fields on a new symbol as {@code other}. What is there already
 * goes on counting under its own name. Asked only when a hash is full.
 */
final class Bounds {

    static final int GATES = 2048;
    static final int SYMBOLS = 4096;
    static final int UNKNOWN_TEXTS = 200;

    /** The fields there are in a minute's hashes; grows by what this batch adds. */
    record Fields(Set<String> bucket, Set<String> hour, Set<String> unknown) {}

    private final Map<Instant, Fields> minutes;

    /** @param minutes modifiable sets */
    Bounds(Map<Instant, Fields> minutes) {
        this.minutes = minutes;
    }

    CommitBatch.Tuple fit(CommitBatch.Tuple tuple) {
        Fields fields = minutes.get(tuple.minute());
        Gate gate = gate(tuple.gate(), fields.bucket);
        Gate hourGate = gate(tuple.hourGate(), fields.hour);
        String symbol = symbol(tuple.symbol(), fields.bucket);
        List<String> texts = new ArrayList<>();
        for (String text : tuple.unknownTexts()) {
            if (fields.unknown.contains(text) || fields.unknown.size() < UNKNOWN_TEXTS) {
                fields.unknown.add(text);
                texts.add(text);
            }
        }
        CommitBatch.Tuple fitted = tuple.bounded(gate, hourGate, symbol, texts);
        fields.bucket.addAll(CommitPlan.bucketFields(fitted));
        fields.hour.addAll(CommitPlan.hourFields(fitted));
        return fitted;
    }

    private static Gate gate(Gate gate, Set<String> fields) {
        boolean fits = gate.catalogued() || fields.size() < GATES || fields.contains("reason:" + gate.code());
        return fits ? gate : Gate.UNLISTED;
    }

    private static String symbol(String symbol, Set<String> bucket) {
        boolean fits = symbol == null
                || bucket.size() < SYMBOLS
                || Arrays.stream(Outcome.values())
                        .anyMatch(outcome -> bucket.contains("symbol_decision:" + symbol + ":" + outcome));
        return fits ? symbol : Symbols.OTHER;
    }
}
