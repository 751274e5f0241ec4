package quantum.p35.insight;

import io.vertx.core.Future;
import io.vertx.redis.client.Command;
import io.vertx.redis.client.Request;
import io.vertx.redis.client.Response;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import quantum.p35.api.Keys;
import quantum.p35.api.WindowName;
import quantum.p35.redis.Lease;
import quantum.p35.redis.RedisLink;

/**
 * Writes the windows back for people's scripts: {@code decision:counts:<w>}, {@code reason:top:<w>} and
 * {@code unknown_decision:top:5m}, all in one MULTI.
 *
 * <p>Looks every 5 s; writes when something changed, and once a minute anyway, because the keys expire after 120 s so
 * that a dead service leaves no stale answer. Only the holder of a lease writes.
 */
final class WindowKeys {

    static final Duration LOOK = Duration.ofSeconds(5);

    private static final Duration AT_LEAST_EVERY = Duration.ofSeconds(60 - 5);
    private static final long LIFE_SECONDS = 120;
    private static final int TOP_GATES = 50;
    private static final int TOP_UNKNOWN = 100;

    private final RedisLink link;
    private final Keys keys;
    private final Lease lease;

    private Map<String, Map<String, Long>> written = Map.of();
    private Instant writtenAt = Instant.MIN;

    WindowKeys(RedisLink link, Keys keys, Lease lease) {
        this.link = link;
        this.keys = keys;
        this.lease = lease;
    }

    /** Writes when it is time to and ours to do. */
    Future<Void> write(Facts facts, Instant now) {
        if (!lease.held()) {
            // whoever holds it now writes something else: begin anew when it comes back
            writtenAt = Instant.MIN;
            return Future.succeededFuture();
        }
        if (facts.outage() != null) {
            return Future.succeededFuture();
        }
        return unknownTexts(facts.asOf()).compose(unknown -> {
            Map<String, Map<String, Long>> contents = contents(facts, unknown);
            boolean due = writtenAt.isBefore(now.minus(AT_LEAST_EVERY)) || !contents.equals(written);
            return due ? put(contents, now) : Future.succeededFuture();
        });
    }

    /** By key; what is empty is to be gone. */
    private Map<String, Map<String, Long>> contents(Facts facts, Map<String, Long> unknown) {
        Map<String, Map<String, Long>> contents = new LinkedHashMap<>();
        for (WindowName window : WindowName.values()) {
            Counts counts = facts.counts(window);
            Map<String, Long> decisions = new LinkedHashMap<>();
            counts.decisions().forEach((outcome, count) -> {
                if (count > 0) {
                    decisions.put(outcome.name(), count);
                }
            });
            contents.put(keys.decisionCounts(window), decisions);
            contents.put(keys.reasonTop(window), top(counts.gatesByCount(), TOP_GATES));
        }
        List<Map.Entry<String, Long>> texts = unknown.entrySet().stream()
                .sorted(Map.Entry.<String, Long>comparingByValue().reversed().thenComparing(Map.Entry.comparingByKey()))
                .toList();
        contents.put(keys.unknownTop(), top(texts, TOP_UNKNOWN));
        return contents;
    }

    private static Map<String, Long> top(List<Map.Entry<String, Long>> sorted, int limit) {
        Map<String, Long> top = new LinkedHashMap<>();
        sorted.stream().limit(limit).forEach(entry -> top.put(entry.getKey(), entry.getValue()));
        return top;
    }

    /** Texts of the last 5 minutes that nobody knew. */
    private Future<Map<String, Long>> unknownTexts(Instant asOf) {
        List<Request> requests = new ArrayList<>();
        Instant from = WindowName.FIVE_MINUTES.from(asOf);
        for (Instant minute = from; !minute.isAfter(asOf); minute = minute.plusSeconds(60)) {
            requests.add(Reads.hash(keys.unknown(minute)));
        }
        return Reads.hashes(link, requests).map(WindowKeys::sum);
    }

    private static Map<String, Long> sum(List<Response> hashes) {
        Map<String, Long> sum = new HashMap<>();
        for (Response hash : hashes) {
            Reads.pairs(hash, (text, count) -> {
                if (count.chars().allMatch(Character::isDigit)) {
                    sum.merge(text, Long.parseLong(count), Long::sum);
                }
            });
        }
        return sum;
    }

    private Future<Void> put(Map<String, Map<String, Long>> contents, Instant now) {
        List<Request> requests = new ArrayList<>();
        requests.add(Request.cmd(Command.MULTI));
        contents.forEach((key, values) -> {
            requests.add(Request.cmd(Command.DEL).arg(key));
            if (!values.isEmpty()) {
                boolean ranked = !key.startsWith(keys.prefix() + ":decision:counts:");
                requests.add(ranked ? ranking(key, values) : hash(key, values));
                requests.add(Request.cmd(Command.EXPIRE).arg(key).arg(LIFE_SECONDS));
            }
        });
        requests.add(Request.cmd(Command.EXEC));
        return link.batch(requests).map(done -> {
            written = contents;
            writtenAt = now;
            return null;
        });
    }

    private static Request ranking(String key, Map<String, Long> values) {
        Request request = Request.cmd(Command.ZADD).arg(key);
        values.forEach((member, count) -> request.arg(count).arg(member));
        return request;
    }

    private static Request hash(String key, Map<String, Long> values) {
        Request request = Request.cmd(Command.HSET).arg(key);
        values.forEach((field, count) -> request.arg(field).arg(count));
        return request;
    }
}
