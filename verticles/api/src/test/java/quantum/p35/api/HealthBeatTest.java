package quantum.p35.api;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.vertx.core.Vertx;
import io.vertx.junit5.VertxExtension;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(VertxExtension.class)
class HealthBeatTest {

    private final BlockingQueue<HealthReport> told = new LinkedBlockingQueue<>();

    @BeforeEach
    void hear(Vertx vertx) {
        BusMessages.register(vertx.eventBus());
        vertx.eventBus()
                .<HealthReport>consumer(Addresses.HEALTH_CHANGED, message -> told.add(message.body()))
                .completion()
                .await();
    }

    @Test
    void itsLastWordIsThatItEnded(Vertx vertx) throws Exception {
        HealthBeat beat = new HealthBeat(
                vertx,
                "ingest",
                "1",
                () -> new HealthBeat.Condition(HealthReport.Level.DOWN, "no Redis", Map.of("lag", 3)));
        assertEquals("DOWN no Redis false", next());

        beat.close();
        assertEquals("UP ended in order true", next());
    }

    private String next() throws InterruptedException {
        HealthReport report = told.poll(20, TimeUnit.SECONDS);
        return report.level() + " " + report.sentence() + " " + report.last();
    }
}
