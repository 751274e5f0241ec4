package quantum.p35.discord;

import static org.junit.jupiter.api.Assertions.assertTrue;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.vertx.core.Vertx;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import quantum.p35.api.Addresses;
import quantum.p35.api.BusMessages;
import quantum.p35.api.DiscordTest;
import quantum.p35.api.HealthReport;
import quantum.p35.api.Keys;
import quantum.p35.api.Secret;
import quantum.p35.api.Severity;
import quantum.p35.redis.RedisSettings;
import quantum.p35.testkit.BusRecorder;
import quantum.p35.testkit.FakeDiscord;

/** The verticle on a Vert.x of its own, in a hurry, as a test wants it. */
final class Post {

    /** The deadline of a call is as long as in earnest: one that a slow machine misses is made again, as it should. */
    static final Pace HURRY = hurry(Pace.DEFAULT.deadline());

    /** For a Discord that gives no answer. */
    static final Pace IMPATIENT = hurry(Duration.ofSeconds(2));

    /** What was refused is tried again at once. */
    static final Pace INSISTENT = new Pace(
            HURRY.tick(),
            HURRY.poll(),
            HURRY.deadline(),
            HURRY.firstWait(),
            HURRY.longestWait(),
            Duration.ofMillis(50));

    static final String ROLE = "123456789012345678";

    final Vertx vertx = Vertx.vertx();
    final SimpleMeterRegistry metrics = new SimpleMeterRegistry();
    final BusRecorder<HealthReport> health;

    private static Pace hurry(Duration deadline) {
        return new Pace(
                Duration.ofMillis(20),
                Duration.ofMillis(50),
                deadline,
                Duration.ofMillis(50),
                Duration.ofMillis(200),
                Duration.ofMinutes(1));
    }

    private Post() {
        BusMessages.register(vertx.eventBus());
        health = BusRecorder.of(vertx, Addresses.HEALTH_CHANGED, HealthReport.class);
    }

    static DiscordTarget target(String name, FakeDiscord discord) {
        return new DiscordTarget(
                name, new Secret(discord.url()), Severity.HIGH, List.of(), ROLE, "write its URL into a file");
    }

    static Post to(RedisSettings redis, FakeDiscord discord) {
        return to(redis, List.of(target("default", discord)));
    }

    static Post to(RedisSettings redis, List<DiscordTarget> targets) {
        return to(redis, targets, HURRY);
    }

    static Post to(RedisSettings redis, List<DiscordTarget> targets, Pace pace) {
        Post post = new Post();
        post.deploy(redis, targets, pace);
        return post;
    }

    private void deploy(RedisSettings redis, List<DiscordTarget> targets, Pace pace) {
        DiscordConfig config = new DiscordConfig(1, "http://127.0.0.1:8035", targets);
        vertx.deployVerticle(new DiscordNotifierVerticle(config, redis, Keys.DEFAULT, metrics, pace))
                .timeout(20, TimeUnit.SECONDS)
                .await();
    }

    List<DiscordTest.Target> test() {
        return vertx.eventBus()
                .<DiscordTest.Answer>request(Addresses.DISCORD_TEST, new DiscordTest.Question())
                .await()
                .body()
                .targets();
    }

    void awaitHealth(HealthReport.Level level, String words) throws InterruptedException {
        health.await(report -> report.level() == level && report.sentence().contains(words));
    }

    /** The newest report says so, whatever those before said. */
    void awaitHealthAtLast(HealthReport.Level level, String words) throws InterruptedException {
        eventually(level + ": " + words, () -> {
            HealthReport newest = health.messages().getLast();
            return newest.level() == level && newest.sentence().contains(words);
        });
    }

    static void eventually(String what, BooleanSupplier condition) throws InterruptedException {
        long deadline = System.nanoTime() + Duration.ofSeconds(30).toNanos();
        while (!condition.getAsBoolean()) {
            assertTrue(System.nanoTime() < deadline, () -> "not within 30 s: " + what);
            TimeUnit.MILLISECONDS.sleep(10);
        }
    }

    /** An orderly end: what is in hand is finished. */
    void stop() {
        vertx.close().timeout(20, TimeUnit.SECONDS).await();
    }
}
