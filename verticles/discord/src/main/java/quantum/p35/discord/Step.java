package quantum.p35.discord;

import java.time.Instant;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.function.IntUnaryOperator;

/** The next thing to do at a target, by what is known and what it was told: the newest state wins. */
sealed interface Step {

    /** Nothing to do, or nothing that may be done yet. */
    record Rest() implements Step {}

    /** A new message. @param incidents more than one: a digest */
    record Post(List<Incident> incidents) implements Step {}

    /** @param message its id @param incidents all that it tells of */
    record Edit(String message, List<Incident> incidents) implements Step {}

    /** Worst first, then the oldest. */
    Comparator<Incident> ORDER = Comparator.comparing(Incident::resolved)
            .thenComparing(incident -> incident.alert().severity(), Comparator.reverseOrder())
            .thenComparing(incident -> incident.alert().since())
            .thenComparing(Incident::id);

    /**
     * What somebody is to be notified of comes before what is only put right.
     *
     * @param volume of those that wait, how many the next message may tell of
     * @param now by the clock that people go by
     */
    static Step next(Collection<Incident> incidents, DiscordTarget target, IntUnaryOperator volume, Instant now) {
        List<Incident> waiting = waiting(incidents, target, now);
        int take = volume.applyAsInt(waiting.size());
        if (take > 0) {
            return new Post(waiting.subList(0, take));
        }
        List<String> stale = stale(incidents, target);
        return stale.isEmpty() ? new Rest() : new Edit(stale.getFirst(), of(incidents, target, stale.getFirst()));
    }

    /** Those that need a new message now, in order. */
    static List<Incident> waiting(Collection<Incident> incidents, DiscordTarget target, Instant now) {
        return incidents.stream()
                .filter(incident -> Telling.of(incident, target, now).posts())
                .sorted(ORDER)
                .toList();
    }

    /** Messages that do not say what they should, in the order of their incidents. */
    static List<String> stale(Collection<Incident> incidents, DiscordTarget target) {
        String name = target.name();
        return incidents.stream()
                .sorted(ORDER)
                .flatMap(incident -> incident.at(name).stream()
                        .filter(place -> place.editable() && !place.shown().equals(incident.wanted(name, place)))
                        .map(Place::message))
                .distinct()
                .toList();
    }

    private static List<Incident> of(Collection<Incident> incidents, DiscordTarget target, String message) {
        return incidents.stream()
                .filter(incident ->
                        incident.at(target.name()).stream().anyMatch(place -> message.equals(place.message())))
                .sorted(ORDER)
                .toList();
    }
}
