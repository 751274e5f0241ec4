package quantum.p35.runtime;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import quantum.p35.api.Keys;
import quantum.p35.embedded.Binary;
import quantum.p35.embedded.RedisServer;
import quantum.p35.testkit.TestRedis;

/** A Redis that comes back from its append-only file, or as a former replica, does not know how much of the stream was read. */
class RestartedRedisTest {

    private static final Keys KEYS = Keys.DEFAULT;

    @RegisterExtension
    static final TestRedis redis =
            new TestRedis(RedisServer.Options.DEFAULT.withBinary(Binary.PATH).withAof());

    private final Counted counted = new Counted(redis);
    private LocalCounting counting = new LocalCounting(redis.settings());

    @AfterEach
    void close() {
        counting.close();
    }

    @Test
    void whatWasReadBeforeIsNotTakenForLost() throws Exception {
        add(30);
        Await.that(() -> counted.settled(30), counted::story);
        redis.kill();
        redis.restart();
        add(5);
        Await.that(() -> counted.settled(35), counted::story);
        Await.that(() -> "0".equals(lag()), counted::story);
        assertEquals(35, counted.status("processed_total"));
        assertEquals(0, counted.status("lost_total"));
    }

    @Test
    void whatWasTrimmedUnreadIsStillLostToTheUnit() throws Exception {
        add(30);
        Await.that(() -> counted.settled(30), counted::story);
        counting.close();
        add(100);
        redis.cli("XTRIM", KEYS.stream(), "MAXLEN", "=", "40");
        redis.kill();
        redis.restart();
        counting = new LocalCounting(redis.settings());
        Await.that(() -> counted.settled(130), counted::story);
        assertEquals(70, counted.status("processed_total"));
        assertEquals(60, counted.status("lost_total"));

        redis.kill();
        redis.restart();
        add(1);
        Await.that(() -> counted.settled(131), counted::story);
        Await.that(() -> "0".equals(lag()), counted::story);
        assertEquals(60, counted.status("lost_total"), counted::story);
    }

    /** So it is after two failovers in one second: the process is the same, and its figures are those of the other one. */
    @Test
    void whatWasReadBeforeAFailoverThereAndBackIsNotTakenForLost() throws Exception {
        add(30);
        Await.that(() -> counted.settled(30), counted::story);
        Await.that(() -> redis.cli("HGET", KEYS.status(), "redis_run") != null, counted::story);
        redis.with(client -> {
            client.call("MULTI");
            client.call("XGROUP", "SETID", KEYS.stream(), KEYS.group(), "$", "ENTRIESREAD", "10");
            client.call("REPLICAOF", "127.0.0.1", "1");
            client.call("REPLICAOF", "NO", "ONE");
            return client.call("EXEC");
        });
        add(5);
        Await.that(() -> counted.settled(35), counted::story);
        redis.cli("HDEL", KEYS.status(), "lag"); // the next look brings it back
        Await.that(() -> "0".equals(lag()), counted::story);
        assertEquals(35, counted.status("processed_total"), counted::story);
        assertEquals(0, counted.status("lost_total"), counted::story);
    }

    /** Redis 7 takes the length of a stream that came from 6.2 for what was ever added to it. */
    @Test
    void whatIsTrimmedUnreadAfterAnUpgradeOfRedisIsLostToTheUnit() throws Exception {
        add(30);
        Await.that(() -> counted.settled(30), counted::story);
        counting.close();
        redis.cli("XTRIM", KEYS.stream(), "MAXLEN", "=", "10");
        String newest = (String) redis.cli("HGET", KEYS.status(), "last_id");
        redis.cli("XSETID", KEYS.stream(), newest, "ENTRIESADDED", "10", "MAXDELETEDID", "0-0");
        redis.cli("HDEL", KEYS.status(), "lag");
        redis.kill();
        redis.restart();
        counting = new LocalCounting(redis.settings());
        Await.that(() -> "0".equals(lag()), counted::story);
        counting.close();

        add(20);
        redis.cli("XTRIM", KEYS.stream(), "MAXLEN", "=", "5");
        counting = new LocalCounting(redis.settings());
        Await.that(() -> counted.settled(50), counted::story);
        assertEquals(35, counted.status("processed_total"), counted::story);
        assertEquals(15, counted.status("lost_total"), counted::story);
    }

    private static Object lag() {
        return redis.cli("HGET", KEYS.status(), "lag");
    }

    private static void add(int count) {
        redis.with(client -> {
            for (int i = 0; i < count; i++) {
                client.call("XADD", KEYS.stream(), "*", "decision", "SKIP", "symbol", "BTCUSDT");
            }
            return count;
        });
    }
}
