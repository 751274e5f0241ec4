package quantum.p35.insight;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.vertx.core.Future;
import io.vertx.core.eventbus.EventBus;
import io.vertx.core.eventbus.Message;
import io.vertx.core.eventbus.MessageConsumer;
import io.vertx.core.eventbus.ReplyException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Function;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import quantum.p35.api.Failure;
import quantum.p35.redis.RedisFailure;

/** Answers requests on the bus; whatever goes wrong becomes a failed reply that says what. */
final class Questions {

    private static final Logger LOG = LoggerFactory.getLogger(Questions.class);

    private final EventBus bus;
    private final MeterRegistry metrics;
    private final List<MessageConsumer<?>> consumers = new ArrayList<>();
    private final Set<Future<?>> inHand = new HashSet<>();

    Questions(EventBus bus, MeterRegistry metrics) {
        this.bus = bus;
        this.metrics = metrics;
    }

    <Q, A> Questions on(String address, Function<Q, Future<A>> answer) {
        Counter failed = Counter.builder("p35.insight.failures")
                .description("Questions that insight could not answer")
                .tag("address", address)
                .register(metrics);
        consumers.add(bus.<Q>consumer(address, message -> {
            Future<A> found = Future.succeededFuture(message.body()).compose(answer);
            inHand.add(found);
            found.onComplete(done -> inHand.remove(found))
                    .onSuccess(message::reply)
                    .onFailure(error -> {
                        failed.increment();
                        fail(message, error);
                    });
        }));
        return this;
    }

    /** Completes when every address can be asked. */
    Future<Void> ready() {
        return Future.all(consumers.stream().map(MessageConsumer::completion).toList())
                .mapEmpty();
    }

    /** Takes no more and answers what was asked. Never fails. */
    Future<Void> close() {
        return Future.join(consumers.stream().map(MessageConsumer::unregister).toList())
                .transform(unregistered -> Future.join(List.copyOf(inHand)))
                .transform(answered -> Future.succeededFuture());
    }

    private static void fail(Message<?> message, Throwable error) {
        switch (error) {
            case ReplyException reply -> message.fail(reply.failureCode(), reply.getMessage());
            case IllegalArgumentException wrong -> message.fail(Failure.BAD_QUESTION.code(), wrong.getMessage());
            case RedisFailure redis -> message.fail(Failure.UNAVAILABLE.code(), redis.getMessage());
            default -> {
                LOG.error("{}: a question failed", message.address(), error);
                message.fail(Failure.INTERNAL.code(), "insight failed: " + error);
            }
        }
    }
}
