package quantum.p35.drift;

import java.time.Instant;
import java.util.Collection;
import java.util.Comparator;
import java.util.Optional;
import quantum.p35.api.Silence;

/** Which silence an alert falls under. */
final class Muting {

    /** What stands for all details of a family at the end of a reason: {@code p33_permit_denied:*}. */
    static final String FAMILY = ":*";

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
                || alert.reason.startsWith(gate + ":")
                || gate.endsWith(FAMILY) && alert.reason.startsWith(gate.substring(0, gate.length() - 1));
    }

    /** An alert about several symbols is not silenced because one of them is. */
    private static boolean concerns(String symbol, Draft alert) {
        return symbol == null
                || alert.symbols.size() == 1
                        && alert.symbols.getFirst().symbol().equals(symbol);
    }
}
