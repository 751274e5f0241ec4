package quantum.p35.redis;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.redis.client.Command;
import io.vertx.redis.client.Redis;
import io.vertx.redis.client.RedisConnection;
import io.vertx.redis.client.Request;
import java.time.Duration;
import java.util.concurrent.TimeUnit;

/** One attempt to connect: asks where the server is, goes there, and makes sure that it is a master and ours. */
final class Dialer {

    /** @param client closed with the connection @param node null for a Unix socket */
    record Reached(Redis client, RedisConnection connection, Node node) {}

    private final Vertx vertx;
    private final RedisSettings settings;
    private final String name;
    private final Whereabouts whereabouts;
    private final Reason reason;

    Dialer(Vertx vertx, RedisSettings settings, String name, Whereabouts whereabouts, Reason reason) {
        this.vertx = vertx;
        this.settings = settings;
        this.name = name;
        this.whereabouts = whereabouts;
        this.reason = reason;
    }

    /** Fails with a {@link RedisFailure} that says who could not be reached and why. */
    Future<Reached> dial() {
        return whereabouts.find().compose(this::connect).map(reached -> {
            reason.worked();
            return reached;
        });
    }

    private Future<Reached> connect(Node node) {
        Duration patience = reason.patience(settings.deadline());
        Redis client;
        try {
            client = Redis.createClient(vertx, settings.options(name, node));
        } catch (RuntimeException e) {
            // sentinels and nodes may tell a name that no URL takes
            return Future.failedFuture(unreached(node, e, patience));
        }
        return client.connect()
                .compose(connection -> check(connection).map(new Reached(client, connection, node)))
                .timeout(patience.toMillis(), TimeUnit.MILLISECONDS)
                .recover(error -> {
                    client.close();
                    if (settings.cluster()) {
                        whereabouts.distrust();
                    }
                    return Future.failedFuture(unreached(node, error, patience));
                });
    }

    private RedisFailure unreached(Node node, Throwable error, Duration patience) {
        return new RedisFailure(RedisFailure.Kind.NOT_CONNECTED, settings.at(node) + " " + reason.of(error, patience));
    }

    /** Sentinels and nodes may name a server that has just been, or is not yet, the master. */
    private Future<Void> check(RedisConnection connection) {
        if (settings.sentinel() != null) {
            return connection.send(Request.cmd(Command.ROLE)).compose(role -> {
                boolean master = "master".equals(role.get(0).toString());
                return master
                        ? Future.succeededFuture()
                        : Future.failedFuture(new RedisFailure(
                                RedisFailure.Kind.NOT_CONNECTED,
                                "says that it is a replica: the sentinels have not finished their failover"));
            });
        }
        // a replica, or a master that gave the slot away, answers this with MOVED
        return settings.cluster()
                ? connection
                        .send(Request.cmd(Command.EXISTS).arg(settings.slotKey()))
                        .mapEmpty()
                : Future.succeededFuture();
    }
}
