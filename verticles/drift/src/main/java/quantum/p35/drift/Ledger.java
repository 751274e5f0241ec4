package quantum.p35.drift;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import quantum.p35.api.Alert;
import quantum.p35.api.Silence;

/**
 * What stands in Redis about alerts.
 *
 * @param alerts by reason: what fires, and what ended so lately that it may fire again
 * @param silences by id, over or not
 */
record Ledger(Map<String, Alert> alerts, Map<String, Silence> silences) {

    Ledger {
        alerts = Map.copyOf(alerts);
        silences = Map.copyOf(silences);
    }

    /** One of the same gate and symbol takes the place of the one before. */
    Ledger with(Silence silence) {
        Map<String, Silence> more = new HashMap<>(silences);
        more.values().removeAll(silencesOf(silence.gate(), silence.symbol()));
        more.put(silence.id(), silence);
        return new Ledger(alerts, more);
    }

    /** @param symbol null for those of all symbols */
    List<Silence> silencesOf(String gate, String symbol) {
        return silences.values().stream()
                .filter(silence -> silence.gate().equals(gate) && Objects.equals(silence.symbol(), symbol))
                .toList();
    }

    Ledger without(Silence silence) {
        Map<String, Silence> fewer = new HashMap<>(silences);
        fewer.remove(silence.id());
        return new Ledger(alerts, fewer);
    }

    Ledger after(Edit edit) {
        Map<String, Alert> changed = new HashMap<>(alerts);
        changed.putAll(edit.alerts());
        changed.keySet().removeAll(edit.forgotten());
        Map<String, Silence> changedSilences = new HashMap<>(silences);
        changedSilences.putAll(edit.silences());
        changedSilences.keySet().removeAll(edit.over());
        return new Ledger(changed, changedSilences);
    }
}
