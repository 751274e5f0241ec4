package quantum.p35.api;

import io.vertx.core.Future;
import io.vertx.core.eventbus.DeliveryOptions;
import io.vertx.core.eventbus.EventBus;
import io.vertx.core.eventbus.Message;
import io.vertx.core.eventbus.ReplyException;
import io.vertx.core.eventbus.ReplyFailure;
import java.time.Duration;

/**
 * Asks whoever is nearest: an instance in this process when there is one, else one of another process.
 *
 * <p>The bus by itself asks all processes in turn. It may not know yet that one of them was killed, and what is sent there
 * is answered by nobody: so the way that cannot break is taken first, and a question that found nobody is asked again.
 */
public final class Ask {

    private Ask() {}

    /** May be asked twice. Fails, as any request, with a {@link ReplyException}. @param patience for the answer */
    public static <T> Future<Message<T>> question(EventBus bus, String address, Object question, Duration patience) {
        Duration half = patience.dividedBy(2);
        return Ask.<T>here(bus, address, question, patience)
                .recover(error -> failed(ReplyFailure.NO_HANDLERS, error)
                        ? Ask.<T>anywhere(bus, address, question, half)
                                .recover(late -> failed(ReplyFailure.TIMEOUT, late)
                                        ? anywhere(bus, address, question, half)
                                        : Future.failedFuture(late))
                        : Future.failedFuture(error));
    }

    /** Something that changes the world: sent once. Fails as {@link #question}. */
    public static <T> Future<Message<T>> command(EventBus bus, String address, Object command, Duration patience) {
        return Ask.<T>here(bus, address, command, patience)
                .recover(error -> failed(ReplyFailure.NO_HANDLERS, error)
                        ? anywhere(bus, address, command, patience)
                        : Future.failedFuture(error));
    }

    private static <T> Future<Message<T>> here(EventBus bus, String address, Object body, Duration patience) {
        return bus.request(address, body, options(patience).setLocalOnly(true));
    }

    private static <T> Future<Message<T>> anywhere(EventBus bus, String address, Object body, Duration patience) {
        return bus.request(address, body, options(patience));
    }

    private static DeliveryOptions options(Duration patience) {
        return new DeliveryOptions().setSendTimeout(patience.toMillis());
    }

    private static boolean failed(ReplyFailure failure, Throwable error) {
        return error instanceof ReplyException reply && reply.failureType() == failure;
    }
}
