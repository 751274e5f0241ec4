package quantum.p35.aggregate;

import com.fasterxml.jackson.core.JsonGenerator;
import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import quantum.p35.api.BusMessages;
import quantum.p35.api.DecisionsRead;
import quantum.p35.api.Finding;
import quantum.p35.api.Keys;

/** Which fields of which keys a batch counts in, as {@code commit.lua} wants to be told. */
final class CommitPlan {

    private static final Duration BUCKET_LIFE = Duration.ofHours(48);
    private static final Duration HOUR_LIFE = Duration.ofDays(35);
    private static final Duration PLANS_LIFE = Duration.ofHours(2);
    private static final Duration UNKNOWN_LIFE = Duration.ofHours(1);

    /** A hash and the fields of it that this batch counts in. */
    private static final class Hash {
        private final int key;
        private final Duration life;
        private final Map<String, Integer> numbers = new LinkedHashMap<>();
        private int limit = Integer.MAX_VALUE;

        Hash(int key, Duration life) {
            this.key = key;
            this.life = life;
        }

        Hash limitedTo(int fields) {
            limit = Math.min(limit, fields);
            return this;
        }

        void add(List<String> fields) {
            fields.forEach(field -> numbers.put(field, 0));
        }

        void write(JsonGenerator json, List<String> fields) throws IOException {
            for (String field : fields) {
                json.writeNumber(numbers.get(field));
            }
        }
    }

    private final Keys keys;
    private final CommitBatch batch;
    private final boolean limited;
    private final List<String> keyNames;
    private final Map<String, Hash> hashes = new LinkedHashMap<>();

    /** @param limited whether the script shall refuse when a bucket or an hour would grow over its bound; raw texts always */
    CommitPlan(Keys keys, CommitBatch batch, boolean limited) {
        this.keys = keys;
        this.batch = batch;
        this.limited = limited;
        this.keyNames = new ArrayList<>(List.of(keys.stream(), keys.status(), keys.lastExecute()));
        batch.tuples().keySet().forEach(this::plan);
        batch.plans().keySet().forEach(of -> keyNames.add(keys.plans(of.minute(), of.gate())));
    }

    /** The fields of the bucket that one decision of this tuple counts in. */
    static List<String> bucketFields(CommitBatch.Tuple tuple) {
        List<String> fields = new ArrayList<>(8);
        String gate = tuple.gate().code();
        fields.add("decision:" + tuple.outcome());
        fields.add("reason:" + gate);
        if (tuple.symbol() != null) {
            fields.add("symbol_decision:" + tuple.symbol() + ":" + tuple.outcome());
            if (!tuple.gate().isNone()) {
                fields.add("symbol_reason:" + tuple.symbol() + ":" + gate);
            }
        }
        if (tuple.pair() != Repeats.Pair.NONE) {
            fields.add("repeat:pairs");
        }
        if (tuple.pair() == Repeats.Pair.SAME) {
            fields.add("repeat:same");
        }
        for (Finding finding : tuple.findings()) {
            fields.add("quality:" + finding.field());
        }
        return fields;
    }

    static List<String> hourFields(CommitBatch.Tuple tuple) {
        return List.of(
                "decision:" + tuple.outcome(), "reason:" + tuple.hourGate().code());
    }

    private void plan(CommitBatch.Tuple tuple) {
        int gates = limited && !tuple.gate().catalogued() ? Bounds.GATES : Integer.MAX_VALUE;
        int symbols = limited ? Bounds.SYMBOLS : Integer.MAX_VALUE;
        bucket(tuple).limitedTo(Math.min(gates, symbols)).add(bucketFields(tuple));
        hour(tuple).limitedTo(gates).add(hourFields(tuple));
        if (!tuple.unknownTexts().isEmpty()) {
            unknown(tuple).limitedTo(Bounds.UNKNOWN_TEXTS).add(tuple.unknownTexts());
        }
    }

    private Hash bucket(CommitBatch.Tuple tuple) {
        return hash(keys.bucket(tuple.minute()), BUCKET_LIFE);
    }

    private Hash hour(CommitBatch.Tuple tuple) {
        return hash(keys.hour(tuple.minute()), HOUR_LIFE);
    }

