package quantum.p35.insight;

import io.vertx.core.Future;
import io.vertx.redis.client.Command;
import io.vertx.redis.client.Request;
import io.vertx.redis.client.Response;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import quantum.p35.api.Keys;
import quantum.p35.redis.RedisLink;

/** Asks Redis how far the counting is, whether somebody reads the stream, and how Redis itself is. */
final class ProgressReader {

    /** Whoever begins to read says so within a second, and while instances are replaced nobody may seem to. */
    private static final Duration UNREAD = Duration.ofSeconds(3);

    private final RedisLink link;
    private final Keys keys;
    private Duration latency = Duration.ZERO;
    private String version = "unknown";
    private boolean nobodySeen;
    private long nobodySinceNanos;

    ProgressReader(RedisLink link, Keys keys) {
        this.link = link;
        this.keys = keys;
    }

    Future<Progress> read() {
        long began = System.nanoTime();
        Future<Void> ping = link.send(Request.cmd(Command.PING)).map(pong -> {
            latency = Duration.ofNanos(System.nanoTime() - began);
            return null;
        });
        Future<Map<String, String>> status = Reads.map(link, keys.status());
        Future<Map<String, String>> lastExecute = Reads.map(link, keys.lastExecute());
        Future<String> delivered =
                orNull(Request.cmd(Command.XINFO).arg("GROUPS").arg(keys.stream()), this::deliveredTo);
        Future<String> oldestPending =
                orNull(Request.cmd(Command.XPENDING).arg(keys.stream()).arg(keys.group()), pending -> text(pending, 1));
        return Future.all(ping, status, lastExecute, delivered, oldestPending)
                .compose(all -> lookForReader(status.result().get("consumer_name")))
                .compose(looked -> firstAfter(position(delivered.result(), status.result())))
                .map(unread -> Progress.of(
                        status.result(), lastExecute.result(), older(unread, Progress.timeOf(oldestPending.result()))));
    }

    /** @param name of the consumer that looked last at how far it is; null when none ever did. Its lease says whether it lives */
    private Future<Void> lookForReader(String name) {
        return orNull(Request.cmd(Command.EXISTS).arg(keys.lease("consumer:" + name)), Response::toString)
                .map(there -> {
                    boolean nobody = "0".equals(there);
                    if (nobody && !nobodySeen) {
                        nobodySinceNanos = System.nanoTime();
                    }
                    nobodySeen = nobody;
                    return null;
                });
    }

    /** Whether nobody reads the stream, in no process. */
    boolean unread() {
        return nobodySeen && System.nanoTime() - nobodySinceNanos >= UNREAD.toNanos();
    }

    /** Without a group (it was deleted, or never made) the last id that was counted; null when nothing ever was. */
    private static String position(String delivered, Map<String, String> status) {
        return delivered == null ? status.get("last_id") : delivered;
    }

    /** Time of the first entry after that id, null when there is none. */
    private Future<Instant> firstAfter(String id) {
        String from = id == null || id.isBlank() ? "-" : "(" + id;
        Request range = Request.cmd(Command.XRANGE)
                .arg(keys.stream())
                .arg(from)
                .arg("+")
                .arg("COUNT")
                .arg(1);
        return orNull(range, entries -> entries.size() == 0 ? null : text(entries.get(0), 0))
                .map(Progress::timeOf);
    }

    private String deliveredTo(Response groups) {
        for (Response group : groups) {
            String name = null;
            String delivered = null;
            for (int i = 0; i + 1 < group.size(); i += 2) {
                switch (text(group, i)) {
                    case "name" -> name = text(group, i + 1);
                    case "last-delivered-id" -> delivered = text(group, i + 1);
                    default -> {}
                }
            }
            if (keys.group().equals(name)) {
                return delivered;
            }
        }
        return null;
    }

    private static String text(Response array, int index) {
        Response element = array.get(index);
        return element == null ? null : element.toString();
    }

    private static Instant older(Instant a, Instant b) {
        if (a == null || b == null) {
            return a == null ? b : a;
        }
        return a.isBefore(b) ? a : b;
    }

    private interface Reading {
        String of(Response answer);
    }

    /** Null when Redis refuses: there is no stream, no group, or no right to ask. */
    private Future<String> orNull(Request request, Reading reading) {
        return link.send(request)
                .map(answer -> answer == null ? null : reading.of(answer))
                .recover(error -> Reads.refused(error) ? Future.succeededFuture(null) : Future.failedFuture(error));
    }

    /** Once for each connection: another server may answer now. */
    Future<Void> readVersion() {
        return link.send(Request.cmd(Command.INFO).arg("server")).map(info -> {
            version = info.toString()
                    .lines()
                    .filter(line -> line.startsWith("redis_version:"))
                    .map(line -> line.substring(line.indexOf(':') + 1).strip())
                    .findFirst()
                    .orElse("unknown");
            return null;
        });
    }

    /** Of the last PING. */
    Duration latency() {
        return latency;
    }

    String version() {
        return version;
    }
}
