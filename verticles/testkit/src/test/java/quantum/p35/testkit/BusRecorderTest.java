package quantum.p35.testkit;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.vertx.core.Vertx;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class BusRecorderTest {

    private final Vertx vertx = Vertx.vertx();

    @AfterEach
    void close() {
        vertx.close().await();
    }

    @Test
    void givesTheFirstMessageThatFits() throws InterruptedException {
        try (BusRecorder<String> recorder = BusRecorder.of(vertx, "address", String.class)) {
            vertx.eventBus().publish("address", "one").publish("address", "two").publish("address", "three");
            assertEquals("two", recorder.await(text -> text.startsWith("t")));
            assertEquals("three", recorder.await("three"::equals));
            assertEquals(List.of("one", "two", "three"), recorder.messages());
        }
    }
}
