package quantum.p35.dashboard;

import io.vertx.core.Future;
import io.vertx.core.eventbus.DeliveryOptions;
import io.vertx.core.eventbus.EventBus;
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
        return bus.<Object>request(address, question, options)
                .map(reply -> answer.cast(reply.body()))
                .recover(error -> Future.failedFuture(HttpError.ofReply(error, moduleOf(address))));
    }

    /** {@code p35.insight.why} is answered by {@code insight}. */
    private static String moduleOf(String address) {
        return address.split("\\.")[1];
    }
}
