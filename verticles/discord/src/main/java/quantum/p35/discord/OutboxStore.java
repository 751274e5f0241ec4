package quantum.p35.discord;

import com.fasterxml.jackson.core.JsonProcessingException;
import io.vertx.core.Future;
import io.vertx.redis.client.Command;
import io.vertx.redis.client.Request;
import io.vertx.redis.client.Response;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import quantum.p35.api.Alert;
import quantum.p35.api.BusMessages;
import quantum.p35.api.Keys;
import quantum.p35.redis.RedisLink;
import quantum.p35.redis.Script;

/** The outbox in Redis, and what drift writes there. */
final class OutboxStore {

    private static final Logger LOG = LoggerFactory.getLogger(OutboxStore.class);

    /** Entries read at once; one holds the whole alert, about 2 KB. */
    private static final int COUNT = 200;

    /**
     * Stores all or nothing: triples of field, what it is now, what it is to be; empty for absent. Answers 0, and stores
     * nothing, when one is neither: then somebody else delivers. What is already as it is to be is our own write whose
     * answer was lost.
     */
    private static final Script SAVE = Script.of("""
            for i = 1, #ARGV, 3 do
              local now = redis.call('HGET', KEYS[1], ARGV[i]) or ''
              if now ~= ARGV[i + 1] and now ~= ARGV[i + 2] then return 0 end
            end
            for i = 1, #ARGV, 3 do
              if ARGV[i + 2] == '' then
                redis.call('HDEL', KEYS[1], ARGV[i])
              else
                redis.call('HSET', KEYS[1], ARGV[i], ARGV[i + 2])
              end
            end
            return 1
            """);

    /** Closed for so many milliseconds, unless it is so for longer. */
    private static final Script CLOSE = Script.of("""
            if redis.call('PTTL', KEYS[1]) < tonumber(ARGV[1]) then
              redis.call('SET', KEYS[1], 'closed', 'PX', ARGV[1])
            end
            return 1
            """);

    private final RedisLink link;
    private final Keys keys;

    OutboxStore(RedisLink link, Keys keys) {
        this.link = link;
        this.keys = keys;
    }

    Future<Map<String, String>> load() {
        return link.send(Request.cmd(Command.HGETALL).arg(keys.discordOutbox())).map(OutboxStore::pairs);
    }

    /** False when somebody else changed one of the fields: nothing is stored then. */
    Future<Boolean> save(List<Outbox.Change> changes) {
        List<String> args = new ArrayList<>(changes.size() * 3);
        for (Outbox.Change change : changes) {
            args.add(change.field());
            args.add(change.before() == null ? "" : change.before());
            args.add(change.after() == null ? "" : change.after());
        }
        return link.run(SAVE, List.of(keys.discordOutbox()), args).map(answer -> answer.toInteger() == 1);
    }

    /** Records that Discord takes no call of that target for so long. */
    Future<Void> close(String target, Duration pause) {
        long millis = Math.min(pause.toMillis(), RateLimit.LONGEST.toMillis());
        return link.run(CLOSE, List.of(keys.discordClosed(target)), List.of(Long.toString(millis)))
                .mapEmpty();
    }

    /** How long Discord takes no call of these targets; without those that are open. */
    Future<Map<String, Duration>> closed(List<String> targets) {
        List<Request> asked = targets.stream()
                .map(target -> Request.cmd(Command.PTTL).arg(keys.discordClosed(target)))
                .toList();
        return link.batch(asked).map(answers -> {
            Map<String, Duration> waits = new HashMap<>();
            for (int i = 0; i < answers.size(); i++) {
                if (answers.get(i).toLong() > 0) {
                    waits.put(targets.get(i), Duration.ofMillis(answers.get(i).toLong()));
                }
            }
            return waits;
        });
    }

    /**
     * The entries after that id and the active alerts, of one instant. @param lastId null for none of the entries, but
     * where the stream ends
     */
    Future<Snapshot> read(String lastId) {
        Request entries = lastId == null
                ? Request.cmd(Command.XREVRANGE)
                        .arg(keys.alerts())
                        .arg("+")
                        .arg("-")
                        .arg("COUNT")
                        .arg(1)
                : Request.cmd(Command.XRANGE)
                        .arg(keys.alerts())
                        .arg("(" + lastId)
                        .arg("+")
                        .arg("COUNT")
                        .arg(COUNT);
        return link.batch(List.of(
                        Request.cmd(Command.MULTI),
                        entries,
                        Request.cmd(Command.HGETALL).arg(keys.activeAlerts()),
                        Request.cmd(Command.EXEC)))
                .map(answers -> snapshot(lastId, answers.getLast()));
    }

    private static Snapshot snapshot(String lastId, Response answers) {
        Response entries = answers.get(0);
        List<Alert> told = new ArrayList<>();
        String newest = lastId == null ? "0-0" : lastId;
        for (Response entry : entries) {
            newest = entry.get(0).toString();
            Map<String, String> fields = pairs(entry.get(1));
            Alert alert = alert("entry " + newest + " of the alert stream", fields.get("context"));
            if (alert != null) {
                told.add(alert);
            }
        }
        Map<String, Alert> active = new HashMap<>();
        pairs(answers.get(1)).forEach((reason, json) -> {
            Alert alert = alert("the active alert of " + reason, json);
            if (alert != null) {
                active.put(alert.id(), alert);
            }
        });
        return new Snapshot(newest, told, lastId == null || entries.size() < COUNT, active);
    }

    /** Null when it cannot be read. */
    private static Alert alert(String what, String json) {
        try {
            Alert alert = json == null ? null : BusMessages.JSON.readValue(json, Alert.class);
            if (alert != null && whole(alert)) {
                return alert;
            }
            LOG.warn("{} holds no alert: it is passed over", what);
        } catch (JsonProcessingException e) {
            LOG.warn("{} cannot be read and is passed over: {}", what, e.getOriginalMessage());
        }
        return null;
    }

    private static boolean whole(Alert alert) {
        return Stream.of(
                        alert.id(),
                        alert.reason(),
                        alert.rule(),
                        alert.window(),
                        alert.state(),
                        alert.severity(),
                        alert.since(),
                        alert.changed(),
                        alert.sentence(),
                        alert.symbols())
                .allMatch(Objects::nonNull);
    }

    /** HGETALL, and the fields of an entry. */
    private static Map<String, String> pairs(Response flat) {
        Map<String, String> map = new HashMap<>();
        for (int i = 0; i + 1 < flat.size(); i += 2) {
            map.put(flat.get(i).toString(), flat.get(i + 1).toString());
        }
        return map;
    }
}
