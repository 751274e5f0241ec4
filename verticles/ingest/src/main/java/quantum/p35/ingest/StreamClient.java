package quantum.p35.ingest;

import io.vertx.core.Future;
import io.vertx.redis.client.Command;
import io.vertx.redis.client.Request;
import io.vertx.redis.client.Response;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import quantum.p35.api.Keys;
import quantum.p35.redis.RedisLink;
import quantum.p35.redis.Script;

/** The commands that ingest sends about the stream, and their answers in our words. */
final class StreamClient {

    private static final String STREAM = "stream.lua";
    private static final Script REGROUP = Script.resource(StreamClient.class, STREAM, "regroup.lua");
    private static final Script GONE = Script.resource(StreamClient.class, STREAM, "gone.lua");
    private static final Script CLAIM = Script.resource(StreamClient.class, "claim.lua");
    private static final Script KEEP = Script.resource(StreamClient.class, "keep.lua");
    private static final Script OBSERVE = Script.resource(StreamClient.class, STREAM, "observe.lua");

    private static final Duration BLOCK = Duration.ofSeconds(1);
    /** A blocked read may last longer than BLOCK says; a frozen server is to be noticed within 5 s. */
    private static final Duration READ_DEADLINE = BLOCK.plusSeconds(2);

    private static final int PAGE = 1000;

    /**
     * @param making tells this group from one that was made before or will be made later
     * @param history Redis's replication id: another one after a restart, and whenever a replica becomes the master
     * @param made whether it was made just now
     * @param lost held entries that nobody can count any more
     */
    record Group(String making, String history, boolean made, int lost) {

        /** What a delivery is good for: after a failover the new master may not know of it, and delivers again. */
        String generation() {
            return making + "/" + history;
        }
    }

    /** @param kept the newest id that is still there; empty when none was found */
    record Gone(int entries, String kept) {}

    /** @param cursor where to go on; {@code 0-0} at the end */
    record Claim(String cursor, List<String> ids, int lost) {}

    /**
     * @param pending entries delivered and not yet ACKed, of all consumers
     * @param lag entries not yet delivered; -1 when unknown
     * @param oldestMillis epoch milliseconds of the oldest entry not yet counted, by its id; -1 when there is none
     * @param found losses that this look itself found and counted
     * @param perhapsGone entries between lastDelivered and first may have been trimmed unread (Redis 6 cannot tell)
     */
    record Observation(
            long pending,
            long lag,
            long oldestMillis,
            long processed,
            long lost,
            String lastDelivered,
            String first,
            boolean perhapsGone,
            long found) {}

    /** Entries not yet decoded. */
    record Rows(Response rows) {

        int size() {
            return rows == null ? 0 : rows.size();
        }

        List<RawEntry> decode() {
            return rows == null ? List.of() : entries(rows);
        }
    }

    private final RedisLink reads;
    private final RedisLink control;
    private final Keys keys;

    /**
     * @param reads used for blocking reads, and between them to ask about the group: by the very server that delivers,
     *     since while Redis fails over the two links may lead to different ones
     */
    StreamClient(RedisLink reads, RedisLink control, Keys keys) {
        this.reads = reads;
        this.control = control;
        this.keys = keys;
    }

    /** New entries as they came, to be decoded when there is time; waits up to a second for the first one. */
    Future<Rows> read(String consumer, int count) {
        Request request = Request.cmd(Command.XREADGROUP)
                .arg("GROUP")
                .arg(keys.group())
                .arg(consumer)
                .arg("COUNT")
                .arg(count)
                .arg("BLOCK")
                .arg(BLOCK.toMillis())
                .arg("STREAMS")
                .arg(keys.stream())
                .arg(">");
        return reads.send(request, READ_DEADLINE)
                .map(answer -> new Rows(answer == null ? null : answer.get(0).get(1)));
    }

    /**
     * Makes the group when it is not there. Not while a read is under way.
     *
     * @param owner who holds them: losses are counted once however often this is asked
     * @param held ids in hand, to be told how many of them are lost
     */
    Future<Group> regroup(String owner, List<String> held) {
        List<String> args = new ArrayList<>(held.size() + 1);
        args.add(keys.group());
        args.addAll(held);
        return reads.run(REGROUP, List.of(keys.stream(), keys.status(), keys.lease("settled:" + owner)), args)
                .map(answer -> new Group(
                        answer.get(0).toString(),
                        answer.get(3).toString(),
                        answer.get(1).toInteger() == 1,
                        answer.get(2).toInteger()));
    }