    private Hash unknown(CommitBatch.Tuple tuple) {
        return hash(keys.unknown(tuple.minute()), UNKNOWN_LIFE);
    }

    private Hash hash(String key, Duration life) {
        return hashes.computeIfAbsent(key, name -> {
            keyNames.add(name);
            return new Hash(keyNames.size(), life);
        });
    }

    /** The keys that the script will touch, in the order that {@link #arguments} counts on. */
    List<String> keyNames() {
        return keyNames;
    }

    /** The plan as JSON, then the ids of the tuples, then the trimmed ids. */
    List<String> arguments(Instant now) {
        DecisionsRead read = batch.read();
        List<String> arguments =
                new ArrayList<>(1 + read.decisions().size() + read.trimmed().size());
        arguments.add(json(now));
        batch.tuples().values().forEach(arguments::addAll);
        arguments.addAll(read.trimmed());
        return arguments;
    }

    private String json(Instant now) {
        StringWriter text = new StringWriter(16 * 1024);
        try (JsonGenerator json = BusMessages.JSON.createGenerator(text)) {
            DecisionsRead read = batch.read();
            json.writeStartObject();
            json.writeStringField("group", keys.group());
            json.writeStringField("generation", read.generation());
            json.writeStringField("consumer", read.consumer());
            json.writeBooleanField("fresh", read.fresh());
            json.writeNumberField("now", now.getEpochSecond());
            if (!read.decisions().isEmpty()) {
                // entries come in stream order, so the last one is the highest
                json.writeStringField("lastId", read.decisions().getLast().entryId());
            }
            writeHashes(json);
            writeTuples(json);
            writePlans(json);
            json.writeArrayFieldStart("executes");
            for (Map.Entry<String, Long> execute : batch.executes().entrySet()) {
                json.writeStartArray();
                json.writeString(execute.getKey());
                json.writeNumber(execute.getValue());
                json.writeEndArray();
            }
            json.writeEndArray();
            json.writeNumberField("trimmed", read.trimmed().size());
            json.writeEndObject();
        } catch (IOException e) {
            throw new UncheckedIOException("writing to a string cannot fail", e);
        }
        return text.toString();
    }

    /** Gives the fields their numbers, through all hashes, beginning at 1 as Lua does. */
    private void writeHashes(JsonGenerator json) throws IOException {
        int number = 0;
        json.writeArrayFieldStart("hashes");
        for (Hash hash : hashes.values()) {
            json.writeStartArray();
            json.writeNumber(hash.key);
            json.writeNumber(hash.life.toSeconds());
            json.writeNumber(hash.limit == Integer.MAX_VALUE ? 0 : hash.limit);
            json.writeStartArray();
            for (Map.Entry<String, Integer> field : hash.numbers.entrySet()) {
                field.setValue(++number);
                json.writeString(field.getKey());
            }
            json.writeEndArray();
            json.writeEndArray();
        }
        json.writeEndArray();
    }

    private void writeTuples(JsonGenerator json) throws IOException {
        json.writeArrayFieldStart("tuples");
        for (Map.Entry<CommitBatch.Tuple, List<String>> entry : batch.tuples().entrySet()) {
            CommitBatch.Tuple tuple = entry.getKey();
            json.writeStartArray();
            json.writeNumber(entry.getValue().size());
            bucket(tuple).write(json, bucketFields(tuple));
            hour(tuple).write(json, hourFields(tuple));
            if (!tuple.unknownTexts().isEmpty()) {
                unknown(tuple).write(json, tuple.unknownTexts());
            }
            json.writeEndArray();
        }
        json.writeEndArray();
    }

    private void writePlans(JsonGenerator json) throws IOException {
        int key = keyNames.size() - batch.plans().size();
        json.writeArrayFieldStart("plans");
        for (Set<String> planIds : batch.plans().values()) {
            json.writeStartArray();
            json.writeNumber(++key);
            json.writeNumber(PLANS_LIFE.toSeconds());
            for (String planId : planIds) {
                json.writeString(planId);
            }
            json.writeEndArray();
        }
        json.writeEndArray();
    }
}
