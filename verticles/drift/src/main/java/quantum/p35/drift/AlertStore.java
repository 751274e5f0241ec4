package quantum.p35.drift;

import io.vertx.core.Future;
import io.vertx.redis.client.Command;
import io.vertx.redis.client.Request;
import io.vertx.redis.client.Response;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import quantum.p35.api.Alert;
import quantum.p35.api.Failure;
import quantum.p35.api.Keys;
import quantum.p35.api.Silence;
import quantum.p35.redis.RedisFailure;
import quantum.p35.redis.RedisLink;
import quantum.p35.redis.Script;

/**
 * Alerts and silences in Redis: read, and changed by compare-and-set.
 *
 * <p>A change names the text that it saw in every field it touches, and one script does all of it or nothing. So two
 * instances that look at once, an operator's command in the middle of a look, a kill between any two steps, and a script
 * that a frozen server runs late neither lose nor repeat anything: who comes second is refused and reads again.
 */
final class AlertStore {

    private static final Script WRITE = Script.resource(AlertStore.class, "alerts.lua");
    /** About as many as the stream keeps. */
    private static final int ENTRIES = 1100;

    private final RedisLink link;
    private final Keys keys;

    /**
     * One reading.
     *
     * @param raw text of every field of the hash of alerts, as compare-and-set needs it
     * @param unreadable a sentence for every value that cannot be read; it is left as it is until its reason fires again
     */
    record Read(Ledger ledger, Map<String, String> raw, List<String> unreadable) {}

    AlertStore(RedisLink link, Keys keys) {
        this.link = link;
        this.keys = keys;
    }

    Future<Read> read() {
        return Future.all(hash(keys.activeAlerts()), hash(keys.silences())).map(answers -> {
            List<String> unreadable = new ArrayList<>();
            Map<String, String> raw = answers.resultAt(0);
            Map<String, Alert> alerts = decode(raw, keys.activeAlerts(), AlertEntry::alert, unreadable);
            Map<String, Silence> silences =
                    decode(answers.resultAt(1), keys.silences(), AlertEntry::silence, unreadable);
            return new Read(new Ledger(alerts, silences), raw, List.copyOf(unreadable));
        });
    }

    private Future<Map<String, String>> hash(String key) {
        return link.send(Request.cmd(Command.HGETALL).arg(key))
                .map(AlertStore::pairs)
                .recover(error -> Future.failedFuture(named(error, key, "hash")));
    }

    /** Redis does not say which key is of the wrong type. */
    private static Throwable named(Throwable error, String key, String type) {
        return error instanceof RedisFailure failure && failure.refusedWith("WRONGTYPE")
                ? Failure.UNAVAILABLE.because(key + " is no " + type + ": rename or delete it (redis-cli RENAME " + key
                        + " " + key + ":aside)")
                : error;
    }

    private static Map<String, String> pairs(Response answer) {
        Map<String, String> pairs = new HashMap<>();
        for (int i = 0; i + 1 < answer.size(); i += 2) {
            pairs.put(answer.get(i).toString(), answer.get(i + 1).toString());
        }
        return pairs;
    }

    private static <T> Map<String, T> decode(
            Map<String, String> raw, String key, Function<String, T> decoder, List<String> unreadable) {
        Map<String, T> decoded = new HashMap<>();
        raw.forEach((field, json) -> {
            try {
                decoded.put(field, decoder.apply(json));
            } catch (IllegalArgumentException e) {
                unreadable.add("the field '" + field + "' of " + key + " cannot be read (" + e.getMessage()
                        + "): mend it, or redis-cli HDEL " + key + " '" + field + "'");
            }
        });
        return decoded;
    }

    /**
     * @param seen the reading that the edit was made from
     * @return false when somebody else changed one of these alerts since; then nothing was written
     */
    Future<Boolean> write(Read seen, Edit edit) {
        if (edit.empty()) {
            return Future.succeededFuture(true);
        }
        List<String> arguments = new ArrayList<>();
        arguments.add(Integer.toString(edit.alerts().size() + edit.forgotten().size()));
        edit.alerts().forEach((reason, alert) -> change(arguments, reason, seen, AlertEntry.json(alert)));
        edit.forgotten().forEach(reason -> change(arguments, reason, seen, ""));
        arguments.add(Integer.toString(edit.silences().size() + edit.over().size()));
        edit.silences().forEach((id, silence) -> arguments.addAll(List.of(id, AlertEntry.json(silence))));
        edit.over().forEach(id -> arguments.addAll(List.of(id, "")));
        edit.entries().forEach(alert -> {
            List<String> fields = AlertEntry.fields(alert);
            arguments.add(Integer.toString(fields.size()));
            arguments.addAll(fields);
        });
        return link.run(WRITE, List.of(keys.activeAlerts(), keys.silences(), keys.alerts()), arguments)
                .map(answer -> answer.toInteger() == 1);
    }

    private static void change(List<String> arguments, String reason, Read seen, String json) {
        arguments.addAll(List.of(reason, seen.raw().getOrDefault(reason, ""), json));
    }

    /** The newest entry of every incident that the stream still tells of, by alert id, newest first. */
    Future<Map<String, Alert>> told() {
        Request newest = Request.cmd(Command.XREVRANGE)
                .arg(keys.alerts())
                .arg("+")
                .arg("-")
                .arg("COUNT")
                .arg(ENTRIES);
        return link.send(newest)
                .recover(error -> Future.failedFuture(named(error, keys.alerts(), "stream")))
                .map(answer -> {
                    Map<String, Alert> told = new LinkedHashMap<>();
                    answer.forEach(
                            entry -> context(entry.get(1)).ifPresent(alert -> told.putIfAbsent(alert.id(), alert)));
                    return told;
                });
    }

    /** An entry that somebody else wrote, or that an older version wrote otherwise, tells nothing. */
    private static Optional<Alert> context(Response fields) {
        String context = pairs(fields).get(AlertEntry.CONTEXT);
        try {
            return Optional.ofNullable(context).map(AlertEntry::alert);
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }
}
