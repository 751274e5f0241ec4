package quantum.p35.discord;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.UnaryOperator;
import quantum.p35.api.Alert;

/**
 * One incident: what is known of it, and where Discord was told of it. A field of the outbox.
 *
 * @param alert the newest that is known
 * @param places by target's name, oldest message first; the last one tells how it is, those before point to it
 * @param forgotten Redis lost it, so nobody knows how it ended
 */
record Incident(
        Alert alert,
        Map<String, List<Place>> places,
        @JsonInclude(JsonInclude.Include.NON_DEFAULT) boolean forgotten) {

    Incident {
        places = places == null ? Map.of() : Map.copyOf(places);
    }

    static Incident of(Alert alert) {
        return new Incident(alert, Map.of(), false);
    }

    String id() {
        return alert.id();
    }

    boolean resolved() {
        return alert.state() == Alert.State.RESOLVED;
    }

    List<Place> at(String target) {
        return places.getOrDefault(target, List.of());
    }

    /** Null when it was never posted there. */
    Place newest(String target) {
        List<Place> there = at(target);
        return there.isEmpty() ? null : there.getLast();
    }

    /** What a message has to say of it now, in short: when this changes, the message is edited. Figures are not in it. */
    String shown() {
        StringBuilder shown = new StringBuilder(alert.state().word())
                .append(' ')
                .append(alert.severity())
                .append(" flaps ")
                .append(alert.flaps());
        if (alert.acknowledged() != null) {
            shown.append(" acknowledged ").append(alert.acknowledged().at());
        }
        if (forgotten) {
            shown.append(" forgotten");
        }
        if (alert.silenced() != null) {
            shown.append(" silenced ").append(alert.silenced().id());
        }
        return shown.toString();
    }

    /** What that place has to show now: the newest how it is, an older one where the newest is. */
    String wanted(String target, Place place) {
        Place newest = newest(target);
        return place == newest ? shown() : "moved to " + newest.message();
    }

    /**
     * With newer facts. Figures alone are no news once it was posted: what is kept says what the message says, and need
     * not be stored again at every look.
     */
    Incident with(Alert newer) {
        Incident then = new Incident(newer, places, false);
        boolean news = !then.shown().equals(shown()) || !Objects.equals(newer.quietUntil(), alert.quietUntil());
        return news || places.isEmpty() ? then : this;
    }

    /** Over as far as anybody can know. @param over the alert as resolved */
    Incident forgotten(Alert over) {
        return new Incident(over, places, true);
    }

    Incident posted(String target, Place place) {
        List<Place> there = new ArrayList<>(at(target));
        there.add(place);
        return with(target, there);
    }

    /** After Discord refused a new message about it as {@code told} shows it. */
    Incident refused(String target, Incident told) {
        List<Place> there = new ArrayList<>(at(target));
        there.add(
                there.isEmpty()
                        ? Place.never(told)
                        : there.removeLast().insteadOf(told.alert().severity()));
        return with(target, there);
    }

    /** Changes the places that are this message. */
    Incident change(String target, String message, UnaryOperator<Place> change) {
        return with(
                target,
                at(target).stream()
                        .map(place -> message.equals(place.message()) ? change.apply(place) : place)
                        .toList());
    }

    private Incident with(String target, List<Place> there) {
        Map<String, List<Place>> changed = new HashMap<>(places);
        changed.put(target, List.copyOf(there));
        return new Incident(alert, changed, forgotten);
    }
}
