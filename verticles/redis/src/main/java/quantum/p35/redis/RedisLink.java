package quantum.p35.redis;

import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.redis.client.Command;
import io.vertx.redis.client.RedisConnection;
import io.vertx.redis.client.Request;
import io.vertx.redis.client.Response;
import io.vertx.redis.client.impl.types.ErrorType;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Function;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One connection to Redis that comes back by itself.
 *
 * <p>The client has no command timeout, and pairs answers with commands by their order. So every command gets a deadline,
 * and when one expires the connection is closed: a late answer would be taken for the next command's. While there is no
 * connection commands fail at once; nothing is queued. A command that blocks (XREADGROUP BLOCK) needs a link of its own.
 *
 * <p>Belongs to the Vert.x context that opened it, and is used from there only.
 */
public final class RedisLink {

    private static final Logger LOG = LoggerFactory.getLogger(RedisLink.class);
    /** What the client says, instead of sending, when too many commands wait: the connection is well. */
    private static final String FULL = "Redis waiting queue is full";

    private static final long FIRST_WAIT_MILLIS = 50;
    /** "Reading again within 3 s of Redis answering" leaves room for one failed try at this distance. */
    private static final long MAX_WAIT_MILLIS = 1000;
    /** How long a link may stay on a server that is not the master any more, when nothing else tells it. */
    private static final long LOOK_MILLIS = 2000;

    private final Vertx vertx;
    private final RedisSettings settings;
    private final String name;
    private final Backoff backoff = new Backoff(FIRST_WAIT_MILLIS, MAX_WAIT_MILLIS, ThreadLocalRandom.current());
    private final List<Runnable> connectedHandlers = new ArrayList<>();
    private final Promise<Void> firstAttempt = Promise.promise();
    private final Whereabouts whereabouts;
    private final Dialer dialer;

    private Dialer.Reached reached;
    private long looks = -1;
    private String trouble;
    private String logged;
    private Instant troubleSince;
    private boolean closed;

    private RedisLink(Vertx vertx, RedisSettings settings, String name) {
        this.vertx = vertx;
        this.settings = settings;
        this.name = name;
        Reason reason = new Reason(settings.tls());
        this.whereabouts = new Whereabouts(vertx, settings, name, reason);
        this.dialer = new Dialer(vertx, settings, name, whereabouts, reason);
        this.trouble = settings + " has not answered yet";
        this.troubleSince = Instant.now();
    }

    /** Connects at once, and again for ever. Never fails: {@link #trouble()} tells. @param name one word, for CLIENT LIST */
    public static RedisLink open(Vertx vertx, RedisSettings settings, String name) {
        RedisLink link = new RedisLink(vertx, settings, name);
        link.connect();
        if (settings.moves()) {
            link.looks = vertx.setPeriodic(LOOK_MILLIS, timer -> link.look());
        }
        return link;
    }

    /** Called at each new connection, and at once when there is one already. */
    public RedisLink onConnected(Runnable handler) {
        connectedHandlers.add(handler);
        if (connected()) {
            handler.run();
        }
        return this;
    }

    /** Completes when the first attempt to connect is over, whether it succeeded or not; never fails. */
    public Future<Void> tried() {
        return firstAttempt.future();
    }

    public boolean connected() {
        return reached != null;
    }

    /** Null while connected, else a sentence that says why not and since when. */
    public String trouble() {
        return connected() ? null : trouble + " (since " + troubleSince.truncatedTo(ChronoUnit.SECONDS) + ")";
    }

    /** Sends one command with the deadline of the settings, 2 s as a rule. Fails with {@link RedisFailure} only. */
    public Future<Response> send(Request request) {
        return send(request, settings.deadline());
    }

    public Future<Response> send(Request request, Duration deadline) {
        return guarded(deadline, open -> open.send(request));
    }

    /**
     * Sends commands as one pipeline; answers in order. Fails when one of them is refused, although the others were
     * executed. An empty list is answered by an empty list.
     */
    public Future<List<Response>> batch(List<Request> requests) {
        if (requests.isEmpty()) {
            return Future.succeededFuture(List.of());
        }
        return guarded(settings.deadline(), open -> open.batch(requests));
    }

    /** Runs a script by its hash; sends its text when Redis does not know it (any more). */
    public Future<Response> run(Script script, List<String> keys, List<String> args) {
        return run(script, keys, args, settings.deadline());
    }

    public Future<Response> run(Script script, List<String> keys, List<String> args, Duration deadline) {
        return send(call(Command.EVALSHA, script.sha1(), keys, args), deadline).recover(error -> {
            boolean unknown = error instanceof RedisFailure failure && failure.refusedWith("NOSCRIPT");
            return unknown ? send(call(Command.EVAL, script.text(), keys, args), deadline) : Future.failedFuture(error);
        });
    }

