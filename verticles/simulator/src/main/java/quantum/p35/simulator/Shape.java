package quantum.p35.simulator;

import java.util.random.RandomGenerator;
import quantum.p35.api.Outcome;

/** The five shapes of an entry. */
enum Shape {
    /** Apply layer: every plan. */
    A1,
    /** Apply layer: a CLOSE skipped or failed; without verdict. */
    A2,
    /** Apply layer: a CLOSE done; without verdict. */
    A3,
    /** Apply layer: an ENTRY over the position limit; without verdict. */
    A4,
    /** Intent executor: the verdict is inside {@code details}. */
    I;

    /** Live traffic is A1 and I; the others come where they can say the same, now and then. */
    static Shape pick(Situation situation, RandomGenerator random) {
        if (random.nextInt(5) == 0) {
            Shape old = old(situation);
            if (old != null) {
                return old;
            }
        }
        return random.nextInt(5) < 3 ? A1 : I;
    }

    private static Shape old(Situation situation) {
        return switch (situation.gate()) {
            case "position_limit" -> A4;
            case "no_position", "close_qty_zero", "execution_failed" -> A2;
            default -> situation.outcome() == Outcome.EXECUTE ? A3 : null;
        };
    }
}
