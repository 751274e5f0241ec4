package quantum.p35.dashboard;

import io.vertx.core.Future;
import io.vertx.core.eventbus.DeliveryOptions;
import io.vertx.core.eventbus.EventBus;
import io.vertx.core.eventbus.ReplyException;
import io.vertx.core.eventbus.ReplyFailure;
import java.time.Duration;

/** Asks the other modules. Every failure is a {@link HttpError} that names who was asked. */
final class Bus {

    /** An answer that takes longer is of no use to a person: Redis commands give up after 2 s. */
    static final Duration PATIENCE = Duration.ofSeconds(5);

    private final EventBus bus;
    private final DeliveryOptions options = new DeliveryOptions().setSendTimeout(PATIENCE.toMillis());

    Bus(EventBus bus) {
        this.bus = bus;
    }

    <T> Future<T> ask(String address, Object question, Class<T> answer) {
        long asked = System.nanoTime();
        return bus.<Object>request(address, question, options)
                .recover(error ->
                        discarded(error, asked) ? bus.request(address, question, options) : Future.failedFuture(error))
                .map(reply -> answer.cast(reply.body()))
                .recover(error -> Future.failedFuture(HttpError.ofReply(error, moduleOf(address))));
    }

    /** An instance that goes gives back at once what it has not looked at yet, as if the time were over. */
    private static boolean discarded(Throwable error, long askedNanos) {
        return error instanceof ReplyException reply
                && reply.failureType() == ReplyFailure.TIMEOUT
                && System.nanoTime() - askedNanos < PATIENCE.toNanos() / 2;
    }

    /** {@code p35.insight.why} is answered by {@code insight}. */
    private static String moduleOf(String address) {
        return address.split("\\.")[1];
    }
}
