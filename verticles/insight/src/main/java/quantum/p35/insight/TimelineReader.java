package quantum.p35.insight;

import io.vertx.core.Future;
import io.vertx.redis.client.Request;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;
import quantum.p35.api.Gate;
import quantum.p35.api.Keys;
import quantum.p35.api.Outcome;
import quantum.p35.api.Timeline;
import quantum.p35.redis.RedisLink;

/**
 * Answers for the past: the last hour from memory, up to 48 h from the minutes in Redis, and beyond from the hours.
 *
 * <p>Two days of whole minutes are millions of fields. So the hours, which are small, tell which gates are worth asking
 * for, and of the minutes only these are read.
 */
final class TimelineReader {

    private static final int AT_ONCE = 120;
    private static final int CANDIDATES = 24;
    private static final int GATES = 8;

    private final RedisLink link;
    private final Keys keys;
    private final Refresh memory;

    TimelineReader(RedisLink link, Keys keys, Refresh memory) {
        this.link = link;
        this.keys = keys;
        this.memory = memory;
    }

    Future<Timeline.Answer> read(Timeline.Question question) {
        Instant asOf = memory.asOf();
        Steps steps = Steps.of(question, asOf);
        Instant to = question.to() == null || question.to().isAfter(asOf) ? asOf : question.to();
        List<Instant> parts = steps.parts(asOf);
        if (steps.hours()) {
            return whole(parts, keys::hour).map(hours -> answer(steps, asOf, to, hours));
        }
        Instant remembered = Windows.minutesOfTheHour(asOf).getLast();
        List<Instant> older =
                parts.stream().filter(part -> part.isBefore(remembered)).toList();
        List<Bucket> recent = parts.stream()
                .filter(part -> !part.isBefore(remembered))
                .map(memory.windows()::minute)
                .filter(bucket -> bucket != null)
                .toList();
        return minutes(older, recent).map(all -> answer(steps, asOf, to, all));
    }

    private Future<List<Bucket>> minutes(List<Instant> older, List<Bucket> recent) {
        if (older.isEmpty()) {
            return Future.succeededFuture(recent);
        }
        Set<Instant> hours = new TreeSet<>();
        older.forEach(minute -> hours.add(minute.truncatedTo(ChronoUnit.HOURS)));
        return whole(List.copyOf(hours), keys::hour).compose(sums -> {
            List<Bucket> telling = new ArrayList<>(sums);
            telling.addAll(recent);
            List<String> fields = fields(telling);
            return inChunks(older, keys::bucket, key -> Reads.fields(key, fields), fields, new ArrayList<>(recent));
        });
    }

    private static List<String> fields(List<Bucket> telling) {
        Set<String> fields = new LinkedHashSet<>();
        for (Outcome outcome : Outcome.values()) {
            fields.add("decision:" + outcome);
        }
        largest(telling, CANDIDATES).forEach(gate -> fields.add("reason:" + gate));
        return List.copyOf(fields);
    }

    private Future<List<Bucket>> whole(List<Instant> parts, Function<Instant, String> key) {
        return inChunks(parts, key, Reads::hash, null, new ArrayList<>());
    }

    /** @param fields that were asked for; null when all were */
    private Future<List<Bucket>> inChunks(
            List<Instant> parts,
            Function<Instant, String> key,
            Function<String, Request> request,
            List<String> fields,
            List<Bucket> read) {
        if (parts.isEmpty()) {
            return Future.succeededFuture(read);
        }
        List<Instant> now = parts.subList(0, Math.min(AT_ONCE, parts.size()));
        List<Request> requests = now.stream().map(key).map(request).toList();
        return Reads.hashes(link, requests).compose(answers -> {
            for (int i = 0; i < now.size(); i++) {
                Instant part = now.get(i);
                Bucket.Builder bucket = Bucket.of(part, name -> name);
                if (fields == null) {
                    Reads.pairs(answers.get(i), bucket::add);
                    read.add(bucket.build());
                } else {
                    read.add(SinceFinder.bucket(part, fields, answers.get(i)));
                }
            }
            return inChunks(parts.subList(now.size(), parts.size()), key, request, fields, read);
        });
    }

    /** The gates with most decisions, {@code none} not among them. */
    private static List<String> largest(List<Bucket> buckets, int limit) {
        Map<String, Long> sums = new HashMap<>();
        buckets.forEach(bucket -> bucket.reasons().forEach((gate, count) -> sums.merge(gate, count, Long::sum)));
        sums.remove(Gate.NONE.code());
        return SymbolSums.largest(sums, limit);
    }

    private static Timeline.Answer answer(Steps steps, Instant asOf, Instant to, List<Bucket> parts) {
        List<String> gates = largest(parts, GATES);
        List<List<Bucket>> byStep = new ArrayList<>();
        for (int i = 0; i < steps.count(); i++) {
            byStep.add(new ArrayList<>());
        }
        for (Bucket part : parts) {
            int index = steps.index(part.minute());
            if (index >= 0 && index < steps.count()) {
                byStep.get(index).add(part);
            }
        }
        List<Timeline.Point> points = new ArrayList<>(steps.count());
        for (int i = 0; i < steps.count(); i++) {
            Counts sum = Counts.sum(byStep.get(i));
            Map<String, Long> byGate = new HashMap<>();
            gates.forEach(gate -> byGate.put(gate, sum.reason(gate)));
            points.add(new Timeline.Point(steps.begin(i), sum.decisions(), byGate));
        }
        return new Timeline.Answer(asOf, steps.from(), to, steps.step(), gates, points);
    }
}
