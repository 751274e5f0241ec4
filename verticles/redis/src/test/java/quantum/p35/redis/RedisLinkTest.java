package quantum.p35.redis;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.redis.client.Command;
import io.vertx.redis.client.Request;
import io.vertx.redis.client.Response;
import java.time.Duration;
import java.time.Instant;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import java.util.function.Function;
import java.util.function.Supplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import quantum.p35.embedded.RedisServer;

class RedisLinkTest {

    /** A command that is asked once outlasts a pause of the whole machine. */
    private static final Duration PATIENCE = Duration.ofSeconds(10);

    private final Vertx vertx = Vertx.vertx();
    private final Context context = vertx.getOrCreateContext();
    private RedisServer server;
    private RedisLink link;

    @BeforeEach
    void connect() throws Exception {
        server = RedisServer.start();
        link = open(server.url());
    }

    @AfterEach
    void close() throws Exception {
        server.close();
        vertx.close().toCompletionStage().toCompletableFuture().get(20, TimeUnit.SECONDS);
    }

    @Test
    void answersComeInOrderAlsoFromAPipeline() throws Exception {
        List<Response> answers = await(l -> l.batch(List.of(set("a", "1"), get("a"), get("nothing"))));
        assertEquals("OK", answers.get(0).toString());
        assertEquals("1", answers.get(1).toString());
        assertNull(answers.get(2));
        assertEquals(List.of(), await(l -> l.batch(List.of())));
    }

    @Test
    void aTransactionIsAPipeline() throws Exception {
        List<Response> answers = await(l ->
                l.batch(List.of(Request.cmd(Command.MULTI), set("a", "1"), set("b", "2"), Request.cmd(Command.EXEC))));
        assertEquals(2, answers.get(3).size());
    }

    @Test
    void aRefusalNamesItsCodeAndTheConnectionLives() throws Exception {
        await(l -> l.send(set("text", "x")));
        RedisFailure failure = failure(l -> l.send(Request.cmd(Command.HGETALL).arg("text")));
        assertEquals(RedisFailure.Kind.REFUSED, failure.kind());
        assertEquals("WRONGTYPE", failure.code());
        RedisFailure inPipeline = failure(
                l -> l.batch(List.of(get("a"), Request.cmd(Command.HGETALL).arg("text"))));
        assertEquals("WRONGTYPE", inPipeline.code());
        assertFalse(inPipeline.outcomeUnknown());
        assertEquals("x", await(l -> l.send(get("text"))).toString());
    }

    @Test
    void whatFindsNoPlaceAmongThoseThatWaitIsNotSentAndTheConnectionLives() throws Exception {
        List<Request> half = Collections.nCopies(RedisSettings.MAX_WAITING / 2 + 1, get("a"));
        Promise<List<Response>> first = Promise.promise();
        RedisFailure failure = failure(l -> {
            l.batch(half).onComplete(first);
            return l.batch(half);
        });
        assertEquals(RedisFailure.Kind.TOO_MANY, failure.kind());
        assertFalse(failure.outcomeUnknown());
        assertTrue(failure.getMessage().startsWith("not sent to " + server.url()), failure::getMessage);
        assertTrue(link.connected());
        assertEquals(half.size(), run(first::future).size());
    }

    @Test
    void aScriptIsSentAgainWhenRedisForgotIt() throws Exception {
        Script script = Script.of("return redis.call('INCRBY', KEYS[1], ARGV[1])");
        for (int round = 1; round <= 3; round++) {
            assertEquals(
                    2 * round,
                    await(l -> l.run(script, List.of("n"), List.of("2"))).toInteger());
            await(l -> l.send(Request.cmd(Command.SCRIPT).arg("FLUSH")));
        }
    }

    @Test
    void aFrozenServerIsNoticedAndALateAnswerIsNotTakenForAnother() throws Exception {
        link = open(RedisSettings.of(server.url()));
        await(l -> l.send(set("who", "right")));
        server.freeze();
        RedisFailure failure = failure(l -> l.send(set("late", "1")));
        assertEquals(RedisFailure.Kind.NO_ANSWER, failure.kind());
        assertTrue(failure.outcomeUnknown());
        assertFalse(link.connected());
        RedisFailure meanwhile = failure(l -> l.send(get("who")));
        assertEquals(RedisFailure.Kind.NOT_CONNECTED, meanwhile.kind());
        assertFalse(meanwhile.outcomeUnknown());
        assertTrue(link.trouble().contains("no answer within 2000 ms"), link::trouble);
        server.thaw();
        eventually("it is connected again", link::connected);
        assertNull(link.trouble());
        assertEquals("right", await(l -> l.send(get("who"))).toString());
        // what was given up was executed by the server when it woke
        assertEquals("1", await(l -> l.send(get("late"))).toString());
    }

    @Test
    void aKilledServerFailsWhatWaitsAndIsFoundAgain() throws Exception {
        Promise<Response> blocked = Promise.promise();
        context.runOnContext(
                go -> link.send(Request.cmd(Command.BLPOP).arg("nothing").arg(0), Duration.ofSeconds(30))
                        .onComplete(blocked));
        await(l -> Future.succeededFuture());
        server.kill();
        RedisFailure failure = (RedisFailure) blocked.future()
                .map((Throwable) null)
                .otherwise(error -> error)
                .toCompletionStage()
                .toCompletableFuture()
                .get(20, TimeUnit.SECONDS);
        assertEquals(RedisFailure.Kind.CONNECTION_LOST, failure.kind());
        eventually("the trouble is told", () -> link.trouble() != null);
        server.restart();
        eventually("it is connected again", link::connected);
        assertEquals("OK", await(l -> l.send(set("a", "1"))).toString());
    }

