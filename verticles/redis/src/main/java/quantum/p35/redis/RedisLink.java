package quantum.p35.redis;

import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.redis.client.Command;
import io.vertx.redis.client.Redis;
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
    private static final long FIRST_WAIT_MILLIS = 50;
    /** "Reading again within 3 s of Redis answering" leaves room for one failed try at this distance. */
    private static final long MAX_WAIT_MILLIS = 1000;

    private final Vertx vertx;
    private final RedisSettings settings;
    private final String name;
    private final Backoff backoff = new Backoff(FIRST_WAIT_MILLIS, MAX_WAIT_MILLIS, ThreadLocalRandom.current());
    private final List<Runnable> connectedHandlers = new ArrayList<>();
    private final Promise<Void> firstAttempt = Promise.promise();

    private Redis client;
    private RedisConnection connection;
    private String trouble;
    private String logged;
    private Instant troubleSince;
    private boolean closed;

    private RedisLink(Vertx vertx, RedisSettings settings, String name) {
        this.vertx = vertx;
        this.settings = settings;
        this.name = name;
        this.trouble = settings + " has not answered yet";
        this.troubleSince = Instant.now();
    }

    /** Connects at once, and again for ever. Never fails: {@link #trouble()} tells. @param name one word, for CLIENT LIST */
    public static RedisLink open(Vertx vertx, RedisSettings settings, String name) {
        RedisLink link = new RedisLink(vertx, settings, name);
        link.connect();
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
        return connection != null;
    }

    /** Null while connected, else a sentence that says why not and since when. */
    public String trouble() {
        return connected() ? null : trouble + " (since " + troubleSince.truncatedTo(ChronoUnit.SECONDS) + ")";
    }

    /** Sends one command with the usual deadline of 2 s. Fails with {@link RedisFailure} only. */
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
        lose(connection, "closed");
        return Future.succeededFuture();
    }

    private <T> Future<T> guarded(Duration deadline, Function<RedisConnection, Future<T>> command) {
        RedisConnection open = connection;
        if (open == null) {
            return Future.failedFuture(new RedisFailure(RedisFailure.Kind.NOT_CONNECTED, trouble));
        }
        return command.apply(open)
                .timeout(deadline.toMillis(), TimeUnit.MILLISECONDS)
                .recover(error -> Future.failedFuture(failure(open, deadline, error)));
    }

    private RedisFailure failure(RedisConnection open, Duration deadline, Throwable error) {
        if (error instanceof ErrorType refused) {
            List<String> refusals =
                    refused.getMessage().lines().map(RedisLink::withoutIndex).toList();
            if (!refusals.contains("CONNECTION_CLOSED")) {
                return new RedisFailure(RedisFailure.Kind.REFUSED, refusals.getFirst());
            }
        }
        boolean late = error instanceof TimeoutException;
        String why = late
                ? settings + " gave no answer within " + deadline.toMillis() + " ms"
                : settings + " closed the connection";
        lose(open, why);
        return new RedisFailure(late ? RedisFailure.Kind.NO_ANSWER : RedisFailure.Kind.CONNECTION_LOST, why);
    }

    /** The errors of a pipeline come as one, a line each: {@code ERR [3] WRONGTYPE …}. */
    private static String withoutIndex(String line) {
        return line.startsWith("ERR [") ? line.substring(line.indexOf(']') + 2) : line;
    }

    private void connect() {
        if (closed) {
            return;
        }
        Redis attempt = Redis.createClient(vertx, settings.options(name));
        client = attempt;
        attempt.connect()
                .timeout(settings.deadline().toMillis(), TimeUnit.MILLISECONDS)
                .onSuccess(this::onConnection)
                .onFailure(error -> {
                    attempt.close();
                    trouble(reason(error));
                    reconnect();
                    firstAttempt.tryComplete();
                });
    }

    private String reason(Throwable error) {
        if (error instanceof TimeoutException) {
            return settings + " gave no answer within " + settings.deadline().toMillis() + " ms";
        }
        String message = error.getMessage();
        if (error instanceof ErrorType refused && (refused.is("WRONGPASS") || refused.is("NOAUTH"))) {
            return settings + " refuses the login (" + message + "): check user and password in the Redis URL";
        }
        return settings + " cannot be reached: " + message;
    }

    private void onConnection(RedisConnection open) {
        if (closed) {
            client.close();
            return;
        }
        connection = open;
        open.endHandler(end -> lose(open, settings + " closed the connection"));
        open.exceptionHandler(error -> lose(open, settings + ": " + error.getMessage()));
        backoff.reset();
        if (logged != null) {
            LOG.info("{}: connected to {} again", name, settings);
            logged = null;
        }
        connectedHandlers.forEach(Runnable::run);
        firstAttempt.tryComplete();
    }

    /** Gives up a connection, once; whatever still waits on it fails. */
    private void lose(RedisConnection lost, String why) {
        if (lost == null || lost != connection) {
            return;
        }
        connection = null;
        client.close();
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
