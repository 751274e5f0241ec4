package quantum.p35.drift;

import io.vertx.core.Future;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.function.Supplier;
import quantum.p35.api.Alert;
import quantum.p35.api.AlertChange;
import quantum.p35.api.Alerts;
import quantum.p35.api.Failure;
import quantum.p35.api.Silence;
import quantum.p35.api.Silences;

/** Answers about alerts and silences, and does what operators ask for; any instance may, whether it decides or not. */
final class AlertDesk {

    private static final Duration LONGEST_SILENCE = Duration.ofDays(30);
    private static final int LONGEST_NAME = 100;
    private static final int LONGEST_NOTE = 1000;

    private final AlertStore store;
    private final AlertEditor editor;
    private final Known known;
    private final Supplier<String> blind;

    /** @param blind why nothing can fire or end just now; null when something can */
    AlertDesk(AlertStore store, AlertEditor editor, Known known, Supplier<String> blind) {
        this.store = store;
        this.editor = editor;
        this.known = known;
        this.blind = blind;
    }

    Future<Alerts.Answer> alerts(Alerts.Question question) {
        if (question.state() == null) {
            throw new IllegalArgumentException("state is missing: ask for active or recent");
        }
        Instant asOf = known.now();
        return switch (question.state()) {
            case ACTIVE ->
                store.read()
                        .map(read -> answer(
                                asOf,
                                read.ledger().alerts().values().stream()
                                        .filter(alert -> alert.state() == Alert.State.FIRING)
                                        .toList()));
            case RECENT ->
                Future.all(store.told(), store.read()).map(both -> {
                    Map<String, Alert> byId = new HashMap<>(both.<Map<String, Alert>>resultAt(0));
                    both.<AlertStore.Read>resultAt(1)
                            .ledger()
                            .alerts()
                            .values()
                            .forEach(alert -> byId.put(alert.id(), alert));
                    return answer(asOf, byId.values());
                });
        };
    }

    private Alerts.Answer answer(Instant asOf, Collection<Alert> alerts) {
        return new Alerts.Answer(
                asOf,
                alerts.stream()
                        .sorted(Comparator.comparing(Alert::changed).reversed().thenComparing(Alert::reason))
                        .toList(),
                blind.get());
    }

    Future<Alert> acknowledge(Alerts.Acknowledge asked) {
        requireText("id", asked.id(), LONGEST_NOTE);
        requireText("by", asked.by(), LONGEST_NAME);
        Alert.Acknowledgement acknowledgement = new Alert.Acknowledgement(asked.by(), note(asked.note()), known.now());
        return editor.edit(ledger -> {
                    Draft draft = Draft.of(firing(asked.id(), ledger));
                    draft.acknowledged = acknowledgement;
                    return Edit.of(draft.alert(), new AlertChange.Acknowledged(draft.alert()));
                })
                .map(edit -> edit.alerts().values().iterator().next());
    }

    private static Alert firing(String id, Ledger ledger) {
        Alert alert = ledger.alerts().values().stream()
                .filter(candidate -> candidate.id().equals(id))
                .findFirst()
                .orElseThrow(() -> Failure.NOT_FOUND.because(
                        "no alert with the id '" + id + "' fires: look for its id in ./p35 alerts"));
        if (alert.state() != Alert.State.FIRING) {
            throw Failure.NOT_FOUND.because(
                    "the alert '" + id + "' is over since " + alert.resolved() + ": nothing to acknowledge");
        }
        return alert;
    }

    Future<Silences.Answer> silences() {
        Instant now = known.now();
        return store.read()
                .map(read -> new Silences.Answer(read.ledger().silences().values().stream()
                        .filter(silence -> silence.until().isAfter(now))
                        .sorted(Comparator.comparing(Silence::until).thenComparing(Silence::id))
                        .toList()));
    }

    Future<Silence> silence(Silences.Add asked) {
        Instant now = known.now();
        requireText("gate", asked.gate(), LONGEST_NAME);
        requireText("by", asked.by(), LONGEST_NAME);
        if (asked.symbol() != null) {
            requireText("symbol", asked.symbol(), LONGEST_NAME);
        }
        require(asked.until() != null, "until is missing: say when the silence ends");
        require(asked.until().isAfter(now), "until is " + asked.until() + ": it must be in the future");
        require(
                !asked.until().isAfter(now.plus(LONGEST_SILENCE)),
                "until is " + asked.until() + ": a silence may last at most " + LONGEST_SILENCE.toDays() + " days");
        String id = UUID.randomUUID().toString().substring(0, 8);
        String note = note(asked.note());
        return editor.edit(ledger -> {
                    String gate = Subjects.silenced(asked.gate(), ledger, known.catalogue());
                    Silence silence = new Silence(id, gate, asked.symbol(), now, asked.until(), asked.by(), note);
                    return known.due(ledger.with(silence))
                            .withSilence(silence)
                            .withoutSilences(ledger.silencesOf(gate, asked.symbol()));
                })
                .map(edit -> edit.silences().get(id));
    }

    Future<Silence> unsilence(Silences.Remove asked) {
        requireText("id", asked.id(), LONGEST_NAME);
        return store.read().compose(read -> {
            Silence silence = read.ledger().silences().get(asked.id());
            if (silence == null || !silence.until().isAfter(known.now())) {
                throw Failure.NOT_FOUND.because(
                        "no silence with the id '" + asked.id() + "': it is over, or there never" + " was one");
            }
            return editor.edit(
                            read, ledger -> known.due(ledger.without(silence)).withoutSilences(List.of(silence)))
                    .map(silence);
        });
    }

    private static String note(String note) {
        require(note == null || note.length() <= LONGEST_NOTE, "note is longer than " + LONGEST_NOTE + " characters");
        return note == null ? "" : note;
    }

    private static void requireText(String field, String value, int longest) {
        require(value != null && !value.isBlank(), field + " is missing");
        require(value.length() <= longest, field + " is longer than " + longest + " characters");
    }

    private static void require(boolean met, String otherwise) {
        if (!met) {
            throw new IllegalArgumentException(otherwise);
        }
    }
}
