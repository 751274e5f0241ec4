package quantum.p35.insight;

import io.vertx.core.Future;
import io.vertx.redis.client.Command;
import io.vertx.redis.client.Request;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import quantum.p35.api.GateCatalogue;
import quantum.p35.api.Keys;
import quantum.p35.api.WindowName;
import quantum.p35.redis.RedisLink;

/**
 * Distinct plans that a gate stopped in a window. Dear for Redis (up to 4 ms for an hour of a busy gate), so it is asked
 * only for the gates shown, and an answer is kept for a sixtieth of the window, at least 5 s.
 */
final class PlanCounts {

    private static final Duration KEPT_AT_LEAST = Duration.ofSeconds(5);
    private static final int MAX_KEPT = 500;

    private final RedisLink link;
    private final Keys keys;
    private final InstantSource clock;
    private final Map<Asked, Known> known = new HashMap<>();

    private record Asked(List<String> gates, WindowName window) {}

    private record Known(Future<Long> plans, Instant until) {}

    PlanCounts(RedisLink link, Keys keys, InstantSource clock) {
        this.link = link;
        this.keys = keys;
        this.clock = clock;
    }

    /** By gate; a gate without a known number is not in it. Never fails: the answer is worth more than this detail. */
    Future<Map<String, Long>> byGate(
            Collection<String> gates, WindowName window, GateCatalogue catalogue, Instant asOf) {
        Map<String, Long> plans = new HashMap<>();
        List<Future<Long>> all = gates.stream()
                .map(gate -> together(List.of(gate), window, catalogue, asOf).onSuccess(count -> {
                    if (count != null) {
                        plans.put(gate, count);
                    }
                }))
                .toList();
        return Future.join(all).map(plans);
    }

    /** Of these gates together; null when not known. Never fails. */
    Future<Long> together(List<String> gates, WindowName window, GateCatalogue catalogue, Instant asOf) {
        List<String> counted =
                gates.stream().filter(gate -> catalogue.gate(gate).catalogued()).toList();
        if (counted.isEmpty()) {
            return Future.succeededFuture(null);
        }
        Instant now = clock.instant();
        Asked asked = new Asked(counted, window);
        Known last = known.get(asked);
        if (last == null || !last.until.isAfter(now)) {
            if (known.size() >= MAX_KEPT) {
                known.values().removeIf(old -> !old.until.isAfter(now));
            }
            last = new Known(ask(counted, window, asOf), now.plus(kept(window)));
            known.put(asked, last);
        }
        return last.plans;
    }

    private static Duration kept(WindowName window) {
        Duration part = window.length().dividedBy(60);
        return part.compareTo(KEPT_AT_LEAST) > 0 ? part : KEPT_AT_LEAST;
    }

    private Future<Long> ask(List<String> gates, WindowName window, Instant asOf) {
        Request request = Request.cmd(Command.PFCOUNT);
        for (Instant minute = window.from(asOf); !minute.isAfter(asOf); minute = minute.plusSeconds(60)) {
            for (String gate : gates) {
                request.arg(keys.plans(minute, gate));
            }
        }
        return link.send(request).map(count -> count.toLong()).otherwise((Long) null);
    }
}
