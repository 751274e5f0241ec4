package quantum.p35.insight;

import io.vertx.core.Future;
import io.vertx.redis.client.Request;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import quantum.p35.api.GateCount;
import quantum.p35.api.Keys;
import quantum.p35.api.Outcome;
import quantum.p35.api.Timeline;
import quantum.p35.api.WindowName;
import quantum.p35.redis.RedisLink;

/**
 * What gates did before: is this new, and does it grow?
 *
 * <p>The hour before a window reaches further back than what is in memory. Its older minutes do not change any more, so
 * they are read once a minute, and of each only the gates that are shown.
 */
final class GatePast {

    private static final int MINUTES = 60;
    private static final Timeline.Question TREND = new Timeline.Question(Duration.ofHours(1), Duration.ofMinutes(2));

    private final RedisLink link;
    private final Keys keys;
    private final Refresh memory;
    private final Map<WindowName, Read> read = new EnumMap<>(WindowName.class);

    private record Read(Instant from, int generation, Set<String> gates, Future<List<Bucket>> minutes) {}

    GatePast(RedisLink link, Keys keys, Refresh memory) {
        this.link = link;
        this.keys = keys;
        this.memory = memory;
    }

    /**
     * Shares of all decisions in the hour before the window, by gate; empty when there were none, or when Redis does not
     * say. Never fails: the answer is worth more than this detail.
     */
    Future<Map<String, Double>> before(Collection<String> gates, WindowName window, Facts facts) {
        if (facts.outage() != null) {
            return Future.succeededFuture(Map.of());
        }
        Instant from = window.from(facts.asOf());
        Instant remembered = Windows.minutesOfTheHour(facts.asOf()).getLast();
        List<Instant> older = new ArrayList<>();
        List<Bucket> newer = new ArrayList<>();
        for (int back = MINUTES; back > 0; back--) {
            Instant minute = from.minus(back, ChronoUnit.MINUTES);
            Bucket bucket = memory.windows().minute(minute);
            if (minute.isBefore(remembered)) {
                older.add(minute);
            } else if (bucket != null) {
                newer.add(bucket);
            }
        }
        return older(gates, window, from, older)
                .map(past -> shares(gates, Counts.sum(past).plus(newer)))
                .otherwise(Map.of());
    }

    private Future<List<Bucket>> older(
            Collection<String> gates, WindowName window, Instant from, List<Instant> minutes) {
        Read known = read.get(window);
        boolean usable = known != null
                && known.from.equals(from)
                && known.generation == memory.generation()
                && known.gates.containsAll(gates)
                && !known.minutes.failed();
        if (!usable) {
            Set<String> asked = new TreeSet<>(gates);
            known = new Read(from, memory.generation(), asked, read(minutes, asked));
            read.put(window, known);
        }
        return known.minutes;
    }

    private Future<List<Bucket>> read(List<Instant> minutes, Set<String> gates) {
        List<String> fields = new ArrayList<>();
        for (Outcome outcome : Outcome.values()) {
            fields.add("decision:" + outcome);
        }
        gates.forEach(gate -> fields.add("reason:" + gate));
        List<Request> requests = minutes.stream()
                .map(minute -> Reads.fields(keys.bucket(minute), fields))
                .toList();
        return Reads.hashes(link, requests).map(answers -> {
            List<Bucket> buckets = new ArrayList<>();
            for (int i = 0; i < minutes.size(); i++) {
                buckets.add(SinceFinder.bucket(minutes.get(i), fields, answers.get(i)));
            }
            return buckets;
        });
    }

    private static Map<String, Double> shares(Collection<String> gates, Counts hour) {
        Map<String, Double> shares = new HashMap<>();
        if (hour.total() > 0) {
            gates.forEach(gate -> shares.put(gate, GateCount.share(hour.reason(gate), hour.total())));
        }
        return shares;
    }

    /** The last hour by gate, as {@link GateCount#trend} has it. @param hour minutes of it */
    static Map<String, List<Long>> trends(Collection<String> gates, List<Bucket> hour, Instant asOf) {
        Steps steps = Steps.of(TREND, asOf);
        Map<String, long[]> counts = new HashMap<>();
        gates.forEach(gate -> counts.put(gate, new long[steps.count()]));
        for (Bucket minute : hour) {
            int step = steps.index(minute.minute());
            if (step >= 0) {
                counts.forEach((gate, trend) -> trend[step] += minute.reason(gate));
            }
        }
        return counts.entrySet().stream()
                .collect(Collectors.toMap(
                        Map.Entry::getKey,
                        gate -> Arrays.stream(gate.getValue()).boxed().toList()));
    }
}
