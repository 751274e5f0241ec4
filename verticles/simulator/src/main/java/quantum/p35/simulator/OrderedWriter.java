package quantum.p35.simulator;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.redis.client.Command;
import io.vertx.redis.client.Request;
import io.vertx.redis.client.Response;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import quantum.p35.redis.RedisFailure;
import quantum.p35.redis.RedisLink;

/**
 * Adds entries under ids of our own, in order, each exactly once whatever becomes of Redis meanwhile: after a failure it
 * asks for the newest id and goes on behind it. Only while nobody else writes to the stream.
 */
final class OrderedWriter {

    record Numbered(EntryId id, SimulatedEntry entry) {}

    /** Enough for a full pipeline, and under the number of answers that a connection can wait for. */
    static final int PIPELINE = 1000;

    private static final long AGAIN_MILLIS = 100;

    private final Vertx vertx;
    private final RedisLink link;
    private final String stream;

    OrderedWriter(Vertx vertx, RedisLink link, String stream) {
        this.vertx = vertx;
        this.link = link;
        this.stream = stream;
    }

    /**
     * Succeeds when all are in the stream, however long that takes; fails when Redis refuses for good, because the key is
     * no stream.
     */
    Future<Void> write(List<Numbered> entries) {
        if (entries.size() <= PIPELINE) {
            return send(entries);
        }
        List<Numbered> rest = entries.subList(PIPELINE, entries.size());
        return send(entries.subList(0, PIPELINE)).compose(sent -> write(rest));
    }

    private Future<Void> send(List<Numbered> entries) {
        List<Request> requests = new ArrayList<>(entries.size());
        entries.forEach(numbered -> requests.add(add(stream, numbered.id().toString(), numbered.entry())));
        return link.batch(requests)
                .<Void>mapEmpty()
                .recover(error -> hopeless(error) ? Future.failedFuture(error) : resume(entries));
    }

    private static boolean hopeless(Throwable error) {
        return !(error instanceof RedisFailure failure) || failure.refusedWith("WRONGTYPE");
    }

    private Future<Void> resume(List<Numbered> entries) {
        return vertx.timer(AGAIN_MILLIS, TimeUnit.MILLISECONDS)
                .compose(fired -> awaitNewest())
                .compose(newest -> send(entries.stream()
                        .filter(numbered -> numbered.id().compareTo(newest) > 0)
                        .toList()));
    }

    /**
     * The newest id ever added, {@link EntryId#ZERO} when there is no stream; asks until Redis answers. Fails when the key
     * is no stream.
     */
    Future<EntryId> awaitNewest() {
        return newest().recover(error -> hopeless(error)
                ? Future.failedFuture(error)
                : vertx.timer(AGAIN_MILLIS, TimeUnit.MILLISECONDS).compose(fired -> awaitNewest()));
    }

    private Future<EntryId> newest() {
        return link.send(Request.cmd(Command.XINFO).arg("STREAM").arg(stream))
                .map(OrderedWriter::lastGenerated)
                .recover(error -> error instanceof RedisFailure failure && failure.refusedWith("ERR")
                        ? Future.succeededFuture(EntryId.ZERO)
                        : Future.failedFuture(error));
    }

    private static EntryId lastGenerated(Response info) {
        for (int i = 0; i + 1 < info.size(); i += 2) {
            if (info.get(i).toString().equals("last-generated-id")) {
                return EntryId.of(info.get(i + 1).toString());
            }
        }
        throw new IllegalStateException("XINFO STREAM names no last-generated-id");
    }

    /** @param id {@code *} lets Redis choose */
    static Request add(String stream, String id, SimulatedEntry entry) {
        return fields(Request.cmd(Command.XADD).arg(stream).arg(id), entry);
    }

    static Request addCapped(String stream, long maxLength, SimulatedEntry entry) {
        Request request =
                Request.cmd(Command.XADD).arg(stream).arg("MAXLEN").arg("~").arg(maxLength);
        return fields(request.arg("*"), entry);
    }

    private static Request fields(Request request, SimulatedEntry entry) {
        entry.fields().forEach((name, value) -> request.arg(name).arg(value));
        return request;
    }
}
