package quantum.p35.discord;

import io.vertx.core.Future;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * When Discord takes the next call of each target. In memory, and in Redis as well: a bucket stays closed for whoever calls
 * next, be it a restarted process, the instance that stands by, or somebody's test.
 */
final class Buckets {

    private static final Logger LOG = LoggerFactory.getLogger(Buckets.class);

    /** A timer may fire a little early, and clocks differ. */
    private static final Duration MARGIN = Duration.ofMillis(50);

    private final OutboxStore store;
    private final Map<String, RateLimit> limits = new TreeMap<>();

    Buckets(OutboxStore store, List<String> targets) {
        this.store = store;
        targets.forEach(target -> limits.put(target, new RateLimit()));
    }

    /** Zero when a call may be made now. */
    Duration untilOpen(String target) {
        RateLimit limit = limits.get(target);
        Instant now = RateLimit.STEADY.instant();
        return limit.open(now) ? Duration.ZERO : Duration.between(now, limit.opens());
    }

    /** Completes when the others can know it. Never fails: without Redis it holds for this process. */
    Future<Void> close(String target, Duration pause) {
        Duration wait = pause.plus(MARGIN);
        limits.get(target).close(wait, RateLimit.STEADY.instant());
        return store.close(target, wait)
                .onFailure(error -> LOG.warn(
                        "cannot record that Discord asks target '{}' to wait {} ms: {}; a restart meanwhile would"
                                + " not know it",
                        target,
                        wait.toMillis(),
                        error.getMessage()))
                .otherwiseEmpty();
    }

    /** Discord closes all webhooks together. */
    Future<Void> closeAll(Duration pause) {
        return Future.all(limits.keySet().stream()
                        .map(target -> close(target, pause))
                        .toList())
                .mapEmpty();
    }

    /** Learns what others were told. */
    Future<Void> load() {
        return store.closed(List.copyOf(limits.keySet())).map(waits -> {
            waits.forEach((target, wait) -> limits.get(target).close(wait, RateLimit.STEADY.instant()));
            return null;
        });
    }
}
