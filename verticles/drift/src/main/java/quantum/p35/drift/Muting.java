package quantum.p35.drift;

import java.time.Instant;
import java.util.Collection;
import java.util.Comparator;
import java.util.Optional;
import quantum.p35.api.Silence;

/** Which silence an alert falls under. */
final class Muting {

    private Muting() {}

    /** Of several the one that lasts longest. */
    static Optional<Silence> of(Draft alert, Collection<Silence> silences, Instant now) {
        return silences.stream()
                .filter(silence -> silence.until().isAfter(now))
                .filter(silence -> names(silence.gate(), alert) && concerns(silence.symbol(), alert))
                .max(Comparator.comparing(Silence::until).thenComparing(Silence::id));
    }

    private static boolean names(String gate, Draft alert) {
        return gate.equals(alert.reason)
                || gate.equals(alert.rule)
                || alert.reason.startsWith(Subject.family(gate) + ":");
    }

    /** An alert about several symbols is not silenced because one of them is. */
    private static boolean concerns(String symbol, Draft alert) {
        return symbol == null
                || alert.symbols.size() == 1
                        && alert.symbols.getFirst().symbol().equals(symbol);
    }
}