    @Test
    void aWrongPasswordIsToldWithoutSayingIt() throws Exception {
        try (RedisServer guarded = RedisServer.start(RedisServer.Options.DEFAULT.withPassword("right"))) {
            RedisLink refused = open("redis://:wrong-one@127.0.0.1:" + guarded.port());
            assertTrue(refused.trouble().contains("check user and password in the Redis URL"), refused::trouble);
            assertFalse(refused.trouble().contains("wrong-one"), refused::trouble);
            RedisLink none = open("redis://127.0.0.1:" + guarded.port());
            assertNotNull(none.trouble());
            assertTrue(open(guarded.url()).connected());
        }
    }

    @Test
    void aDatabaseIsSelected() throws Exception {
        RedisLink third = open(server.url().replaceAll("/0$", "") + "/3");
        run(() -> third.send(set("here", "3")));
        assertNull(await(l -> l.send(get("here"))));
    }

    @Test
    void aLeaseHasOneHolderAndPassesOn() throws Exception {
        Lease first = new Lease(vertx, link, "lease", "first");
        Lease second = new Lease(vertx, link, "lease", "second");
        assertTrue(run(first::ask));
        assertFalse(run(second::ask));
        assertTrue(run(first::ask), "it is renewed");
        assertTrue(first.held());
        run(first::release);
        assertFalse(first.held());
        assertTrue(run(second::ask));
        run(first::release);
        assertTrue(run(second::ask), "giving back what is not held takes it from nobody");
    }

    @Test
    void aLeaseThatRedisRefusesIsNotSomebodyElses() throws Exception {
        Lease lease = new Lease(vertx, link, "lease", "owner");
        await(l ->
                l.send(Request.cmd(Command.CONFIG).arg("SET").arg("maxmemory").arg("1")));
        assertFalse(run(lease::ask));
        RedisFailure refused = failure(l -> lease.ours());
        assertEquals(RedisFailure.Kind.REFUSED, refused.kind());
        assertTrue(refused.getMessage().startsWith("cannot ask for the lease lease: OOM"), refused::getMessage);

        await(l ->
                l.send(Request.cmd(Command.CONFIG).arg("SET").arg("maxmemory").arg("0")));
        await(l -> l.send(set("lease", "another")));
        assertFalse(run(lease::ask));
        assertFalse(run(lease::ours), "now it is");
    }

    @Test
    void aLeaseThatRedisForgotIsLostAndTakenAgain() throws Exception {
        Lease lease = new Lease(vertx, link, "lease", "owner");
        assertTrue(run(lease::ask));
        long first = System.nanoTime();
        assertTrue(run(lease::ask), "it is renewed");
        assertTrue(lease.heldSince(first));
        await(l -> l.send(Request.cmd(Command.FLUSHALL)));
        assertFalse(run(lease::ask));
        assertFalse(lease.held());
        assertTrue(run(lease::ask));
        assertTrue(lease.held());
        assertFalse(lease.heldSince(first), "somebody else may have held it meanwhile");
    }

    @Test
    void aLeaseWhoseAnswerWasLostIsStillOurs() throws Exception {
        await(l -> l.send(set("lease", "owner")));
        assertTrue(run(new Lease(vertx, link, "lease", "owner")::request));
    }

    @Test
    void noAnswerIsNotARefusal() throws Exception {
        await(l -> l.send(Request.cmd(Command.SADD).arg("lease").arg("no string")));
        Lease lease = new Lease(vertx, link, "lease", "owner");
        assertFalse(run(lease::ask));
        assertTrue(failure(l -> lease.request()).refusedWith("WRONGTYPE"));
    }

    private static Request set(String key, String value) {
        return Request.cmd(Command.SET).arg(key).arg(value);
    }

    private static Request get(String key) {
        return Request.cmd(Command.GET).arg(key);
    }

    /** Opens a link and waits for its first attempt to be over. */
    private RedisLink open(String url) throws Exception {
        return open(RedisSettings.of(url).waiting(PATIENCE));
    }

    private RedisLink open(RedisSettings settings) throws Exception {
        Promise<RedisLink> opened = Promise.promise();
        context.runOnContext(go -> {
            RedisLink made = RedisLink.open(vertx, settings, "test");
            made.tried().map(made).onComplete(opened);
        });
        return opened.future().toCompletionStage().toCompletableFuture().get(20, TimeUnit.SECONDS);
    }

    private <T> T await(Function<RedisLink, Future<T>> work) throws Exception {
        return run(() -> work.apply(link));
    }

    private <T> T run(Supplier<Future<T>> work) throws Exception {
        Promise<T> done = Promise.promise();
        context.runOnContext(go -> work.get().onComplete(done));
        return done.future().toCompletionStage().toCompletableFuture().get(20, TimeUnit.SECONDS);
    }

    private <T> RedisFailure failure(Function<RedisLink, Future<T>> work) throws Exception {
        Throwable error = run(() -> work.apply(link).map((Throwable) null).otherwise(e -> e));
        return (RedisFailure) error;
    }

    private static void eventually(String what, BooleanSupplier condition) throws InterruptedException {
        Instant end = Instant.now().plusSeconds(10);
        while (!condition.getAsBoolean()) {
            assertTrue(Instant.now().isBefore(end), "not within 10 s: " + what);
            TimeUnit.MILLISECONDS.sleep(10);
        }
    }
}
