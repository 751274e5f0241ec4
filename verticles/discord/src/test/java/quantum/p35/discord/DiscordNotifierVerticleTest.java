package quantum.p35.discord;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Instant;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import quantum.p35.api.Addresses;
import quantum.p35.api.AlertChange;
import quantum.p35.api.HealthReport;
import quantum.p35.api.Keys;
import quantum.p35.api.Secret;
import quantum.p35.api.Severity;
import quantum.p35.testkit.FakeDiscord;
import quantum.p35.testkit.FakeDiscord.Seen;
import quantum.p35.testkit.TestRedis;

class DiscordNotifierVerticleTest {

    @RegisterExtension
    static final TestRedis redis = new TestRedis();

    private final FakeDiscord discord = FakeDiscord.start();
    private Post post;

    @AfterEach
    void nothingWasWrong() {
        post.stop();
        discord.close();
        assertEquals(List.of(), discord.violations());
    }

    private Post start() {
        Post post = Post.to(redis.settings(), discord);
        awaitOutbox();
        return post;
    }

    /** From then on everything that drift writes is news. */
    private void awaitOutbox() {
        try {
            Post.eventually("the outbox", () -> redis.cli("HGET", Keys.DEFAULT.discordOutbox(), "last_id") != null);
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    private static boolean shows(List<Seen> seen, int message, String title) {
        return seen.size() > message && seen.get(message).title().contains(title);
    }

    @Test
    void oneMessageFollowsAnIncidentToItsEnd() throws Exception {
        post = start();
        Drill firing = Drill.firing(Drill.STALE).tell(redis);
        List<Seen> seen = discord.await("a message", all -> shows(all, 0, "HIGH: `" + Drill.STALE + "`"));
        assertTrue(seen.getFirst().text().contains("70 %"), seen.toString());
        Drill known = firing.acknowledged("ann", "on it", Instant.now()).show(redis);
        discord.await("acknowledged", all -> shows(all, 0, "acknowledged"));
        Drill over = known.resolved().tell(redis);
        discord.await("resolved", all -> shows(all, 0, "Resolved"));
        over.reopened().show(redis);
        seen = discord.await("reopened", all -> shows(all, 0, "HIGH"));
        assertTrue(seen.getFirst().text().contains("fired again once"));
        over.reopened().resolved().tell(redis);
        discord.await("resolved again", all -> shows(all, 0, "Resolved"));
        over.forget(redis);
        Post.eventually("an empty outbox", () -> redis.cli("HLEN", Keys.DEFAULT.discordOutbox())
                .equals(1L));
        post.stop();
        assertEquals(1, discord.posted().size());
        assertEquals(1, discord.pings());
        assertEquals(4, discord.edits());
    }

    @Test
    void figuresAloneAreNoNews() throws Exception {
        post = start();
        Drill firing = Drill.firing(Drill.STALE).tell(redis);
        discord.await("a message", all -> all.size() == 1);
        firing.with("share", 0.75).with("score", 225).show(redis);
        Drill.firing("leverage_ratio_exceeded").tell(redis);
        discord.await("what came after", all -> all.size() == 2);
        assertEquals(0, discord.edits());
    }

    @Test
    void anEscalationPostsAnewAndTheOldMessagePointsToIt() throws Exception {
        post = start();
        Drill firing = Drill.firing(Drill.STALE).tell(redis);
        discord.await("a message", all -> all.size() == 1);
        firing.escalated(Severity.CRITICAL).tell(redis);
        List<Seen> seen = discord.await("both", all -> shows(all, 0, "Escalated") && all.size() == 2);
        assertTrue(seen.get(1).title().contains("CRITICAL (was HIGH)"), seen.toString());
        assertTrue(
                seen.get(0)
                        .text()
                        .contains("https://discord.com/channels/111111111111111111/222222222222222222/"
                                + seen.get(1).id()),
                seen.toString());
        assertEquals(2, discord.pings());
        firing.escalated(Severity.CRITICAL).resolved().tell(redis);
        discord.await("resolved", all -> shows(all, 1, "Resolved"));
        assertTrue(discord.posted().get(0).title().contains("Escalated"));
    }

    @Test
    void whatNobodyIsToHearOfIsNotPosted() throws Exception {
        post = start();
        Drill.firing("mild").with("severity", Severity.MEDIUM).tell(redis);
        Drill silenced = Drill.firing("silenced")
                .silenced(Instant.now().plusSeconds(600))
                .show(redis);
        Drill quiet =
                Drill.firing("quiet").quietUntil(Instant.now().plusSeconds(600)).tell(redis);
        Drill overnight = Drill.firing("overnight")
                .quietUntil(Instant.now().plusSeconds(600))
                .tell(redis);
        Drill.firing("loud").tell(redis);
        discord.await("the loud one", all -> shows(all, 0, "loud"));
        quiet.resolved().tell(redis).forget(redis);
        silenced.with("silenced", null).tell(redis);
        discord.await("the silence is over", all -> shows(all, 1, "silenced"));
        overnight.quietUntil(null).show(redis);
        discord.await("the night is over", all -> shows(all, 2, "overnight"));
        assertEquals(3, discord.posted().size());
    }

    @Test
    void fiftyGatesThatExplodeAreADigestAndItsEndIsAnEdit() throws Exception {
        post = start();
        List<Drill> all = IntStream.range(0, 50)
                .mapToObj(i -> Drill.firing("exploding_gate_" + i))
                .toList();
        Drill.tell(redis, all);
        Post.eventually("all are told", () -> told().equals(50L));
        assertTrue(discord.posted().size() <= 5, discord.posted().size() + " messages");
        Drill.tell(redis, all.stream().map(Drill::resolved).toList());
        discord.await("all resolved", seen -> seen.stream()
                .allMatch(one -> one.title().contains("Resolved")));
        assertTrue(discord.posted().size() <= 5, discord.posted().size() + " messages");
    }

    /** Incidents of which Discord has a message, by the outbox. */
    private Long told() {
        return ((List<?>) redis.cli("HVALS", Keys.DEFAULT.discordOutbox()))
                .stream()
                        .filter(value -> value.toString().contains("\"message\":\""))
                        .count();
    }

    @Test
    void whatGotWorseInADigestIsPostedAnew() throws Exception {
        List<Drill> all = IntStream.range(0, 6)
                .mapToObj(i -> Drill.firing("gate_" + i).show(redis))
                .toList();
        post = start();
        discord.await("a digest", seen -> shows(seen, 0, "6 alerts: 6 HIGH"));
        all.getFirst().escalated(Severity.CRITICAL).tell(redis);
        discord.await("a message of its own", seen -> shows(seen, 1, "CRITICAL (was HIGH): `gate_0`"));
        List<Seen> seen = discord.await("the digest follows", now -> shows(now, 0, "5 alerts"));
        assertTrue(seen.getFirst().text().contains("`gate_0` told below"), seen.toString());
    }

    @Test
    void theFirstStartTellsOfWhatFiresNowAndNotOfHistory() throws Exception {
        Drill.firing("history").tell(redis).resolved().tell(redis);
        Drill.firing("now").tell(redis);
        post = start();
        discord.await("what fires now", all -> shows(all, 0, "now"));
        Drill.firing("next").tell(redis);
        discord.await("what comes next", all -> shows(all, 1, "next"));
        post.stop();
        assertEquals(2, discord.posted().size());
    }

    @Test
    void aRestartRepeatsNothingAndTellsWhatHappenedMeanwhile() throws Exception {
        Drill firing;
        post = start();
        firing = Drill.firing(Drill.STALE).tell(redis);
        discord.await("a message", all -> all.size() == 1);
        post.stop();
        firing.resolved().tell(redis).forget(redis);
        Drill.firing("came_and_went").tell(redis).resolved().tell(redis).forget(redis);
        post = start();
        discord.await("resolved", all -> shows(all, 0, "Resolved"));
        discord.await("what came and went", all -> shows(all, 1, "came_and_went"));
        post.stop();
        assertEquals(2, discord.posted().size());
    }

    @Test
    void comesBackAfterLongWithADigest() throws Exception {
        post = start();
        assertEquals(0, discord.posted().size());
        post.stop();
        IntStream.range(0, 250)
                .forEach(i -> Drill.firing("gate_" + i).tell(redis).resolved().tell(redis));
        post = start();
        discord.await("a digest", all -> shows(all, 0, "Resolved: all 250 alerts"));
        post.stop();
        assertEquals(1, discord.posted().size());
        assertEquals(0, discord.pings());
    }

    @Test
    void aChangeOnTheBusIsToldAtOnce() throws Exception {
        post = start();
        Drill firing = Drill.firing(Drill.STALE).tell(redis);
        post.vertx.eventBus().publish(Addresses.ALERTS_CHANGED, new AlertChange.Raised(firing.alert()));
        discord.await("a message", all -> all.size() == 1);
    }

    @Test
    void ofTwoInstancesOneDeliversAndTheOtherTakesOver() throws Exception {
        Post first = start();
        post = Post.to(redis.settings(), discord);
        Drill.firing("before").tell(redis);
        discord.await("the first delivers", all -> shows(all, 0, "before"));
        post.awaitHealth(HealthReport.Level.UP, "stands by");
        first.stop();
        post.awaitHealth(HealthReport.Level.UP, "delivers to default");
        Drill.firing("after").tell(redis);
        discord.await("the second delivers", all -> shows(all, 1, "after"));
        assertEquals(2, discord.posted().size());
    }

    @Test
    void aRedisThatGivesNoLeaseIsTroubleAndNobodyElsesTurn() throws Exception {
        redis.cli("CONFIG", "SET", "maxmemory", "1");
        try {
            post = Post.to(redis.settings(), discord);
            post.awaitHealth(HealthReport.Level.DOWN, "delivers nothing: cannot ask for the lease");
        } finally {
            redis.cli("CONFIG", "SET", "maxmemory", "0");
        }
        post.awaitHealth(HealthReport.Level.UP, "delivers to default");
    }

    @Test
    void everyTargetGetsWhatItWants() throws Exception {
        try (FakeDiscord desk = FakeDiscord.start()) {
            DiscordTarget all = new DiscordTarget("desk", new Secret(desk.url()), Severity.MEDIUM, List.of(), null, "");
            DiscordTarget one = new DiscordTarget(
                    "default", new Secret(discord.url()), Severity.HIGH, List.of("p33_permit_denied"), null, "");
            post = Post.to(redis.settings(), List.of(all, one));
            awaitOutbox();
            Drill.firing("mild").with("severity", Severity.MEDIUM).tell(redis);
            Drill.firing(Drill.STALE).tell(redis);
            desk.await("both", seen -> seen.size() == 2);
            discord.await("one", seen -> shows(seen, 0, Drill.STALE));
            post.stop();
            assertEquals(1, discord.posted().size());
            assertEquals(0, discord.pings());
            assertEquals(List.of(), desk.violations());
        }
    }

    @Test
    void theTestLeavesNothingBehind() {
        post = start();
        var answer = post.test().getFirst();
        assertTrue(answer.delivered(), answer.sentence());
        assertEquals("default", answer.name());
        assertEquals(1, discord.posted().size());
        assertEquals(1, discord.edits());
        assertEquals(List.of(), discord.standing());
        assertEquals(0, discord.pings());
    }

    @Test
    void withoutAWebhookItSaysSo() throws Exception {
        post = Post.to(redis.settings(), List.of());
        post.awaitHealth(HealthReport.Level.UP, "P35_DISCORD_WEBHOOK_URL");
        assertEquals(List.of(), post.test());
    }

    @Test
    void healthTellsOfTheLastDeliveryAndOfRedis() throws Exception {
        post = start();
        Drill.firing(Drill.STALE).tell(redis);
        HealthReport report = post.health.await(one -> one.figures().containsKey("lastDelivery"));
        assertEquals(1, report.figures().get("targets"));
        redis.kill();
        post.awaitHealth(HealthReport.Level.DOWN, "delivers nothing");
    }

    @Test
    void entriesThatNobodyCanReadArePassedOver() throws Exception {
        post = start();
        redis.cli("XADD", Keys.DEFAULT.alerts(), "*", "context", "{broken");
        redis.cli("XADD", Keys.DEFAULT.alerts(), "*", "alert_id", "without");
        redis.cli("HSET", Keys.DEFAULT.activeAlerts(), "empty", "{}");
        Drill.firing(Drill.STALE).tell(redis);
        discord.await("the good one", all -> shows(all, 0, Drill.STALE));
    }

    @Test
    void anAlertThatIsGoneWithoutAnEndIsToldAsForgottenAndGoesOnWhenItIsBack() throws Exception {
        post = start();
        Drill firing = Drill.firing(Drill.STALE).tell(redis);
        discord.await("a message", all -> all.size() == 1);
        firing.forget(redis);
        List<Seen> seen = discord.await("forgotten", all -> shows(all, 0, "Forgotten"));
        assertFalse(seen.getFirst().text().contains("At the end"), seen.toString());
        firing.show(redis);
        discord.await("it goes on", all -> shows(all, 0, "HIGH"));
        assertEquals(1, discord.posted().size());
    }
}
