package quantum.p35.dashboard;

import io.vertx.core.Future;
import io.vertx.core.eventbus.EventBus;
import io.vertx.core.eventbus.Message;
import io.vertx.core.eventbus.ReplyException;
import io.vertx.core.eventbus.ReplyFailure;
import java.time.Duration;
import java.util.function.Supplier;
import quantum.p35.api.Ask;

/** Asks the other modules, the instance of this process first. Every failure is a {@link HttpError} that names who was asked. */
final class Bus {

    /** An answer that takes longer is of no use to a person: Redis commands give up after 2 s. */
    private static final Duration QUESTION = Duration.ofSeconds(5);

    /** A redeploy lets what is in hand finish, and Discord makes its callers wait. */
    private static final Duration COMMAND = Duration.ofSeconds(30);

    private final EventBus bus;

    Bus(EventBus bus) {
        this.bus = bus;
    }

    <T> Future<T> ask(String address, Object question, Class<T> answer) {
        return send(address, answer, QUESTION, "ask again", () -> Ask.question(bus, address, question, QUESTION));
    }

    /** Something that changes the world: when the answer is late it is perhaps done. */
    <T> Future<T> command(String address, Object command, Class<T> answer) {
        return send(
                address,
                answer,
                COMMAND,
                "perhaps it was done: look before you try again",
                () -> Ask.command(bus, address, command, COMMAND));
    }

    private static <T> Future<T> send(
            String address, Class<T> answer, Duration patience, String advice, Supplier<Future<Message<Object>>> ask) {
        return request(ask, System.nanoTime() + patience.toNanos() / 2)
                .map(reply -> answer.cast(reply.body()))
                .recover(error -> Future.failedFuture(HttpError.ofReply(
                        error, moduleOf(address), "within " + patience.toSeconds() + " s: " + advice)));
    }

    /**
     * An instance that goes gives back at once what it has not looked at yet, as if the time were over: then another one
     * is asked.
     */
    private static Future<Message<Object>> request(Supplier<Future<Message<Object>>> ask, long untilNanos) {
        return ask.get()
                .recover(error -> error instanceof ReplyException reply
                                && reply.failureType() == ReplyFailure.TIMEOUT
                                && System.nanoTime() - untilNanos < 0
                        ? request(ask, untilNanos)
                        : Future.failedFuture(error));
    }

    /** {@code p35.insight.why} is answered by {@code insight}. */
    private static String moduleOf(String address) {
        return address.split("\\.")[1];
    }
}
