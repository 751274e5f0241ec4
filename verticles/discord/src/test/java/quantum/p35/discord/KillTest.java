package quantum.p35.discord;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.lang.ProcessBuilder.Redirect;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import quantum.p35.api.Keys;
import quantum.p35.api.Secret;
import quantum.p35.api.Severity;
import quantum.p35.redis.RedisSettings;
import quantum.p35.testkit.FakeDiscord;
import quantum.p35.testkit.FakeDiscord.Fault;
import quantum.p35.testkit.TestRedis;

/** kill -9 of the process that delivers: nothing is lost, and at most one message is repeated. */
class KillTest {

    @RegisterExtension
    static final TestRedis redis = new TestRedis();

    private final FakeDiscord discord = FakeDiscord.start();
    private Process process;

    /** The process that is killed. */
    static final class Victim {

        private Victim() {}

        /** @param args URL of Redis, URL of the webhook */
        public static void main(String[] args) throws InterruptedException {
            DiscordTarget target =
                    new DiscordTarget("default", new Secret(args[1]), Severity.HIGH, List.of(), null, "");
            Post.to(RedisSettings.of(args[0]), List.of(target));
            new CountDownLatch(1).await();
        }
    }

    @AfterEach
    void close() {
        process.destroyForcibly();
        discord.close();
        assertEquals(List.of(), discord.violations());
    }

    private void start() throws Exception {
        process = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-Xmx128m",
                        "-cp",
                        System.getProperty("java.class.path"),
                        Victim.class.getName(),
                        redis.url(),
                        discord.url())
                .redirectOutput(Redirect.DISCARD)
                .redirectError(Redirect.INHERIT)
                .start();
        Post.eventually("the outbox", () -> redis.cli("HGET", Keys.DEFAULT.discordOutbox(), "last_id") != null);
    }

    private void kill() throws InterruptedException {
        process.destroyForcibly().waitFor();
        redis.cli("DEL", Keys.DEFAULT.lease("discord")); // as if its 10 s were over
    }

    @Test
    void killedBetweenThePostAndItsRecordRepeatsThatMessageOnly() throws Exception {
        start();
        Drill told = Drill.firing("told").tell(redis);
        discord.await("the first message", all -> all.size() == 1);
        Post.eventually("its record", () -> redis.cli("HGET", Keys.DEFAULT.discordOutbox(), told.id())
                .toString()
                .contains("\"message\""));
        discord.failNext(Fault.HANG_AFTER_ACCEPTING);
        Drill inHand = Drill.firing("in_hand").tell(redis);
        discord.await("the second message", all -> all.size() == 2);
        kill();
        Drill meanwhile = Drill.firing("meanwhile").tell(redis);
        told.resolved().tell(redis);
        start();
        discord.await(
                "all are told, and the end of the first",
                all -> all.size() == 4
                        && all.getFirst().title().contains("Resolved")
                        && all.stream().anyMatch(one -> one.title().contains("meanwhile")));
        Drill.tell(redis, List.of(inHand.resolved(), meanwhile.resolved()));
        discord.await(
                "their ends",
                all -> all.stream()
                                .filter(one -> one.title().contains("Resolved"))
                                .count()
                        == 3);
        assertEquals(4, discord.posted().size());
    }

    @Test
    void aBucketThatWasClosedBeforeTheKillIsNotCalledIntoAfterIt() throws Exception {
        start();
        discord.pauses(Duration.ofSeconds(6));
        discord.failNext(Fault.RATE_LIMITED);
        Drill.firing(Drill.STALE).tell(redis);
        Post.eventually("it is known to others", () -> redis.cli("GET", Keys.DEFAULT.discordClosed("default")) != null);
        kill();
        start();
        discord.await("a message", all -> all.size() == 1); // and no violation
        assertEquals(2, discord.calls());
    }

    @Test
    void killedBeforeThePostTellsAfterwards() throws Exception {
        start();
        discord.failAlways(Fault.UNAVAILABLE);
        Drill.firing(Drill.STALE).tell(redis);
        discord.awaitCalls(1);
        kill();
        discord.mend();
        start();
        discord.await("a message", all -> all.size() == 1);
    }
}
