package quantum.p35.aggregate;

import com.fasterxml.jackson.core.JsonGenerator;
import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import quantum.p35.api.BusMessages;
import quantum.p35.api.Decision;
import quantum.p35.api.DecisionsRead;
import quantum.p35.api.Finding;
import quantum.p35.api.Gate;
import quantum.p35.api.Keys;
import quantum.p35.api.Outcome;

/**
 * What {@code commit.lua} is given: decisions that count alike are one tuple, so that each field of a bucket is written
 * once for the whole batch and not once for each decision.
 */
final class CommitBatch {

    /** Decisions that are equal in this count the same fields. */
    private record Tuple(
            Instant minute,
            Outcome outcome,
            Gate gate,
            String symbol,
            Repeats.Pair pair,
            Set<Finding> findings,
            List<String> unknownTexts) {}

    private record PlansOf(Instant minute, String gate) {}

    private final Keys keys;
    private final String generation;
    private final List<Decision> decisions;
    private final List<String> trimmed;
    private final Map<Tuple, List<String>> tuples = new LinkedHashMap<>();
    private final Map<PlansOf, Set<String>> plans = new LinkedHashMap<>();
    private final Map<String, Long> executes = new HashMap<>();
    private final Set<Instant> minutes = new LinkedHashSet<>();

    CommitBatch(Keys keys, DecisionsRead read, Repeats repeats) {
        this.keys = keys;
        this.generation = read.generation();
        this.decisions = read.decisions();
        this.trimmed = read.trimmed();
        decisions.forEach(decision -> add(decision, repeats.next(decision)));
    }

    private void add(Decision decision, Repeats.Pair pair) {
        Instant minute = decision.time().truncatedTo(ChronoUnit.MINUTES);
        minutes.add(minute);
        tuples.computeIfAbsent(
                        new Tuple(
                                minute,
                                decision.outcome(),
                                decision.gate(),
                                decision.symbol(),
                                pair,
                                decision.findings(),
                                decision.unknownTexts()),
                        tuple -> new ArrayList<>())
                .add(decision.entryId());
        if (decision.planId() != null
                && decision.gate().catalogued()
                && !decision.gate().isNone()) {
            plans.computeIfAbsent(new PlansOf(minute, decision.gate().code()), key -> new LinkedHashSet<>())
                    .add(decision.planId());
        }
        if (decision.outcome() == Outcome.EXECUTE) {
            long at = decision.time().getEpochSecond();
            executes.merge("*", at, Math::max);
            if (decision.symbol() != null) {
                executes.merge(decision.symbol(), at, Math::max);
            }
        }
    }

    /** The minutes whose buckets a batch changes. */
    static Set<Instant> minutes(DecisionsRead read) {
        return read.decisions().stream()
                .map(decision -> decision.time().truncatedTo(ChronoUnit.MINUTES))
                .collect(Collectors.toSet());
    }

    /** The keys that the script will touch, in the order that {@link #arguments} counts on. */
    List<String> keyNames() {
        List<String> names = new ArrayList<>(List.of(keys.stream(), keys.status(), keys.lastExecute()));
        for (Instant minute : minutes) {
            names.add(keys.bucket(minute));
            names.add(keys.hour(minute));
            names.add(keys.unknown(minute));
        }
        plans.keySet().forEach(of -> names.add(keys.plans(of.minute, of.gate)));
        return names;
    }

    /** The plan as JSON, then the ids of the tuples, then the trimmed ids. */
    List<String> arguments(Instant now) {
        List<String> arguments = new ArrayList<>(1 + decisions.size() + trimmed.size());
        arguments.add(plan(now));
        tuples.values().forEach(arguments::addAll);
        arguments.addAll(trimmed);
        return arguments;
    }

    private String plan(Instant now) {
        StringWriter text = new StringWriter(64 * tuples.size() + 256);
        try (JsonGenerator json = BusMessages.JSON.createGenerator(text)) {
            json.writeStartObject();
            json.writeStringField("group", keys.group());
            json.writeStringField("generation", generation);
            json.writeNumberField("now", now.getEpochSecond());
            if (!decisions.isEmpty()) {
                // entries come in stream order, so the last one is the highest
                json.writeStringField("lastId", decisions.getLast().entryId());
            }
            Map<Instant, Integer> minuteIndex = writeMinutes(json);
            json.writeArrayFieldStart("tuples");
            for (Map.Entry<Tuple, List<String>> tuple : tuples.entrySet()) {
                writeTuple(json, minuteIndex, tuple.getKey(), tuple.getValue().size());
            }
            json.writeEndArray();
            writePlans(json);
            json.writeArrayFieldStart("executes");
            for (Map.Entry<String, Long> execute : executes.entrySet()) {
                json.writeStartArray();
                json.writeString(execute.getKey());
                json.writeNumber(execute.getValue());
                json.writeEndArray();
            }
            json.writeEndArray();
            json.writeNumberField("trimmed", trimmed.size());
            json.writeEndObject();
        } catch (IOException e) {
            throw new UncheckedIOException("writing to a string cannot fail", e);
        }
        return text.toString();
    }

    /** Each minute's three keys by their index, which begins at 4 behind stream, status and last_execute. */
    private Map<Instant, Integer> writeMinutes(JsonGenerator json) throws IOException {
        Map<Instant, Integer> index = new HashMap<>();
        json.writeArrayFieldStart("minutes");
        int key = 4;
        for (Instant minute : minutes) {
            json.writeArray(new int[] {key, key + 1, key + 2}, 0, 3);
            key += 3;
            index.put(minute, index.size() + 1);
        }
        json.writeEndArray();
        return index;
    }

    private void writeTuple(JsonGenerator json, Map<Instant, Integer> minuteIndex, Tuple tuple, int ids)
            throws IOException {
        json.writeStartArray();
        json.writeNumber(minuteIndex.get(tuple.minute));
        json.writeString(tuple.outcome.name());
        json.writeString(tuple.gate.code());
        json.writeNumber(tuple.gate.catalogued() ? 1 : 0);
        json.writeString(tuple.symbol == null ? "" : tuple.symbol);
        json.writeNumber(ids);
        json.writeStartArray();
        if (tuple.pair != Repeats.Pair.NONE) {
            json.writeString("repeat:pairs");
        }
        if (tuple.pair == Repeats.Pair.SAME) {
            json.writeString("repeat:same");
        }
        for (Finding finding : tuple.findings) {
            json.writeString("quality:" + finding.field());
        }
        json.writeEndArray();
        writeStrings(json, tuple.unknownTexts);
        json.writeEndArray();
    }

    private void writePlans(JsonGenerator json) throws IOException {
        int key = 4 + 3 * minutes.size();
        json.writeArrayFieldStart("plans");
        for (Set<String> planIds : plans.values()) {
            json.writeStartArray();
            json.writeNumber(key++);
            for (String planId : planIds) {
                json.writeString(planId);
            }
            json.writeEndArray();
        }
        json.writeEndArray();
    }

    private static void writeStrings(JsonGenerator json, Collection<String> texts) throws IOException {
        json.writeStartArray();
        for (String text : texts) {
            json.writeString(text);
        }
        json.writeEndArray();
    }
}
