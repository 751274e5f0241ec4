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

    static final Pace HURRY = new Pace(
            Duration.ofMillis(20),
            Duration.ofMillis(50),
            Duration.ofMillis(700),
            Duration.ofMillis(50),
            Duration.ofMillis(200));
    static final String ROLE = "123456789012345678";

    final Vertx vertx = Vertx.vertx();
    final SimpleMeterRegistry metrics = new SimpleMeterRegistry();
    final BusRecorder<HealthReport> health;

    private Post() {
        BusMessages.register(vertx.eventBus());
        health = BusRecorder.of(vertx, Addresses.HEALTH_CHANGED, HealthReport.class);
    }

    static DiscordTarget target(String name, FakeDiscord discord) {
        return new DiscordTarget(name, new Secret(discord.url()), Severity.HIGH, List.of(), ROLE);
    }

    static Post to(RedisSettings redis, FakeDiscord discord) {
        return to(redis, List.of(target("default", discord)));
    }

    static Post to(RedisSettings redis, List<DiscordTarget> targets) {
        Post post = new Post();
        post.deploy(redis, targets);
        return post;
    }

    private void deploy(RedisSettings redis, List<DiscordTarget> targets) {
        DiscordConfig config = new DiscordConfig(1, "http://127.0.0.1:8035", targets);
        vertx.deployVerticle(new DiscordNotifierVerticle(config, redis, Keys.DEFAULT, metrics, HURRY))
                .timeout(10, TimeUnit.SECONDS)
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

    static void eventually(String what, BooleanSupplier condition) throws InterruptedException {
        long deadline = System.nanoTime() + Duration.ofSeconds(20).toNanos();
        while (!condition.getAsBoolean()) {
            assertTrue(System.nanoTime() < deadline, () -> "not within 20 s: " + what);
            TimeUnit.MILLISECONDS.sleep(10);
        }
    }

    /** An orderly end: what is in hand is finished. */
    void stop() {
        vertx.close().timeout(20, TimeUnit.SECONDS).await();
    }
}
