package quantum.p35.insight;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
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
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
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

    private static final Logger LOG = LoggerFactory.getLogger(WindowKeys.class);

    static final Duration LOOK = Duration.ofSeconds(5);

    private static final Duration AT_LEAST_EVERY = Duration.ofSeconds(60 - 5);
    private static final long LIFE_SECONDS = 120;
    private static final int TOP_GATES = 50;
    private static final int TOP_UNKNOWN = 100;

    private final RedisLink link;
    private final Keys keys;
    private final Lease lease;
    private final Counter failures;

    private List<Table> written = List.of();
    private Instant writtenAt = Instant.MIN;
    private String logged;

    /** One key. @param ranked a sorted set, else a hash @param rows none: the key is to be gone */
    private record Table(String key, boolean ranked, Map<String, Long> rows) {}

    WindowKeys(RedisLink link, Keys keys, Lease lease, MeterRegistry metrics) {
        this.link = link;
        this.keys = keys;
        this.lease = lease;
        this.failures = Counter.builder("p35.insight.window.keys.failures")
                .description("Times that the window keys could not be written")
                .register(metrics);
    }

    /** The first figures are written at once: a service that is ready and has no keys would look broken. */
    void onRead(Facts facts, Instant now) {
        boolean nothingShown = writtenAt == Instant.MIN || written.stream().allMatch(table -> table.rows.isEmpty());
        if (lease.held() && nothingShown && facts.counts(WindowName.ONE_HOUR).total() > 0) {
            look(facts, now);
        }
    }

    /** Writes when it is time to and ours to do; a failure is counted and logged, and the next look tries again. */
    void look(Facts facts, Instant now) {
        write(facts, now).onSuccess(done -> logged = null).onFailure(error -> {
            failures.increment();
            if (!error.getMessage().equals(logged)) {
                logged = error.getMessage();
                LOG.warn("cannot write the window keys, trying again every {} s: {}", LOOK.toSeconds(), logged);
            }
        });
    }

    private Future<Void> write(Facts facts, Instant now) {
        if (!lease.held()) {
            // whoever holds it now writes something else: begin anew when it comes back
            writtenAt = Instant.MIN;
        }
        if (facts.outage() != null) {
            return Future.succeededFuture();
        }
        return lease.ours().compose(ours -> ours ? writeChanged(facts, now) : Future.succeededFuture());
    }

    private Future<Void> writeChanged(Facts facts, Instant now) {
        return unknownTexts(facts.asOf()).compose(unknown -> {
            List<Table> tables = tables(facts, unknown, keys);
            boolean due = writtenAt.isBefore(now.minus(AT_LEAST_EVERY)) || !tables.equals(written);
            return due ? put(tables, now) : Future.succeededFuture();
        });
    }

    private static List<Table> tables(Facts facts, Map<String, Long> unknown, Keys keys) {
        List<Table> tables = new ArrayList<>();
        for (WindowName window : WindowName.values()) {
            Counts counts = facts.counts(window);
            Map<String, Long> decisions = new LinkedHashMap<>();
            counts.decisions().forEach((outcome, count) -> {
                if (count > 0) {
                    decisions.put(outcome.name(), count);
                }
            });
            tables.add(new Table(keys.decisionCounts(window), false, decisions));
            tables.add(new Table(keys.reasonTop(window), true, top(counts.gatesByCount(), TOP_GATES)));
        }
        List<Map.Entry<String, Long>> texts = unknown.entrySet().stream()
                .sorted(Map.Entry.<String, Long>comparingByValue().reversed().thenComparing(Map.Entry.comparingByKey()))
                .toList();
        tables.add(new Table(keys.unknownTop(), true, top(texts, TOP_UNKNOWN)));
        return tables;
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
                long number = Bucket.count(count);
                if (number > 0) {
                    sum.merge(text, number, Long::sum);
                }
            });
        }
        return sum;
    }

    private Future<Void> put(List<Table> tables, Instant now) {
        List<Request> requests = new ArrayList<>();
        requests.add(Request.cmd(Command.MULTI));
        for (Table table : tables) {
            requests.add(Request.cmd(Command.DEL).arg(table.key));
            if (!table.rows.isEmpty()) {
                requests.add(table.ranked ? ranking(table) : hash(table));
                requests.add(Request.cmd(Command.EXPIRE).arg(table.key).arg(LIFE_SECONDS));
            }
        }
        requests.add(Request.cmd(Command.EXEC));
        return link.batch(requests).map(done -> {
            written = tables;
            writtenAt = now;
            return null;
        });
    }

    private static Request ranking(Table table) {
        Request request = Request.cmd(Command.ZADD).arg(table.key);
        table.rows.forEach((member, count) -> request.arg(count).arg(member));
        return request;
    }

    private static Request hash(Table table) {
        Request request = Request.cmd(Command.HSET).arg(table.key);
        table.rows.forEach((field, count) -> request.arg(field).arg(count));
        return request;
    }
}
