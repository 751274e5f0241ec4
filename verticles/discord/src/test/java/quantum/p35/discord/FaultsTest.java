package quantum.p35.discord;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.EnumSet;
import java.util.List;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;
import quantum.p35.api.HealthReport;
import quantum.p35.api.Keys;
import quantum.p35.api.Severity;
import quantum.p35.testkit.FakeDiscord;
import quantum.p35.testkit.FakeDiscord.Fault;
import quantum.p35.testkit.FakeDiscord.Seen;
import quantum.p35.testkit.TestRedis;

/** Whatever Discord does: no incident is lost, nothing goes into a closed bucket. */
@Tag("slow")
class FaultsTest {

    @RegisterExtension
    static final TestRedis redis = new TestRedis();

    private static final List<Fault> TRANSIENT = List.copyOf(EnumSet.complementOf(EnumSet.of(Fault.REFUSED)));

    private final FakeDiscord discord = FakeDiscord.start();
    private Post post;

    @BeforeEach
    void start() throws InterruptedException {
        post = Post.to(redis.settings(), List.of(Post.target("default", discord)), Post.IMPATIENT);
        Post.eventually("the outbox", () -> redis.cli("HGET", Keys.DEFAULT.discordOutbox(), "last_id") != null);
    }

    @AfterEach
    void nothingWasWrong() {
        post.stop();
        discord.close();
        assertEquals(List.of(), discord.violations());
    }

    private static boolean accepts(Fault fault) {
        return fault == Fault.HANG_AFTER_ACCEPTING || fault == Fault.CUT_AFTER_ACCEPTING;
    }

    @ParameterizedTest(name = "{0}")
    @EnumSource(value = Fault.class, mode = EnumSource.Mode.EXCLUDE, names = "REFUSED")
    void aPostThatFailsIsMadeAgain(Fault fault) throws Exception {
        discord.failNext(fault);
        Drill firing = Drill.firing(Drill.STALE).tell(redis);
        int expected = accepts(fault) ? 2 : 1;
        discord.await("a message", all -> all.size() == expected);
        firing.resolved().tell(redis);
        discord.await("resolved", all -> all.getLast().title().contains("Resolved"));
        assertEquals(expected, discord.posted().size());
    }

    @ParameterizedTest(name = "{0}")
    @EnumSource(value = Fault.class, mode = EnumSource.Mode.EXCLUDE, names = "REFUSED")
    void anEditThatFailsIsMadeAgain(Fault fault) throws Exception {
        Drill firing = Drill.firing(Drill.STALE).tell(redis);
        discord.await("a message", all -> all.size() == 1);
        discord.failNext(fault, fault);
        firing.resolved().tell(redis);
        discord.await("resolved", all -> all.getFirst().title().contains("Resolved"));
        Post.eventually(
                "it was done",
                () -> post.metrics.get("p35.discord.waiting").gauge().value() == 0);
        assertEquals(1, discord.posted().size());
    }

    @Test
    void intermediateStatesOfAnOutageAreSkipped() throws Exception {
        discord.failAlways(Fault.UNAVAILABLE);
        Drill firing = Drill.firing(Drill.STALE).tell(redis);
        post.awaitHealth(HealthReport.Level.DEGRADED, "Discord answers 503");
        firing.resolved().reopened().resolved().tell(redis);
        Post.eventually("it is known", () -> redis.cli("HGET", Keys.DEFAULT.discordOutbox(), firing.id())
                .toString()
                .contains("\"state\":\"resolved\""));
        discord.mend();
        discord.await(
                "only the last state",
                all -> all.size() == 1 && all.getFirst().title().contains("Resolved"));
        post.awaitHealth(HealthReport.Level.UP, "delivers to default");
        assertEquals(0, discord.edits());
        assertEquals(0, discord.pings());
    }

    @Test
    void aFullBucketIsWaitedFor() throws Exception {
        discord.bucket(1, Duration.ofMillis(300));
        List<Drill> drills = new ArrayList<>();
        for (int i = 0; i < 3; i++) {
            drills.add(Drill.firing("gate_" + i).tell(redis));
        }
        discord.await("all", all -> all.size() == 3);
        drills.forEach(drill -> drill.resolved().tell(redis));
        discord.await(
                "all resolved", all -> all.stream().allMatch(one -> one.title().contains("Resolved")));
    }

