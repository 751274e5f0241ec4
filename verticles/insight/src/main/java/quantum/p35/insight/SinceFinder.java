package quantum.p35.insight;

import io.vertx.core.Future;
import io.vertx.redis.client.Request;
import io.vertx.redis.client.Response;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import quantum.p35.api.GateCatalogue;
import quantum.p35.api.Keys;
import quantum.p35.api.Outcome;
import quantum.p35.redis.RedisLink;

/**
 * Since when does a cause hold: the last hour from memory, what is older from Redis, up to 48 h.
 *
 * <p>What was found in Redis stays true while the run is unbroken through the hour in memory, so it is asked again only
 * now and then: two days of minutes must not be read every second.
 */
final class SinceFinder {

    static final Duration REACH = Duration.ofHours(48);

    private static final Duration KEPT = Duration.ofMinutes(10);
    private static final int MINUTES_AT_ONCE = 60;
    private static final int MAX_KEPT = 64;

    private final RedisLink link;
    private final Keys keys;
    private final Refresh memory;
    private final InstantSource clock;
    private final Map<String, Past> past = new HashMap<>();

    private record Past(Future<Instant> begin, Instant at, int generation) {}

    SinceFinder(RedisLink link, Keys keys, Refresh memory, InstantSource clock) {
        this.link = link;
        this.keys = keys;
        this.memory = memory;
        this.clock = clock;
    }

    /** Begin of a minute; null when the cause held in none. */
    Future<Instant> find(Cause cause, GateCatalogue catalogue, Instant asOf) {
        Run run = new Run();
        List<String> repeats = List.copyOf(catalogue.repeats());
        List<Instant> hour = Windows.minutesOfTheHour(asOf);
        for (Instant minute : hour) {
            Bucket bucket = memory.windows().minute(minute);
            if (bucket != null) {
                back(run, bucket, repeats, cause.members());
            }
        }
        if (run.broken() || run.begin() == null) {
            past.remove(cause.code());
            return Future.succeededFuture(run.begin());
        }
        return known(cause, repeats, run, hour.getLast());
    }

    private Future<Instant> known(Cause cause, List<String> repeats, Run run, Instant oldest) {
        Instant now = clock.instant();
        Past known = past.get(cause.code());
        boolean usable = known != null
                && known.generation == memory.generation()
                && known.at.plus(KEPT).isAfter(now)
                && !known.begin.failed();
        if (!usable) {
            if (past.size() >= MAX_KEPT) {
                past.clear();
            }
            Instant limit = now.minus(REACH);
            known = new Past(further(cause, repeats, run, oldest, limit), now, memory.generation());
            past.put(cause.code(), known);
        }
        return known.begin;
    }

    /** @param oldest minute that the run has seen */
    private Future<Instant> further(Cause cause, List<String> repeats, Run run, Instant oldest, Instant limit) {
        List<Instant> minutes = new ArrayList<>(MINUTES_AT_ONCE);
        Instant minute = oldest.minus(1, ChronoUnit.MINUTES);
        while (minutes.size() < MINUTES_AT_ONCE && minute.isAfter(limit)) {
            minutes.add(minute);
            minute = minute.minus(1, ChronoUnit.MINUTES);
        }
        if (run.broken() || minutes.isEmpty()) {
            return Future.succeededFuture(run.begin());
        }
        List<String> fields = fields(cause, repeats);
        List<Request> requests = minutes.stream()
                .map(each -> Reads.fields(keys.bucket(each), fields))
                .toList();
        return Reads.hashes(link, requests).compose(answers -> {
            for (int i = 0; i < minutes.size(); i++) {
                back(run, bucket(minutes.get(i), fields, answers.get(i)), repeats, cause.members());
            }
            return further(cause, repeats, run, minutes.getLast(), limit);
        });
    }

    private static List<String> fields(Cause cause, List<String> repeats) {
        List<String> fields = new ArrayList<>();
        for (Outcome outcome : Outcome.values()) {
            fields.add("decision:" + outcome);
        }
        repeats.forEach(gate -> fields.add("reason:" + gate));
        cause.members().forEach(gate -> fields.add("reason:" + gate));
        return fields;
    }

    /** @param values the answer to HMGET; null when the key is no hash */
    static Bucket bucket(Instant minute, List<String> fields, Response values) {
        Bucket.Builder bucket = Bucket.of(minute, name -> name);
        for (int i = 0; values != null && i < fields.size(); i++) {
            if (values.get(i) != null) {
                bucket.add(fields.get(i), values.get(i).toString());
            }
        }
        return bucket.build();
    }

    private static void back(Run run, Bucket minute, List<String> repeats, List<String> members) {
        long repeated = repeats.stream().mapToLong(minute::reason).sum();
        long held = members.stream().mapToLong(minute::reason).sum();
        run.back(minute.minute(), minute.total() - repeated, held);
    }
}
