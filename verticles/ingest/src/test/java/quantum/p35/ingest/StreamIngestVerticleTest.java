package quantum.p35.ingest;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.vertx.core.Vertx;
import io.vertx.core.eventbus.ReplyException;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import quantum.p35.api.Addresses;
import quantum.p35.api.BusMessages;
import quantum.p35.api.Failure;
import quantum.p35.api.Keys;
import quantum.p35.api.Recent;
import quantum.p35.testkit.Catalogues;
import quantum.p35.testkit.TestRedis;

class StreamIngestVerticleTest {

    @RegisterExtension
    static final TestRedis redis = new TestRedis();

    private static final Keys KEYS = Keys.DEFAULT;

    private final Vertx vertx = Vertx.vertx();

    @BeforeEach
    void deploy() {
        BusMessages.register(vertx.eventBus());
        vertx.deployVerticle(new StreamIngestVerticle(
                        IngestConfig.DEFAULT, redis.settings(), KEYS, Catalogues.fromConf(), new SimpleMeterRegistry()))
                .timeout(10, TimeUnit.SECONDS)
                .await();
    }

    @AfterEach
    void close() {
        vertx.close().timeout(10, TimeUnit.SECONDS).await();
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 501})
    void soManyCannotBeAskedFor(int limit) {
        Recent.Question question = new Recent.Question(null, null, null, limit);
        ReplyException refusal = assertThrows(ReplyException.class, () -> vertx.eventBus()
                .request(Addresses.INGEST_RECENT, question)
                .await());
        assertEquals(Failure.BAD_QUESTION, Failure.of(refusal));
        assertEquals("limit is " + limit + ": it must be 1 to 500", refusal.getMessage());
    }
}
