package quantum.p35.drift;

import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import quantum.p35.api.Alert;
import quantum.p35.api.AlertChange;
import quantum.p35.api.Silence;

/**
 * What is to become of a {@link Ledger}, all of it or nothing.
 *
 * @param changes to be published once it is done
 * @param entries for the alert stream, each the alert as it is after the change
 * @param alerts by reason, those that changed in any way
 * @param forgotten reasons whose incident is history
 * @param silences by id, new ones
 * @param over ids of silences that are to go
 */
record Edit(
        List<AlertChange> changes,
        List<Alert> entries,
        Map<String, Alert> alerts,
        Set<String> forgotten,
        Map<String, Silence> silences,
        Set<String> over) {

    Edit {
        changes = List.copyOf(changes);
        entries = List.copyOf(entries);
        alerts = Map.copyOf(alerts);
        forgotten = Set.copyOf(forgotten);
        silences = Map.copyOf(silences);
        over = Set.copyOf(over);
    }

    /** Only this alert, with what is to be said about it. */
    static Edit of(Alert alert, AlertChange change) {
        return new Edit(List.of(change), List.of(), Map.of(alert.reason(), alert), Set.of(), Map.of(), Set.of());
    }

    Edit withSilence(Silence silence) {
        return new Edit(changes, entries, alerts, forgotten, Map.of(silence.id(), silence), over);
    }

    Edit withoutSilences(Collection<Silence> ended) {
        Set<String> gone = new HashSet<>(over);
        ended.forEach(silence -> gone.add(silence.id()));
        return new Edit(changes, entries, alerts, forgotten, silences, gone);
    }

    boolean empty() {
        return alerts.isEmpty() && forgotten.isEmpty() && silences.isEmpty() && over.isEmpty();
    }
}