    @Test
    void aGlobalLimitStopsEveryTarget() throws Exception {
        post.stop();
        try (FakeDiscord other = FakeDiscord.start()) {
            post = Post.to(redis.settings(), List.of(Post.target("one", discord), Post.target("two", other)));
            discord.failNext(Fault.RATE_LIMITED_GLOBALLY);
            other.failAlways(Fault.UNAVAILABLE);
            Drill.firing(Drill.STALE).tell(redis);
            discord.awaitCalls(1);
            other.mend();
            discord.await("one", all -> all.size() == 1);
            other.await("two", all -> all.size() == 1);
            assertEquals(List.of(), other.violations());
        }
    }

    @Test
    void aBucketStaysClosedForTheNextInstance() throws Exception {
        discord.pauses(Duration.ofSeconds(3));
        discord.failNext(Fault.RATE_LIMITED);
        Drill.firing(Drill.STALE).tell(redis);
        discord.awaitCalls(1);
        post.stop();
        post = Post.to(redis.settings(), discord);
        discord.await("a message", all -> all.size() == 1);
        assertEquals(2, discord.calls());
    }

    @Test
    void aTestOnTheInstanceThatStandsByKeepsOutOfAClosedBucket() throws Exception {
        discord.pauses(Duration.ofMinutes(5));
        discord.failNext(Fault.RATE_LIMITED);
        Drill.firing(Drill.STALE).tell(redis);
        Post.eventually("it is known to others", () -> redis.cli("GET", Keys.DEFAULT.discordClosed("default")) != null);
        Post other = Post.to(redis.settings(), discord);
        other.awaitHealth(HealthReport.Level.UP, "stands by");
        String sentence = other.test().getFirst().sentence();
        other.stop();
        assertTrue(sentence.contains("Discord asked for a pause; try again in "), sentence);
        assertEquals(1, discord.calls());
    }

    @Test
    void aMessageThatDiscordRefusesKeepsNobodyElseFromBeingTold() throws Exception {
        discord.failNext(Fault.REFUSED);
        Drill poison = Drill.firing("poison").tell(redis);
        post.awaitHealth(
                HealthReport.Level.DEGRADED,
                "target 'default': 1 alert is not told as it stands, Discord refused the message: Discord answers 400"
                        + " (Invalid Form Body 50035)");
        Drill good = Drill.firing("good").tell(redis);
        discord.await(
                "the other", all -> all.size() == 1 && all.getFirst().title().contains("good"));
        discord.failNext(Fault.REFUSED);
        good.acknowledged("ann", "", good.alert().since()).show(redis);
        post.awaitHealth(HealthReport.Level.DEGRADED, "2 alerts are not told as it stands");
        Drill.firing("next").tell(redis);
        discord.await("the next", all -> all.size() == 2);
        poison.escalated(Severity.CRITICAL).tell(redis);
        discord.await("what got worse is tried again", all -> all.size() == 3);
        poison.escalated(Severity.CRITICAL).resolved().tell(redis).forget(redis);
        good.resolved().tell(redis).forget(redis);
        post.awaitHealth(HealthReport.Level.UP, "delivers to default");
        assertEquals(3, discord.posted().size());
    }

    @Test
    void whatIsRefusedIsTriedAgainAndHealthSaysSo() throws Exception {
        post.stop();
        post = Post.to(redis.settings(), List.of(Post.target("default", discord)), Post.INSISTENT);
        discord.failNext(Fault.REFUSED, Fault.REFUSED);
        Drill firing = Drill.firing(Drill.STALE).tell(redis);
        discord.await("posted after all", all -> all.size() == 1);
        discord.failNext(Fault.REFUSED, Fault.REFUSED);
        firing.resolved().tell(redis);
        discord.await("resolved after all", all -> all.getFirst().title().contains("Resolved"));
        post.awaitHealthAtLast(HealthReport.Level.UP, "delivers to default");
        assertEquals(1, discord.posted().size());
    }

