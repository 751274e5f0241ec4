package quantum.p35.discord;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.UnaryOperator;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import quantum.p35.api.Alert;
import quantum.p35.api.BusMessages;

/**
 * What is known of every incident and what Discord was told of it, in memory, with what of that is in Redis: the
 * difference is what must be stored before anything else is said.
 */
final class Outbox {

    static final String LAST_ID = "last_id";

    private static final Logger LOG = LoggerFactory.getLogger(Outbox.class);

    /** So long a broken webhook's messages wait to be put right. */
    private static final Duration PATIENCE = Duration.ofDays(7);

    private final Map<String, Incident> incidents = new LinkedHashMap<>();
    private final Map<String, String> stored;
    private String lastId;
    private boolean complete;
    private Set<String> active = Set.of();

    /** A field to store. @param before null when it was not there @param after null when it goes */
    record Change(String field, String before, String after) {}

    private Outbox(Map<String, String> stored) {
        this.stored = new HashMap<>(stored);
    }

    /** @param stored the hash in Redis; empty at the first start */
    static Outbox of(Map<String, String> stored) {
        Outbox outbox = new Outbox(stored);
        outbox.lastId = stored.get(LAST_ID);
        stored.forEach((field, json) -> {
            if (!field.equals(LAST_ID)) {
                outbox.read(field, json);
            }
        });
        return outbox;
    }

    /**
     * The same knowledge over another hash: Redis was cleared, or its successor never had ours. What was told is not
     * forgotten: it is all to be stored again.
     */
    Outbox over(Map<String, String> stored) {
        Outbox again = of(stored);
        again.incidents.putAll(incidents);
        again.lastId = lastId;
        return again;
    }

    private void read(String field, String json) {
        try {
            incidents.put(field, BusMessages.JSON.readValue(json, Incident.class));
        } catch (JsonProcessingException e) {
            LOG.warn("field {} of the Discord outbox cannot be read and goes: {}", field, e.getOriginalMessage());
        }
    }

    /** Entries of the alert stream after this one are not known yet; null when none was ever read. */
    String lastId() {
        return lastId;
    }

    /** Whether all was read: until then what is known may be an old state. */
    boolean complete() {
        return complete;
    }

    Collection<Incident> incidents() {
        return incidents.values();
    }

    /** Takes what drift tells. At the first start that is only what fires now: what is over is history. */
    void take(Snapshot snapshot, Instant now) {
        boolean first = lastId == null;
        if (!first) {
            snapshot.told().forEach(this::take);
        }
        snapshot.active().values().stream()
                .filter(alert -> alert.state() == Alert.State.FIRING || incidents.containsKey(alert.id()))
                .forEach(this::take);
        lastId = snapshot.lastId();
        complete = snapshot.complete();
        active = snapshot.active().keySet();
        if (complete) {
            incidents.replaceAll((id, one) -> one.resolved() || active.contains(id) ? one : ended(one, now));
        }
    }

    private void take(Alert alert) {
        incidents.compute(alert.id(), (id, known) -> known == null ? Incident.of(alert) : known.with(alert));
    }

    /** Nobody looks at it any more, and if its end was told we could not read it: somebody cleared the keys. */
    private static Incident ended(Incident incident, Instant now) {
        LOG.warn("alert {} is gone from Redis without an end: it is told as forgotten", incident.id());
        ObjectNode alert = BusMessages.JSON.valueToTree(incident.alert());
        alert.put("state", Alert.State.RESOLVED.word());
        alert.put("changed", now.toString());
        alert.put("resolved", now.toString());
        return incident.forgotten(BusMessages.JSON.convertValue(alert, Alert.class));
    }

    /** Records what a target was told of one incident. */
    void change(String id, UnaryOperator<Incident> change) {
        incidents.computeIfPresent(id, (key, incident) -> change.apply(incident));
    }

    /** Drops what is over and told everywhere; those that share a message go together. */
    void settle(List<DiscordTarget> targets, Instant now) {
        Set<String> kept = new HashSet<>();
        List<Incident> settled = new ArrayList<>();
        for (Incident incident : incidents.values()) {
            if (settled(incident, targets, now)) {
                settled.add(incident);
            } else {
                messages(incident).forEach(kept::add);
            }
        }
        settled.stream()
                .filter(incident -> messages(incident).stream().noneMatch(kept::contains) || old(incident, now))
                .forEach(incident -> incidents.remove(incident.id()));
    }

    private boolean settled(Incident incident, List<DiscordTarget> targets, Instant now) {
        if (!incident.resolved() || active.contains(incident.id())) {
            return false;
        }
        return old(incident, now)
                || targets.stream()
                        .allMatch(target -> !Telling.of(incident, target, now).posts()
                                && Step.stale(List.of(incident), target).isEmpty());
    }

    private static boolean old(Incident incident, Instant now) {
        return incident.alert().changed().isBefore(now.minus(PATIENCE));
    }

    private static List<String> messages(Incident incident) {
        return incident.places().values().stream()
                .flatMap(List::stream)
                .filter(Place::digest)
                .map(Place::message)
                .toList();
    }

    /** What is not stored yet. */
    List<Change> changes() {
        Map<String, String> wanted = new HashMap<>();
        incidents.forEach((id, incident) -> wanted.put(id, json(incident)));
        if (lastId != null) {
            wanted.put(LAST_ID, lastId);
        }
        List<Change> changes = new ArrayList<>();
        wanted.forEach((field, value) -> {
            if (!value.equals(stored.get(field))) {
                changes.add(new Change(field, stored.get(field), value));
            }
        });
        stored.forEach((field, value) -> {
            if (!wanted.containsKey(field)) {
                changes.add(new Change(field, value, null));
            }
        });
        return changes;
    }

    void stored(List<Change> changes) {
        changes.forEach(change -> {
            if (change.after() == null) {
                stored.remove(change.field());
            } else {
                stored.put(change.field(), change.after());
            }
        });
    }

    private static String json(Incident incident) {
        try {
            return BusMessages.JSON.writeValueAsString(incident);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("incident " + incident.id() + " cannot be written as JSON", e);
        }
    }
}
