package quantum.p35.testkit;

import static org.junit.jupiter.api.Assertions.assertNull;

import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.redis.client.Command;
import io.vertx.redis.client.Request;
import io.vertx.redis.client.Response;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import java.util.stream.Stream;
import quantum.p35.embedded.RedisServer;
import quantum.p35.redis.RedisFailure;
import quantum.p35.redis.RedisLink;
import quantum.p35.redis.RedisSettings;

/** A link, asked from a test's thread. */
final class OpenLink implements AutoCloseable {

    private final Vertx vertx = Vertx.vertx();
    private final Context context = vertx.getOrCreateContext();
    private final RedisLink link;

    /** Returns when its first attempt is over. */
    OpenLink(RedisSettings settings) {
        link = on(() -> {
            RedisLink made = RedisLink.open(vertx, settings, "under-test");
            return made.tried().map(made);
        });
    }

    Response send(Command command, String... args) {
        Request request = Request.cmd(command);
        for (String arg : args) {
            request.arg(arg);
        }
        return on(() -> link.send(request));
    }

    /** Null when it was no failure. */
    RedisFailure failure(Command command, String... args) {
        try {
            send(command, args);
            return null;
        } catch (RedisFailure failure) {
            return failure;
        }
    }

    /** Without sending anything. */
    String trouble() {
        return on(() -> Future.succeededFuture(link.trouble()));
    }

    /** Until it says all of this: a server may need longer for its answer at first. */
    void awaitTrouble(String... parts) {
        Awaited.until("the link says " + List.of(parts), () -> {
            String trouble = String.valueOf(trouble());
            if (!Stream.of(parts).allMatch(trouble::contains)) {
                throw new IllegalStateException("it says " + trouble);
            }
            return true;
        });
    }

    /** The server's own look at who is connected. */
    void awaitOn(RedisServer server) {
        Awaited.until("the link is on port " + server.port(), () -> {
            boolean there = Awaited.ask(server, "CLIENT", "LIST").toString().contains(" name=under-test ");
            return there && trouble() == null;
        });
        assertNull(trouble());
    }

    private <T> T on(Supplier<Future<T>> work) {
        Promise<T> done = Promise.promise();
        context.runOnContext(go -> work.get().onComplete(done));
        return done.future().timeout(20, TimeUnit.SECONDS).await();
    }

    @Override
    public void close() {
        vertx.close().await();
    }
}
