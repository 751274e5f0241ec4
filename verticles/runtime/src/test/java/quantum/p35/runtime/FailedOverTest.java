package quantum.p35.runtime;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.vertx.core.Vertx;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;
import quantum.p35.api.Keys;
import quantum.p35.embedded.Binary;
import quantum.p35.embedded.RedisServer;
import quantum.p35.ingest.IngestConfig;
import quantum.p35.redis.RedisSettings;
import quantum.p35.testkit.TestRedis;

/**
 * A replica becomes master and lacks what its master had not sent yet: entries, counts and who had read what, all up to the
 * same point. What it has is counted once, what it has not is told as lost.
 */
@Timeout(120)
class FailedOverTest {

    private static final Keys KEYS = Keys.DEFAULT;
    private static final int NOBODY = 1;
    /** Entries in a batch: so that several are in hand. */
    private static final int SMALL = 10;

    @RegisterExtension
    static final TestRedis master = new TestRedis(RedisServer.Options.DEFAULT.withBinary(Binary.PATH));

    @RegisterExtension
    static final TestRedis replica = new TestRedis(RedisServer.Options.DEFAULT.withBinary(Binary.PATH));

    private final Vertx vertx = Vertx.vertx();
    private final Counted counted = new Counted(master);
    private final Counted countedNow = new Counted(replica);
    private Door door;
    private LocalCounting counting;

    @BeforeEach
    void begin() throws Exception {
        replica.cli("REPLICAOF", "127.0.0.1", Integer.toString(master.port()));
        Await.that(() -> ((String) replica.cli("INFO", "replication")).contains("master_link_status:up"), () -> "");
        door = new Door(vertx, master.port());
        counting = new LocalCounting(
                RedisSettings.of("redis://127.0.0.1:" + door.port()), KEYS, new IngestConfig(1, SMALL, 3));
    }

    @AfterEach
    void close() {
        counting.close();
        vertx.close().await();
        replica.cli("REPLICAOF", "NO", "ONE");
    }

    @Test
    void whatTheNewMasterLacksIsLostToTheUnitAndTheRestIsCountedOnce() throws Exception {
        add(master, 300);
        Await.that(() -> counted.settled(300), counted::story);
        cutOff();
        add(master, 200);
        Await.that(() -> counted.settled(500), counted::story);

        failOver();
        add(replica, 50);

        countedExactly(350);
        assertEquals(200, countedNow.status("lost_total"), countedNow::story);
        Await.that(() -> "0".equals(replica.cli("HGET", KEYS.status(), "lag")), countedNow::story);
        assertEquals(200, countedNow.status("lost_total"), countedNow::story);
    }

    @Test
    void whatWasInHandAndIsDeliveredAgainIsCountedOnceAndNotLost() throws Exception {
        Await.that(() -> master.cli("EXISTS", KEYS.stream()).equals(1L), counted::story); // with the group
        counting.withoutAggregate();
        door.leadTo(NOBODY);
        add(master, 100);
        cutOff(); // the replica has these entries, and will not know that somebody has read them
        door.leadTo(master.port());
        Await.that(() -> counted.pending() > SMALL, counted::story);

        failOver();
        counting.withAggregate();
        add(replica, 10);

        countedExactly(110);
        assertEquals(0, countedNow.status("lost_total"), countedNow::story);
        Await.that(() -> "0".equals(replica.cli("HGET", KEYS.status(), "lag")), countedNow::story);
    }

    @Test
    void nothingIsLostWhenTheReplicaHadAll() throws Exception {
        add(master, 300);
        Await.that(() -> counted.settled(300), counted::story);
        cutOff();

        failOver();
        add(replica, 50);

        countedExactly(350);
        assertEquals(0, countedNow.status("lost_total"), countedNow::story);
    }

    /** From now on the replica gets nothing more. */
    private void cutOff() {
        copied();
        replica.cli("REPLICAOF", "NO", "ONE");
    }

    /** WAIT waits for what its own connection wrote. */
    private static void copied() {
        assertEquals(1L, master.<Object>with(client -> {
            client.call("SET", "copied", "this far");
            return client.call("WAIT", "1", "10000");
        }));
    }

    private void failOver() {
        master.kill();
        door.leadTo(replica.port());
    }

    /** Compared with what another group, which saw only the new master, makes of the same stream. */
    private void countedExactly(int entries) throws Exception {
        Await.that(() -> countedNow.status("processed_total") == entries, countedNow::story);
        assertEquals((long) entries, replica.cli("XLEN", KEYS.stream()));
        assertEquals(0, countedNow.pending());
        Keys again = new Keys("again", KEYS.stream(), "again");
        LocalCounting reference = new LocalCounting(replica.settings(), again, IngestConfig.DEFAULT);
        try {
            String total = Integer.toString(entries);
            Await.that(() -> total.equals(replica.cli("HGET", again.status(), "processed_total")), reference::story);
            assertEquals(buckets(again), buckets(KEYS));
        } finally {
            reference.close();
        }
    }

    private static Map<String, Map<Object, Object>> buckets(Keys keys) {
        Map<String, Map<Object, Object>> buckets = new TreeMap<>();
        for (Object key : (List<?>) replica.cli("KEYS", keys.prefix() + ":bucket:*")) {
            List<?> flat = (List<?>) replica.cli("HGETALL", (String) key);
            Map<Object, Object> fields = new TreeMap<>();
            for (int i = 0; i < flat.size(); i += 2) {
                fields.put(flat.get(i), flat.get(i + 1));
            }
            // pairs of entries that follow each other: which of two batches comes first is not promised
            fields.keySet().removeAll(Set.of("repeat:pairs", "repeat:same"));
            buckets.put(((String) key).substring(keys.prefix().length()), fields);
        }
        return buckets;
    }

    private static void add(TestRedis redis, int count) {
        redis.with(client -> {
            for (int i = 0; i < count; i++) {
                client.call(
                        "XADD", KEYS.stream(), "*", "decision", "SKIP", "symbol", i % 3 == 0 ? "BTCUSDT" : "ETHUSDT");
            }
            return count;
        });
    }
}
