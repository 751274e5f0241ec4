package quantum.p35.testkit;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.vertx.redis.client.Command;
import java.util.List;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import quantum.p35.embedded.RedisServer;
import quantum.p35.redis.RedisFailure;
import quantum.p35.redis.RedisSettings;

/** What a link does about the holder of its slot; each test has a cluster of its own to confuse. */
@Timeout(180)
class ClusterLinkTest {

    private static final String STREAM = "quantum:stream:apply.result";
    private static final String SLOT = "2185";

    private final TestCluster redis = TestCluster.start();
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
    void theHolderOfTheStreamIsFoundByAnyNode() {
        for (RedisServer seed : redis.nodes().subList(1, 4)) {
            String dead = "127.0.0.1:1";
            try (OpenLink other = new OpenLink(RedisSettings.of("redis://:s3cret@" + dead + ",127.0.0.1:" + seed.port())
                    .holding(STREAM))) {
                other.awaitOn(redis.master());
                assertEquals(0, other.send(Command.EXISTS, STREAM).toInteger());
            }
        }
        try (OpenLink wrong = new OpenLink(
                RedisSettings.of(redis.url().replace("s3cret", "wr0ng")).holding(STREAM))) {
            String seeds = redis.nodes().stream()
                    .map(node -> "127.0.0.1:" + node.port())
                    .collect(Collectors.joining(", "));
            wrong.awaitTrouble("cluster " + seeds + ": ", "check user and password in the Redis URL");
        }
    }

    @Test
    void oneNodeOfAClusterIsNotTakenForAServerOfItsOwn() {
        String other = "redis://:s3cret@127.0.0.1:" + redis.nodes().get(1).port();
        try (OpenLink alone = new OpenLink(RedisSettings.of(other))) {
            RedisFailure failure = alone.failure(Command.GET, STREAM);
            assertEquals("MOVED", failure.code());
            assertTrue(failure.getMessage().contains("as a comma list in the Redis URL"), failure.getMessage());
        }
    }

    @Test
    void aSlotThatNobodyServesIsWaitedForAndOneThatMovedIsFollowed() {
        RedisServer first = redis.master();
        RedisServer second = redis.nodes().get(1);
        link.awaitOn(first);
        Awaited.ask(first, "CLUSTER", "DELSLOTS", SLOT);
        assertEquals("CLUSTERDOWN", link.failure(Command.SET, STREAM, "1").code());
        Awaited.ask(first, "CLUSTER", "ADDSLOTS", SLOT);
        Awaited.until("it writes again", () -> link.failure(Command.SET, STREAM, "1") == null);
        link.send(Command.DEL, STREAM);

        String id = Awaited.ask(second, "CLUSTER", "MYID").toString();
        awaitLook(); // else it may find out before it is told
        for (RedisServer node : List.of(second, first)) {
            Awaited.ask(node, "CLUSTER", "SETSLOT", SLOT, "NODE", id);
        }
        assertEquals("MOVED", link.failure(Command.SET, STREAM, "1").code());
        Awaited.until("it writes again", () -> link.failure(Command.SET, STREAM, "2") == null);
        assertEquals("2", Awaited.ask(second, "GET", STREAM));
    }

    /** Returns when the link has just looked who holds the slot, which it does every 2 s. */
    private void awaitLook() {
        String before = looks();
        Awaited.until("the link looks", () -> !looks().equals(before));
    }

    private String looks() {
        return redis.nodes().stream()
                .map(node -> Awaited.line(Awaited.ask(node, "INFO", "commandstats"), "cmdstat_cluster|slots"))
                .collect(Collectors.joining(" "));
    }

    @Test
    @Tag("slow")
    void aPlannedFailoverIsFollowedByALinkThatOnlyWaits() {
        RedisServer after = redis.replica();
        link.awaitOn(redis.master());
        redis.failover();
        link.awaitOn(after);
        assertEquals("OK", link.send(Command.SET, STREAM, "1").toString());
    }

    @Test
    @Tag("slow")
    void theReplicaOfADeadMasterIsFoundAndTheOldMasterNotTakenWhenItReturns() {
        RedisServer before = redis.master();
        RedisServer after = redis.replica();
        link.awaitOn(before);
        before.kill();
        link.awaitOn(after);
        assertEquals("OK", link.send(Command.SET, STREAM, "1").toString());
        before.restart();
        redis.awaitReplica();
        link.awaitOn(after);
        assertEquals("1", link.send(Command.GET, STREAM).toString());
    }

    @Test
    @Tag("slow")
    void aFrozenMasterIsLeftAndNotTakenWhenItThaws() {
        RedisServer before = redis.master();
        RedisServer after = redis.replica();
        link.awaitOn(before);
        before.freeze();
        link.awaitOn(after);
        before.thaw();
        redis.awaitReplica();
        link.awaitOn(after);
        assertEquals("OK", link.send(Command.SET, STREAM, "1").toString());
    }
}
