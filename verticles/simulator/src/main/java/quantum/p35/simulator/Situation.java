package quantum.p35.simulator;

import java.util.List;
import quantum.p35.api.Outcome;

/**
 * What happens to the plans of a symbol for a while.
 *
 * @param outcome that must be counted
 * @param gate that must be counted
 * @param texts how the producers put it, any of them; {@code <S>} is the symbol, {@code <n>} a number. An empty text is a
 *     reason not given
 */
record Situation(Outcome outcome, String gate, List<String> texts) {

    static final Situation REPEATED = skip("duplicate_plan", "duplicate_plan");

    static Situation execute() {
        return new Situation(Outcome.EXECUTE, "none", List.of(""));
    }

    static Situation skip(String gate, String... texts) {
        return new Situation(Outcome.SKIP, gate, List.of(texts));
    }

    /** A gate that the producers call by its own name. */
    static Situation blocked(String gate) {
        return new Situation(Outcome.BLOCKED, gate, List.of(gate));
    }

    static Situation blocked(String gate, String... texts) {
        return new Situation(Outcome.BLOCKED, gate, List.of(texts));
    }

    static Situation error(String gate, String... texts) {
        return new Situation(Outcome.ERROR, gate, List.of(texts));
    }

    static Situation unknown() {
        return new Situation(Outcome.UNKNOWN, "none", List.of(""));
    }
}