    /**
     * How many entries that were read in another history of Redis are not in this one.
     *
     * @param owner who read them: losses are counted once however often this is asked
     * @param newestFirst their ids
     */
    Future<Gone> gone(String owner, List<String> newestFirst) {
        if (newestFirst.isEmpty()) {
            return Future.succeededFuture(new Gone(0, ""));
        }
        return reads.run(GONE, List.of(keys.stream(), keys.status(), keys.lease("gone:" + owner)), newestFirst)
                .map(answer -> new Gone(answer.get(0).toInteger(), answer.get(1).toString()));
    }

    /** Takes over entries of any consumer that idle for at least {@code idle}. */
    Future<Claim> claim(String consumer, Duration idle, String cursor) {
        return control.run(
                        CLAIM,
                        List.of(keys.stream(), keys.status()),
                        List.of(keys.group(), consumer, Long.toString(idle.toMillis()), cursor, Integer.toString(PAGE)))
                .map(answer -> new Claim(
                        answer.get(0).toString(),
                        strings(answer.get(1)),
                        answer.get(2).toInteger()));
    }

    /** Keeps entries in hand from looking idle; answers how many of them are lost, because they were trimmed meanwhile. */
    Future<Integer> keep(String consumer, List<String> ids) {
        List<String> args = new ArrayList<>(List.of(keys.group(), consumer));
        args.addAll(ids);
        return control.run(KEEP, List.of(keys.stream(), keys.status()), args).map(Response::toInteger);
    }

    /** Ids pending under this name, idle for at least {@code idle}, behind {@code after} ({@code -}: from the first). */
    Future<List<String>> pending(String consumer, Duration idle, String after) {
        Request request = Request.cmd(Command.XPENDING)
                .arg(keys.stream())
                .arg(keys.group())
                .arg("IDLE")
                .arg(idle.toMillis())
                .arg(after.equals("-") ? after : "(" + after)
                .arg("+")
                .arg(PAGE)
                .arg(consumer);
        return control.send(request).map(answer -> {
            List<String> ids = new ArrayList<>(answer.size());
            answer.forEach(row -> ids.add(row.get(0).toString()));
            return ids;
        });
    }

    /** The entries of these ids, in the same order; null in the place of one that is gone. */
    Future<List<RawEntry>> fetch(List<String> ids) {
        List<Request> requests = ids.stream()
                .map(id ->
                        Request.cmd(Command.XRANGE).arg(keys.stream()).arg(id).arg(id))
                .toList();
        return control.batch(requests).map(answers -> {
            List<RawEntry> found = new ArrayList<>(answers.size());
            answers.forEach(answer -> found.add(answer.size() == 0 ? null : entry(answer.get(0))));
            return found;
        });
    }

    /** The newest entries before {@code before} ({@code +}: the newest of all), newest first. */
    Future<List<RawEntry>> newest(String before, int count) {
        Request request = Request.cmd(Command.XREVRANGE)
                .arg(keys.stream())
                .arg(before.equals("+") ? before : "(" + before)
                .arg("-")
                .arg("COUNT")
                .arg(count);
        return control.send(request).map(StreamClient::entries);
    }

    /** @param status fields and values to write into the status hash */
    Future<Observation> observe(Map<String, String> status) {
        List<String> args = new ArrayList<>();
        args.add(keys.group());
        status.forEach((field, value) -> {
            args.add(field);
            args.add(value);
        });
        return control.run(OBSERVE, List.of(keys.stream(), keys.status()), args)
                .map(answer -> new Observation(
                        answer.get(0).toLong(),
                        answer.get(1).toLong(),
                        answer.get(2).toLong(),
                        answer.get(3).toLong(),
                        answer.get(4).toLong(),
                        answer.get(5).toString(),
                        answer.get(6).toString(),
                        answer.get(7).toInteger() == 1,
                        answer.get(8).toLong()));
    }

    private static List<RawEntry> entries(Response rows) {
        List<RawEntry> entries = new ArrayList<>(rows.size());
        for (Response row : rows) {
            entries.add(entry(row));
        }
        return entries;
    }

    private static RawEntry entry(Response row) {
        Response flat = row.get(1);
        Map<String, String> fields = HashMap.newHashMap(flat.size() / 2);
        for (int i = 0; i + 1 < flat.size(); i += 2) {
            fields.put(flat.get(i).toString(), flat.get(i + 1).toString());
        }
        return new RawEntry(row.get(0).toString(), fields);
    }

    private static List<String> strings(Response rows) {
        List<String> strings = new ArrayList<>(rows.size());
        rows.forEach(row -> strings.add(row.toString()));
        return strings;
    }
}
