package quantum.p35.drift;

import java.util.List;
import quantum.p35.api.GateCatalogue;

/**
 * Every rule about everything that can be seen at one look.
 *
 * <p>A thing that is not mentioned was not seen, and no alert about it fires: whatever is firing is always mentioned, so
 * that it can end.
 */
final class Evaluations {

    private Evaluations() {}

    static List<Evaluation> of(Look look, AlertRules rules, GateCatalogue catalogue) {
        return List.of();
    }
}
