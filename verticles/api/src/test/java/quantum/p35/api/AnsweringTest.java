package quantum.p35.api;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.eventbus.Message;
import io.vertx.core.eventbus.ReplyException;
import io.vertx.junit5.VertxExtension;
import java.io.IOException;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(VertxExtension.class)
class AnsweringTest {

    private final List<String> failed = new CopyOnWriteArrayList<>();
    private Vertx vertx;
    private Answering answering;

    @BeforeEach
    void begin(Vertx vertx) {
        this.vertx = vertx;
        answering = new Answering(
                vertx.eventBus(),
                error -> error instanceof IOException ? Failure.UNAVAILABLE : Failure.INTERNAL,
                address -> () -> failed.add(address));
    }

    private Future<Message<String>> ask(String address) {
        return vertx.eventBus().request(address, "why?");
    }

    private void ready() throws TimeoutException {
        answering.ready().await(20, TimeUnit.SECONDS);
    }

    @Test
    void everyErrorIsAReplyOfItsKindAndIsCountedAtItsAddress() throws Exception {
        answering
                .on("known", (String asked) -> Future.failedFuture(Failure.NOT_FOUND.because("no such gate")))
                .on("wrong", (String asked) -> {
                    throw new IllegalArgumentException("gate is missing");
                })
                .on("away", (String asked) -> Future.failedFuture(new IOException("Redis is away")))
                .on("broken", (String asked) -> {
                    throw new IllegalStateException("a mistake of ours");
                });
        ready();

        refused("known", Failure.NOT_FOUND, "no such gate");
        refused("wrong", Failure.BAD_QUESTION, "gate is missing");
        refused("away", Failure.UNAVAILABLE, "Redis is away");
        refused("broken", Failure.INTERNAL, "broken failed: java.lang.IllegalStateException: a mistake of ours");
        assertEquals(List.of("known", "wrong", "away", "broken"), failed);
    }

    private void refused(String address, Failure kind, String words) {
        ReplyException refusal =
                assertThrows(ReplyException.class, () -> ask(address).await(20, TimeUnit.SECONDS));
        assertEquals(kind, Failure.of(refusal));
        assertEquals(words, refusal.getMessage());
    }

    @Test
    void closingTakesNoMoreAndWaitsUntilWhatWasAskedIsAnswered() throws Exception {
        Promise<Void> taken = Promise.promise();
        Promise<String> thought = Promise.promise();
        answering.on("slow", (String asked) -> {
            taken.complete();
            return thought.future();
        });
        ready();
        Future<Message<String>> asked = ask("slow");
        taken.future().await(20, TimeUnit.SECONDS);

        Future<Void> closed = answering.close();
        ReplyException late =
                assertThrows(ReplyException.class, () -> ask("slow").await(20, TimeUnit.SECONDS));
        assertEquals(Failure.UNAVAILABLE, Failure.of(late));
        assertTrue(!closed.isComplete(), "it waits");

        thought.complete("because");
        assertEquals("because", asked.await(20, TimeUnit.SECONDS).body());
        closed.await(20, TimeUnit.SECONDS);
        assertEquals(List.of(), failed);
    }
}
