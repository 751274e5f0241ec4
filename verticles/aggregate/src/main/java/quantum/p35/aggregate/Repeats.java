package quantum.p35.aggregate;

import java.util.LinkedHashMap;
import java.util.Map;
import quantum.p35.api.Decision;

/**
 * Compares each decision's gate with the one before it of the same symbol: how sticky are gates?
 *
 * <p>The share of pairs that are the same tells drift how many independent decisions a window is worth. Decisions that only
 * repeat an earlier one ({@code duplicate_plan}) are passed over, as they are where the pairs are used. The memory is
 * bounded: the symbols not seen for longest are forgotten first.
 */
final class Repeats {

    enum Pair {
        /** The first of its symbol, without a symbol, or a repeat: not a pair. */
        NONE,
        DIFFERENT,
        SAME
    }

    private static final int MAX_SYMBOLS = 4096;

    private final Map<String, String> lastGate = new LinkedHashMap<>(64, 0.75f, true) {
        private static final long serialVersionUID = 1;

        @Override
        protected boolean removeEldestEntry(Map.Entry<String, String> eldest) {
            return size() > MAX_SYMBOLS;
        }
    };

    Pair next(Decision decision) {
        if (decision.symbol() == null || decision.gate().repeat()) {
            return Pair.NONE;
        }
        String gate = decision.gate().code();
        String before = lastGate.put(decision.symbol(), gate);
        if (before == null) {
            return Pair.NONE;
        }
        return before.equals(gate) ? Pair.SAME : Pair.DIFFERENT;
    }
}
