package quantum.p35.drift;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import quantum.p35.api.Alert;
import quantum.p35.api.Symbols;
import quantum.p35.api.WindowsUpdated;

/**
 * All that the rules know at one look.
 *
 * @param windows that were heard, fresh: without such there is no look
 * @param symbols of the last 15 minutes, each with its largest gates; null when nobody answered
 * @param alerts by reason, those that fire and those that ended lately
 */
record Look(Instant now, WindowsUpdated windows, List<Symbols.SymbolCount> symbols, Map<String, Alert> alerts) {

    /** Whether an alert of this reason fires, whatever the rules say now. */
    boolean firing(String reason) {
        Alert alert = alerts.get(reason);
        return alert != null && alert.state() == Alert.State.FIRING;
    }
}
