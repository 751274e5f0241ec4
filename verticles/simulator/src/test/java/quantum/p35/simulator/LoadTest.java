package quantum.p35.simulator;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;
import quantum.p35.api.Keys;
import quantum.p35.embedded.RedisServer;
import quantum.p35.testkit.TestRedis;

@Timeout(60)
class LoadTest {

    @RegisterExtension
    static final TestRedis redis = new TestRedis(RedisServer.Options.DEFAULT.withAof());

    private final Vertx vertx = Vertx.vertx();

    @AfterEach
    void close() {
        vertx.close().await();
    }

    private Load load() {
        return Load.open(vertx, redis.settings(), Keys.DEFAULT, 1).await();
    }

    private static long length() {
        return (Long) redis.cli("XLEN", Keys.DEFAULT.stream());
    }

    private static long decisions(Expected expected) {
        return expected.sum().entrySet().stream()
                .filter(count -> count.getKey().startsWith("decision:"))
                .mapToLong(java.util.Map.Entry::getValue)
                .sum();
    }

    @Test
    void fillAddsExactlyWhatItSays() {
        Load load = load();
        Expected expected = load.fill(10_500).await();
        assertEquals(10_500, length());
        assertEquals(10_500, expected.entries());
        assertEquals(10_500, decisions(expected));
        assertEquals(10_500, load.added());
    }

    @Test
    void secondFillGoesOnBehindTheFirst() {
        load().fill(1_000).await();
        load().fill(1_000).await();
        assertEquals(2_000, length());
    }

    @Test
    void rateIsKept() {
        long begin = System.nanoTime();
        Expected expected = load().atRate(400, Duration.ofMillis(1500)).await();
        assertEquals(600, expected.entries());
        assertEquals(600, length());
        assertTrue(System.nanoTime() - begin >= 1_490_000_000L);
    }

    @Test
    void everyEntryGetsInOnceOverKillsAndFreezes() throws InterruptedException {
        Load load = load();
        Future<Expected> filling = load.fill(60_000);
        awaitAdded(load, 5_000);
        redis.kill();
        redis.restart();
        awaitAdded(load, 25_000);
        redis.freeze();
        Thread.sleep(2_500);
        redis.thaw();
        awaitAdded(load, 45_000);
        redis.kill();
        redis.restart();
        assertEquals(60_000, filling.await().entries());
        assertEquals(60_000, length());
    }

    private static void awaitAdded(Load load, long entries) throws InterruptedException {
        while (load.added() < entries) {
            Thread.sleep(1);
        }
    }
}