    @Test
    void anEditThatWasGivenUpIsMadeWhenThereIsMoreToSay() throws Exception {
        post.stop();
        post = Post.to(redis.settings(), List.of(Post.target("default", discord)), Post.INSISTENT);
        Drill firing = Drill.firing(Drill.STALE).tell(redis);
        discord.await("a message", all -> all.size() == 1);
        discord.failNext(Collections.nCopies(6, Fault.REFUSED).toArray(Fault[]::new));
        Drill known = firing.acknowledged("ann", "", firing.alert().since()).show(redis);
        Post.eventually("given up", () -> redis.cli("HGET", Keys.DEFAULT.discordOutbox(), firing.id())
                .toString()
                .contains("REFUSED"));
        post.awaitHealth(HealthReport.Level.DEGRADED, "1 alert is not told as it stands");
        known.resolved().tell(redis);
        discord.await("resolved", all -> all.getFirst().title().contains("Resolved"));
        post.awaitHealthAtLast(HealthReport.Level.UP, "delivers to default");
    }

    @Test
    void whatGotWorseAfterARefusalIsToldAndHealthForgetsTheRefusal() throws Exception {
        discord.failNext(Fault.REFUSED);
        Drill firing = Drill.firing(Drill.STALE).tell(redis);
        post.awaitHealth(HealthReport.Level.DEGRADED, "1 alert is not told as it stands");
        firing.escalated(Severity.CRITICAL).tell(redis);
        discord.await("told", all -> all.size() == 1);
        post.awaitHealthAtLast(HealthReport.Level.UP, "delivers to default");
    }

    @Test
    void whatGotWorseIsShownInTheOldMessageWhenTheNewOneIsRefused() throws Exception {
        Drill firing = Drill.firing(Drill.STALE).tell(redis);
        discord.await("a message", all -> all.size() == 1);
        discord.failNext(Fault.REFUSED);
        firing.escalated(Severity.CRITICAL).tell(redis);
        discord.await("edited", all -> all.getFirst().title().contains("CRITICAL"));
        firing.escalated(Severity.CRITICAL).resolved().tell(redis);
        discord.await("resolved", all -> all.getFirst().title().contains("Resolved"));
        assertEquals(1, discord.posted().size());
    }

    @Test
    void aDeletedWebhookIsLeftAloneUntilATestSucceeds() throws Exception {
        discord.deleteWebhook();
        Drill.firing("first").tell(redis);
        post.awaitHealth(HealthReport.Level.DOWN, "target 'default': Discord answers 404 (Unknown Webhook 10015)");
        assertEquals(1, discord.calls());
        Drill.firing("second").tell(redis);
        TimeUnit.MILLISECONDS.sleep(Post.HURRY.poll().toMillis() * 4); // nothing to wait for: it must not happen
        assertEquals(1, discord.calls());
        assertTrue(!post.test().getFirst().delivered());
        discord.mend();
        assertTrue(post.test().getFirst().delivered());
        discord.await("both", all -> all.stream().filter(one -> !one.deleted()).count() == 2);
        post.awaitHealth(HealthReport.Level.UP, "delivers to default");
    }

    @Test
    void aTestThatFindsTheWebhookGoneStopsTheTargetAndHealthSaysWhatToDo() throws Exception {
        discord.deleteWebhook();
        String sentence = post.test().getFirst().sentence();
        assertTrue(sentence.contains("make a new webhook, write its URL into a file;"), sentence);
        post.awaitHealth(
                HealthReport.Level.DOWN,
                "target 'default': Discord answers 404 (Unknown Webhook 10015): make a new webhook, write its URL into a"
                        + " file; when");
        int calls = discord.calls();
        Drill.firing("first").tell(redis);
        Post.eventually(
                "it waits",
                () -> post.metrics.get("p35.discord.waiting").gauge().value() == 1);
        assertEquals(calls, discord.calls());
    }

    @Test
    void aMessageThatAPersonDeletedIsPostedAgainOnce() throws Exception {
        Drill firing = Drill.firing(Drill.STALE).tell(redis);
        List<Seen> seen = discord.await("a message", all -> all.size() == 1);
        discord.deleteMessage(seen.getFirst().id());
        Drill known = firing.acknowledged("ann", "", firing.alert().since()).show(redis);
        seen = discord.await("posted again", all -> all.size() == 2);
        assertEquals(1, discord.pings(), "again, but nothing is worse");
        discord.deleteMessage(seen.getLast().id());
        known.resolved().tell(redis).forget(redis);
        Post.eventually("given up", () -> redis.cli("HLEN", Keys.DEFAULT.discordOutbox())
                .equals(1L));
        assertEquals(2, discord.posted().size());
    }

