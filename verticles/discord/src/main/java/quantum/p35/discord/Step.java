package quantum.p35.discord;

import java.time.Instant;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.function.BiPredicate;
import java.util.function.IntUnaryOperator;
import java.util.stream.Collectors;
import java.util.stream.Stream;

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
     * @param held by what it is and what it says, whether it was refused and is not to be tried yet: an incident's id and
     *     {@link Incident#shown}, or a message's and {@link #says}
     * @param volume of those that wait, how many the next message may tell of
     * @param now by the clock that people go by
     */
    static Step next(
            Collection<Incident> incidents,
            DiscordTarget target,
            BiPredicate<String, String> held,
            IntUnaryOperator volume,
            Instant now) {
        List<Incident> waiting = waiting(incidents, target, now).stream()
                .filter(incident -> !held.test(incident.id(), incident.shown()))
                .toList();
        int take = volume.applyAsInt(waiting.size());
        if (take > 0) {
            return new Post(waiting.subList(0, take));
        }
        return stale(incidents, target).stream()
                .map(message -> new Edit(message, of(incidents, target, message)))
                .filter(edit -> !held.test(edit.message(), says(edit, target)))
                .findFirst()
                .<Step>map(edit -> edit)
                .orElseGet(Rest::new);
    }

    /** What the message would say, in short. */
    static String says(Edit edit, DiscordTarget target) {
        return edit.incidents().stream()
                .flatMap(incident -> incident.at(target.name()).stream()
                        .filter(place -> edit.message().equals(place.message()))
                        .map(place -> incident.wanted(target.name(), place)))
                .collect(Collectors.joining("\n"));
    }

    /** How many incidents are not told as they are because that was refused. */
    static long refused(
            Collection<Incident> incidents, DiscordTarget target, BiPredicate<String, String> refused, Instant now) {
        Stream<Incident> givenUp = incidents.stream().filter(incident -> {
            Place newest = incident.newest(target.name());
            return newest != null && newest.standing() == Place.Standing.REFUSED;
        });
        Stream<Incident> posts = waiting(incidents, target, now).stream()
                .filter(incident -> refused.test(incident.id(), incident.shown()));
        Stream<Incident> edits = stale(incidents, target).stream()
                .map(message -> new Edit(message, of(incidents, target, message)))
                .filter(edit -> refused.test(edit.message(), says(edit, target)))
                .flatMap(edit -> edit.incidents().stream());
        return Stream.of(givenUp, posts, edits)
                .flatMap(all -> all)
                .map(Incident::id)
                .distinct()
                .count();
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
