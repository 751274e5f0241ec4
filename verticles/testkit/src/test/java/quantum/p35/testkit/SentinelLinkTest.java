package quantum.p35.testkit;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.vertx.redis.client.Command;
import java.io.IOException;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import quantum.p35.embedded.RedisServer;
import quantum.p35.embedded.RespClient;
import quantum.p35.redis.RedisSettings;

/** What a link does about a master that changes; each test has sentinels of its own to confuse. */
@Timeout(180)
class SentinelLinkTest {

    private final TestSentinel redis = TestSentinel.start();
    private OpenLink link;

    @BeforeEach
    void open() {
        link = new OpenLink(redis.settings());
    }

    @AfterEach
    void close() {
        link.close();
        redis.close();
    }

    @Test
    void theMasterIsFoundThoughTheFirstSentinelIsFrozenAndTheSecondDead() {
        link.awaitOn(redis.master());
        redis.sentinels().get(0).freeze();
        redis.sentinels().get(1).kill();
        try (OpenLink other = new OpenLink(redis.settings())) {
            assertEquals("OK", other.send(Command.SET, "a", "1").toString());
        }
        String unknown = redis.url().replace("mymaster", "theirs");
        try (OpenLink other = new OpenLink(RedisSettings.of(unknown))) {
            other.awaitTrouble(
                    "(master theirs)", "gave no answer within 1000 ms", "watches no master of the name 'theirs'");
        }
    }

    /** Nothing cuts its connection, and nothing that it asks is refused. */
    @Test
    void aLinkThatOnlyWaitsLeavesAMasterThatTheSentinelsHaveGivenUp() {
        RedisServer master = redis.master();
        RedisServer replica = redis.replica();
        link.awaitOn(master);
        for (RedisServer sentinel : redis.sentinels()) {
            Awaited.ask(sentinel, "SENTINEL", "REMOVE", "mymaster"); // or it would make a replica of it again
        }
        Awaited.ask(replica, "REPLICAOF", "NO", "ONE");
        for (RedisServer sentinel : redis.sentinels()) {
            Awaited.ask(
                    sentinel, "SENTINEL", "MONITOR", "mymaster", "127.0.0.1", Integer.toString(replica.port()), "2");
        }
        link.awaitOn(replica);
    }

    @Test
    void aServerThatCallsItselfAReplicaIsLeftUntilThereIsAMaster() {
        RedisServer master = redis.master();
        link.awaitOn(master);
        Awaited.ask(
                master,
                "REPLICAOF",
                "127.0.0.1",
                Integer.toString(redis.replica().port()));
        assertEquals("READONLY", link.failure(Command.SET, "a", "1").code());
        link.awaitTrouble("says that it is a replica: the sentinels have not finished their failover");
        Awaited.ask(master, "REPLICAOF", "NO", "ONE");
        Awaited.until("it writes again", () -> link.failure(Command.SET, "a", "1") == null);
    }

    @Test
    @Tag("slow")
    void aPlannedFailoverIsFollowed() {
        RedisServer before = redis.master();
        link.awaitOn(before);
        redis.failover();
        link.awaitOn(redis.master());
        assertEquals("OK", link.send(Command.SET, "a", "1").toString());
        assertEquals("1", redis.cli("GET", "a"));
    }

    @Test
    @Tag("slow")
    void theReplicaOfADeadMasterIsFoundAndTheOldMasterNotTakenWhenItReturns() throws IOException {
        RedisServer before = redis.master();
        link.awaitOn(before);
        // WAIT waits for what its own connection wrote
        try (RespClient client = before.client(Duration.ofSeconds(30))) {
            client.call("SET", "kept", "1");
            assertEquals(1L, client.call("WAIT", "1", "20000"));
        }
        before.kill();
        Awaited.until("another one is the master", () -> redis.master() != before);
        RedisServer after = redis.master();
        link.awaitOn(after);
        assertEquals("1", link.send(Command.GET, "kept").toString());
        before.restart(); // as a master, until the sentinels see it
        redis.awaitReplica();
        link.awaitOn(after);
        assertEquals("OK", link.send(Command.SET, "a", "2").toString());
    }

    @Test
    @Tag("slow")
    void aFrozenMasterIsLeftAndNotTakenWhenItThaws() {
        RedisServer before = redis.master();
        link.awaitOn(before);
        before.freeze();
        Awaited.until("another one is the master", () -> redis.master() != before);
        RedisServer after = redis.master();
        link.awaitOn(after);
        before.thaw();
        redis.awaitReplica();
        link.awaitOn(after);
        assertEquals("OK", link.send(Command.SET, "a", "1").toString());
    }
}
