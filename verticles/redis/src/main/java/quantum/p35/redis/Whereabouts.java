package quantum.p35.redis;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.redis.client.Command;
import io.vertx.redis.client.Redis;
import io.vertx.redis.client.Request;
import io.vertx.redis.client.Response;
import io.vertx.redis.client.impl.types.ErrorType;
import java.time.Duration;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;

/**
 * Where the server is now: the one of the URL; else the master that sentinels name, or the node of the cluster that holds the
 * slot of our keys.
 *
 * <p>They are asked one after another, beginning with the one that answered last: so one that is dead or frozen costs its
 * second once. The connection to that one stays, because the question comes again and again.
 */
final class Whereabouts {

    private static final Duration PATIENCE = Duration.ofSeconds(1);

    private final Vertx vertx;
    private final RedisSettings settings;
    private final String name;
    private final Reason reason;

    private Future<Node> asking;
    private Redis client;
    private int chosen;
    private boolean closed;

    Whereabouts(Vertx vertx, RedisSettings settings, String name, Reason reason) {
        this.vertx = vertx;
        this.settings = settings;
        this.name = name;
        this.reason = reason;
    }

    /** Null for a Unix socket. Fails with a {@link RedisFailure} that says what each of them said. */
    Future<Node> find() {
        if (!settings.moves()) {
            return Future.succeededFuture(
                    settings.nodes().isEmpty() ? null : settings.nodes().getFirst());
        }
        if (asking == null) {
            asking = ask(new TreeMap<>()).onComplete(done -> asking = null);
        }
        return asking;
    }

    /** What the chosen one says has proved wrong: another one is asked next. */
    void distrust() {
        hangUp();
        chosen = (chosen + 1) % settings.nodes().size();
    }

    /** Nobody is asked any more. */
    void close() {
        closed = true;
        hangUp();
    }

    private void hangUp() {
        if (client != null) {
            client.close();
            client = null;
        }
    }

    /** @param complaints by position in the URL, so that the same trouble is told in the same words */
    private Future<Node> ask(Map<Integer, String> complaints) {
        if (closed) {
            return Future.failedFuture(unknown("closed"));
        }
        int asked = chosen;
        Node seed = settings.nodes().get(asked);
        Duration patience = reason.patience(PATIENCE);
        // within compose: an exception would end the looking for ever
        return Future.succeededFuture(seed)
                .compose(node -> client(node).send(question()))
                .timeout(patience.toMillis(), TimeUnit.MILLISECONDS)
                .map(answer -> settings.cluster() ? slotHolder(answer, seed) : master(answer))
                .recover(error -> {
                    complaints.put(asked, seed + " " + complaint(error, patience));
                    distrust();
                    return complaints.size() < settings.nodes().size()
                            ? ask(complaints)
                            : Future.failedFuture(unknown(settings.source() + ": "
                                    + complaints.values().stream().collect(Collectors.joining("; "))));
                });
    }

    private Redis client(Node seed) {
        if (client == null) {
            client = Redis.createClient(vertx, settings.seedOptions(name + "-look", seed));
        }
        return client;
    }

    private String complaint(Throwable error, Duration patience) {
        boolean closed = error instanceof ErrorType refused && refused.is("NOAUTH");
        return closed && !settings.cluster()
                ? "asks for a password: a sentinel must answer without one, the login in the Redis URL is the master's"
                : reason.of(error, patience);
    }

    private Request question() {
        return settings.cluster()
                ? Request.cmd(Command.CLUSTER).arg("SLOTS") // not SHARDS: Redis 6.2 has none
                : Request.cmd(Command.SENTINEL).arg("GET-MASTER-ADDR-BY-NAME").arg(settings.sentinel());
    }

    private Node master(Response answer) {
        if (answer == null) {
            throw unknown("watches no master of the name '" + settings.sentinel()
                    + "': give the name in its 'sentinel monitor' line as ?sentinel=");
        }
        return new Node(answer.get(0).toString(), answer.get(1).toInteger());
    }

    private Node slotHolder(Response ranges, Node asked) {
        for (Response range : ranges) {
            if (range.get(0).toInteger() <= settings.slot()
                    && settings.slot() <= range.get(1).toInteger()) {
                Response master = range.get(2);
                Response host = master.get(0);
                // a node that does not know its own address, or is told to hide it, is found where it was asked
                boolean told = host != null
                        && !host.toString().isEmpty()
                        && !host.toString().equals("?");
                return new Node(
                        told ? host.toString() : asked.host(), master.get(1).toInteger());
            }
        }
        throw unknown("says that no node holds slot " + settings.slot() + ", that of '" + settings.slotKey() + "'");
    }

    private static RedisFailure unknown(String why) {
        return new RedisFailure(RedisFailure.Kind.NOT_CONNECTED, why);
    }
}
