package quantum.p35.ingest;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import quantum.p35.api.Keys;
import quantum.p35.embedded.Binary;
import quantum.p35.embedded.RedisServer;
import quantum.p35.redis.RedisFailure;
import quantum.p35.redis.RedisLink;
import quantum.p35.testkit.TestRedis;

class StreamClientTest {

    private static final Keys KEYS = Keys.DEFAULT;
    private static final String OWNER = "me";

    @RegisterExtension
    static final TestRedis redis = new TestRedis(RedisServer.Options.DEFAULT.withBinary(Binary.PATH));

    private final Vertx vertx = Vertx.vertx();
    private final Context context = vertx.getOrCreateContext();
    private RedisLink link;
    private StreamClient client;

    @BeforeEach
    void connect() throws Exception {
        link = on(() -> {
            RedisLink opened = RedisLink.open(vertx, redis.patient(), "test");
            return opened.tried().map(opened);
        });
        client = new StreamClient(link, link, KEYS);
        on(() -> client.regroup(OWNER, List.of()));
    }

    @AfterEach
    void close() {
        vertx.close().await();
    }

    @Test
    void whatWasTrimmedInOurHandsIsLostOnce() throws Exception {
        List<String> ids = delivered(5);
        redis.cli("XTRIM", KEYS.stream(), "MINID", "=", ids.get(2));
        assertEquals(2, on(() -> client.keep("one", ids)));
        assertEquals(0, on(() -> client.keep("one", ids)));
        assertEquals("2", redis.cli("HGET", KEYS.status(), "lost_total"));
    }

    @Test
    void whatWasHeldOfAGroupThatIsGoneIsLostOnceHoweverOftenItIsSettled() throws Exception {
        List<String> ids = delivered(3);
        redis.cli("DEL", KEYS.stream());
        assertEquals(3, on(() -> client.regroup(OWNER, ids)).lost());
        assertEquals(0, on(() -> client.regroup(OWNER, ids)).lost());
        assertEquals(3, on(() -> client.regroup("another", ids)).lost());
        assertEquals("6", redis.cli("HGET", KEYS.status(), "lost_total"));
    }

    @Test
    void whatIsNotThereAfterAFailoverIsLostOnceHoweverOftenItIsAsked() throws Exception {
        List<String> kept = delivered(3);
        List<String> read = List.of("9999999999999-1", "9999999999999-0", kept.get(2), kept.get(1), kept.get(0));
        assertEquals(new StreamClient.Gone(2, kept.get(2)), on(() -> client.gone(OWNER, read)));
        assertEquals(2, on(() -> client.gone(OWNER, read)).entries());
        assertEquals("2", redis.cli("HGET", KEYS.status(), "lost_total"));
        assertEquals(2, on(() -> client.gone("another", read)).entries());
        assertEquals("4", redis.cli("HGET", KEYS.status(), "lost_total"));
    }

    @Test
    void whatASecondFailoverTakesIsAddedToWhatTheFirstTook() throws Exception {
        List<String> kept = delivered(3);
        List<String> read = List.of("9999999999999-1", "9999999999999-0", kept.get(2), kept.get(1), kept.get(0));
        assertEquals(2, on(() -> client.gone(OWNER, read)).entries());
        redis.cli("DEL", KEYS.stream());
        redis.cli("XADD", KEYS.stream(), kept.get(0), "n", "1");
        assertEquals(4, on(() -> client.gone(OWNER, read)).entries());
        assertEquals("4", redis.cli("HGET", KEYS.status(), "lost_total"));
    }

    @Test
    void whatSomebodyDeletedIsNotTakenForLostInAFailover() throws Exception {
        List<String> ids = delivered(4);
        redis.cli("XDEL", KEYS.stream(), ids.get(3), ids.get(2));
        assertEquals(0, on(() -> client.gone(OWNER, ids.reversed())).entries());
        assertNull(redis.cli("HGET", KEYS.status(), "lost_total"));
    }

    @Test
    void whatWasTrimmedIsNotTakenForLostInAFailover() throws Exception {
        List<String> ids = delivered(4);
        redis.cli("XTRIM", KEYS.stream(), "MAXLEN", "=", "0");
        assertEquals(new StreamClient.Gone(0, ""), on(() -> client.gone(OWNER, ids.reversed())));
        redis.cli("XADD", KEYS.stream(), "*", "n", "1");
        assertEquals(new StreamClient.Gone(0, ids.get(3)), on(() -> client.gone(OWNER, ids.reversed())));
        assertNull(redis.cli("HGET", KEYS.status(), "lost_total"));
    }

    @Test
    void aStreamThatIsNoneIsNamed() {
        redis.cli("FLUSHALL");
        redis.cli("SET", KEYS.stream(), "a person's note");
        RedisFailure refused = assertThrows(RedisFailure.class, () -> on(() -> client.regroup(OWNER, List.of())));
        assertEquals("WRONGTYPE", refused.code());
        assertTrue(refused.getMessage().contains(KEYS.stream()), refused::getMessage);
    }

    @Test
    void anErrorIsNotANameThatSomebodyElseHolds() throws Exception {
        ConsumerName names = new ConsumerName(vertx, link, KEYS);
        String first = on(names::hold);
        on(names::release);
        redis.cli("HSET", KEYS.lease("consumer:" + first), "a", "b");
        assertThrows(RedisFailure.class, () -> on(names::hold));
        redis.cli("DEL", KEYS.lease("consumer:" + first));
        assertEquals(first, on(names::hold));
    }

    @Test
    void aNameThatSomebodyElseTookMeanwhileWasNotOursAlone() throws Exception {
        ConsumerName names = new ConsumerName(vertx, link, KEYS);
        String first = on(names::hold);
        long since = System.nanoTime();
        String lease = KEYS.lease("consumer:" + first);
        redis.cli("SET", lease, "somebody else");
        while (names.heldSince(since)) {
            TimeUnit.MILLISECONDS.sleep(20);
        }
        redis.cli("DEL", lease);
        while (redis.cli("GET", lease) == null) {
            TimeUnit.MILLISECONDS.sleep(20);
        }
        TimeUnit.MILLISECONDS.sleep(100);
        assertFalse(names.heldSince(since));
        assertNotEquals("", on(names::hold));
    }

    private static List<String> delivered(int count) {
        return redis.with(cli -> {
            List<String> ids = new ArrayList<>();
            for (int i = 0; i < count; i++) {
                ids.add((String) cli.call("XADD", KEYS.stream(), "*", "n", "1"));
            }
            cli.call("XREADGROUP", "GROUP", KEYS.group(), "one", "STREAMS", KEYS.stream(), ">");
            return ids;
        });
    }

    /** On the context that a link belongs to. */
    private <T> T on(Supplier<Future<T>> work) throws Exception {
        Promise<T> done = Promise.promise();
        context.runOnContext(go -> work.get().onComplete(done));
        return done.future().await(Duration.ofSeconds(20).toMillis(), TimeUnit.MILLISECONDS);
    }
}
