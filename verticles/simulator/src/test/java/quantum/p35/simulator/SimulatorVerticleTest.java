package quantum.p35.simulator;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.vertx.core.Vertx;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import quantum.p35.api.BusMessages;
import quantum.p35.api.Keys;
import quantum.p35.embedded.Binary;
import quantum.p35.embedded.RedisServer;
import quantum.p35.embedded.RespClient;
import quantum.p35.redis.RedisSettings;

@Timeout(60)
class SimulatorVerticleTest {

    private static final String STREAM = Keys.DEFAULT.stream();

    private final Vertx vertx = Vertx.vertx();

    @BeforeEach
    void register() {
        BusMessages.register(vertx.eventBus());
    }

    @AfterEach
    void close() {
        vertx.close().await();
    }

    @ParameterizedTest
    @EnumSource(
            value = Binary.class,
            names = {"JAR", "PATH"})
    void writesThePastOnceAndThenLives(Binary binary) throws Exception {
        try (RedisServer server = RedisServer.start(RedisServer.Options.DEFAULT.withBinary(binary));
                RespClient redis = server.client(Duration.ofSeconds(5))) {
            Instant start = Instant.now();
            String deployment = deploy(server);
            awaitEntryAfter(redis, start);
            long before = (Long) redis.call("XLEN", STREAM);
            assertEquals(36_000, before, 5_000);
            EntryId first = EntryId.of(id(redis.call("XRANGE", STREAM, "-", "+", "COUNT", "1")));
            assertTrue(first.millis() < start.minus(Duration.ofMinutes(119)).toEpochMilli());

            vertx.undeploy(deployment).await();
            deploy(server);
            awaitEntryAfter(redis, Instant.now());
            long after = (Long) redis.call("XLEN", STREAM);
            assertTrue(after > before && after < before + 1_000, before + " then " + after);
        }
    }

    private String deploy(RedisServer server) {
        SimulatorVerticle simulator =
                new SimulatorVerticle(SimulatorConfig.DEFAULT, RedisSettings.of(server.url()), Keys.DEFAULT);
        return vertx.deployVerticle(simulator).await();
    }

    private static void awaitEntryAfter(RespClient redis, Instant instant) throws InterruptedException {
        String from = Long.toString(instant.toEpochMilli());
        while (((List<?>) redis.call("XRANGE", STREAM, from, "+", "COUNT", "1")).isEmpty()) {
            Thread.sleep(20);
        }
    }

    private static String id(Object entries) {
        return ((List<?>) ((List<?>) entries).getFirst()).getFirst().toString();
    }
}