    @Test
    void anOrderlyEndWaitsForTheAnswer() throws Exception {
        discord.failNext(Fault.HANG);
        Drill.firing(Drill.STALE).tell(redis);
        discord.awaitCalls(1);
        post.stop();
        post = Post.to(redis.settings(), discord);
        discord.await("a message", all -> all.size() == 1);
    }

    @Test
    void nothingIsSaidTwiceWhenRedisIsAwayAfterAPost() throws Exception {
        discord.failNext(Fault.UNAVAILABLE, Fault.UNAVAILABLE);
        Drill.firing(Drill.STALE).tell(redis);
        discord.awaitCalls(2);
        redis.freeze(); // the third call is made all the same, and cannot be recorded
        discord.await("a message", all -> all.size() == 1);
        post.awaitHealth(HealthReport.Level.DOWN, "gave no answer");
        redis.thaw();
        post.awaitHealth(HealthReport.Level.UP, "delivers to default");
        Drill.firing("next").tell(redis);
        discord.await("the next one", all -> all.getLast().title().contains("next"));
        assertEquals(2, discord.posted().size());
    }

    @Test
    void whatDiscordWasToldIsRememberedWhenRedisForgetsIt() throws Exception {
        Drill firing = Drill.firing(Drill.STALE).tell(redis);
        discord.await("a message", all -> all.size() == 1);
        // at once, or it may look in between and tell of an end
        redis.with(client -> {
            client.call("MULTI");
            client.call("FLUSHALL");
            client.call("HSET", Keys.DEFAULT.activeAlerts(), firing.alert().reason(), firing.json());
            return client.call("EXEC");
        });
        Post.eventually(
                "it is written back",
                () -> redis.cli("HGET", Keys.DEFAULT.discordOutbox(), firing.id()) instanceof String json
                        && json.contains(
                                "\"message\":\"" + discord.posted().getFirst().id()));
        firing.resolved().tell(redis);
        discord.await("resolved", all -> all.getFirst().title().contains("Resolved"));
        Drill.firing("next").tell(redis);
        discord.await("the next", all -> all.getLast().title().contains("next"));
        assertEquals(2, discord.posted().size());
    }

    @ParameterizedTest(name = "seed {0}")
    @ValueSource(longs = {1, 2, 3})
    void noIncidentIsLostUnderFaultsOfAllKinds(long seed) throws Exception {
        Random random = new Random(seed);
        List<Drill> drills = new ArrayList<>();
        int accepted = 0;
        for (int i = 0; i < 8; i++) {
            Fault fault = TRANSIENT.get(random.nextInt(TRANSIENT.size()));
            accepted += accepts(fault) ? 1 : 0;
            discord.failNext(fault);
            drills.add(Drill.firing("gate_" + i));
        }
        for (List<Drill> part : List.of(drills.subList(0, 2), drills.subList(2, 8))) {
            Drill.tell(redis, part);
            discord.await("all of these", seen -> part.stream().allMatch(one -> told(seen, one, "")));
        }
        Drill.tell(redis, drills.stream().map(Drill::resolved).toList());
        discord.await("their end", seen -> drills.stream().allMatch(one -> told(seen, one, "✅")));
        assertTrue(
                discord.posted().size() <= 3 + accepted,
                discord.posted().size() + " messages, " + accepted + " extra allowed: " + discord.posted());
    }

    /** Whether a message tells of it as a whole message, or as a line of a digest, with that sign. */
    private static boolean told(List<Seen> seen, Drill drill, String sign) {
        String gate = "`" + drill.alert().reason() + "`";
        return seen.stream()
                .anyMatch(one -> (one.title().contains(gate) && one.title().contains(sign))
                        || Arrays.stream(one.json()
                                        .path("embeds")
                                        .path(0)
                                        .path("description")
                                        .asText()
                                        .split("\n"))
                                .anyMatch(line -> line.contains(gate) && line.contains(sign)));
    }
}