    private static Request call(Command command, String script, List<String> keys, List<String> args) {
        Request request = Request.cmd(command).arg(script).arg(keys.size());
        keys.forEach(request::arg);
        args.forEach(request::arg);
        return request;
    }

    /** Closes the connection for good; commands in hand fail. */
    public Future<Void> close() {
        closed = true;
        vertx.cancelTimer(looks);
        whereabouts.close();
        lose(reached, "closed");
        return Future.succeededFuture();
    }

    private <T> Future<T> guarded(Duration deadline, Function<RedisConnection, Future<T>> command) {
        Dialer.Reached open = reached;
        if (open == null) {
            return Future.failedFuture(new RedisFailure(RedisFailure.Kind.NOT_CONNECTED, trouble));
        }
        return command.apply(open.connection())
                .timeout(deadline.toMillis(), TimeUnit.MILLISECONDS)
                .recover(error -> Future.failedFuture(failure(open, deadline, error)));
    }

    private RedisFailure failure(Dialer.Reached open, Duration deadline, Throwable error) {
        String server = settings.at(open.node());
        if (error instanceof ErrorType said) {
            RedisFailure refused = RedisFailure.refused(said.getMessage());
            if (!refused.refusedWith("CONNECTION_CLOSED")) {
                heed(open, server, refused);
                return explained(refused);
            }
        }
        if (FULL.equals(error.getMessage())) {
            return new RedisFailure(
                    RedisFailure.Kind.TOO_MANY,
                    "not sent to " + server + ": " + RedisSettings.MAX_WAITING
                            + " commands may wait for its answers, and there is no place for more; ask again in a moment");
        }
        boolean late = error instanceof TimeoutException;
        String why =
                server + (late ? " gave no answer within " + deadline.toMillis() + " ms" : " closed the connection");
        lose(open, why);
        return new RedisFailure(late ? RedisFailure.Kind.NO_ANSWER : RedisFailure.Kind.CONNECTION_LOST, why);
    }

    /** A server that is told to be no master any more, or not ours, says so: it is left, and looked for. */
    private void heed(Dialer.Reached open, String server, RedisFailure refused) {
        if (!settings.moves()) {
            return;
        }
        if (refused.refusedWith("READONLY") || refused.refusedWith("MOVED")) {
            lose(open, server + " is not the master of our keys any more: " + refused.getMessage());
        } else if (settings.cluster() && refused.refusedWith("CLUSTERDOWN")) {
            whereabouts.distrust(); // it may be cut off from the others, which know a new master
        }
    }

    private RedisFailure explained(RedisFailure refused) {
        return settings.moves() || !refused.refusedWith("MOVED")
                ? refused
                : RedisFailure.refused(refused.getMessage() + " (" + settings
                        + " is a node of a Redis Cluster: give some of its nodes as a comma list in the Redis URL)");
    }

    /**
     * Leaves a server that is not the master any more. Without this, a link that only reads, or waits in a blocking read,
     * would stay on a replica, or on a master that the others have given up, for as long as its connection lives.
     */
    private void look() {
        Dialer.Reached open = reached;
        if (open == null) {
            return;
        }
        whereabouts
                .find()
                .onSuccess(master -> {
                    if (!master.equals(open.node())) {
                        lose(
                                open,
                                settings.at(open.node()) + " is not the master of our keys any more, that is "
                                        + master);
                    }
                })
                .onFailure(error -> LOG.debug("{}: {}", name, error.getMessage()));
    }

    private void connect() {
        if (closed) {
            return;
        }
        dialer.dial().onSuccess(this::onConnection).onFailure(error -> {
            if (!closed) {
                trouble(error.getMessage());
                reconnect();
            }
            firstAttempt.tryComplete();
        });
    }

    private void onConnection(Dialer.Reached open) {
        if (closed) {
            open.client().close();
            return;
        }
        reached = open;
        String server = settings.at(open.node());
        open.connection().endHandler(end -> lose(open, server + " closed the connection"));
        open.connection().exceptionHandler(error -> lose(open, server + ": " + error.getMessage()));
        backoff.reset();
        if (logged != null) {
            LOG.info("{}: connected to {} again", name, server);
            logged = null;
        }
        connectedHandlers.forEach(Runnable::run);
        firstAttempt.tryComplete();
    }

    /** Gives up a connection, once; whatever still waits on it fails. */
    private void lose(Dialer.Reached lost, String why) {
        if (lost == null || lost != reached) {
            return;
        }
        reached = null;
        lost.client().close();
        if (!closed) {
            trouble(why);
            reconnect();
        }
    }

    private void trouble(String why) {
        if (logged == null) {
            troubleSince = Instant.now();
        }
        trouble = why;
        if (!why.equals(logged)) {
            logged = why;
            LOG.warn("{}: {}; trying again until it answers", name, why);
        }
    }

    private void reconnect() {
        vertx.setTimer(Math.max(1, backoff.nextMillis()), timer -> connect());
    }
}
