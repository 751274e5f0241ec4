package quantum.p35.api;

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

/**
 * Answers requests on the bus; whatever goes wrong becomes a failed reply that says what. Close it in {@code stop()} before
 * what the answers need is closed: a verticle may be replaced at any time, and who asked it shall not notice.
 *
 * <p>Used from the event loop of its verticle.
 */
public final class Answering {

    private static final Logger LOG = LoggerFactory.getLogger(Answering.class);

    private final EventBus bus;
    private final Function<Throwable, Failure> kind;
    private final Function<String, Runnable> failures;
    private final List<MessageConsumer<?>> consumers = new ArrayList<>();
    private final Set<Future<?>> inHand = new HashSet<>();

    /**
     * @param kind of an error that is neither a {@link ReplyException} nor a refused argument (a bad question);
     *     {@link Failure#INTERNAL} for what nobody expected: that is logged
     * @param failures asked once for each address; what it gives is run at each request there that fails: to count them
     */
    public Answering(EventBus bus, Function<Throwable, Failure> kind, Function<String, Runnable> failures) {
        this.bus = bus;
        this.kind = kind;
        this.failures = failures;
    }

    public <Q, A> Answering on(String address, Function<Q, Future<A>> answer) {
        Runnable failed = failures.apply(address);
        consumers.add(bus.<Q>consumer(address, message -> {
            Future<A> found = Future.succeededFuture(message.body()).compose(answer);
            inHand.add(found);
            found.onComplete(done -> inHand.remove(found))
                    .onSuccess(message::reply)
                    .onFailure(error -> {
                        failed.run();
                        fail(message, error);
                    });
        }));
        return this;
    }

    /** Completes when every address can be asked. */
    public Future<Void> ready() {
        return Future.all(consumers.stream().map(MessageConsumer::completion).toList())
                .mapEmpty();
    }

    /** Takes no more and answers what was asked. Never fails. */
    public Future<Void> close() {
        return Future.join(consumers.stream().map(MessageConsumer::unregister).toList())
                .transform(unregistered -> Future.join(List.copyOf(inHand)))
                .transform(answered -> Future.succeededFuture());
    }

    private void fail(Message<?> message, Throwable error) {
        switch (error) {
            case ReplyException reply -> message.fail(reply.failureCode(), reply.getMessage());
            case IllegalArgumentException wrong -> message.fail(Failure.BAD_QUESTION.code(), wrong.getMessage());
            default -> {
                Failure of = kind.apply(error);
                if (of == Failure.INTERNAL) {
                    LOG.error("{}: a request failed", message.address(), error);
                }
                message.fail(
                        of.code(),
                        of == Failure.INTERNAL ? message.address() + " failed: " + error : error.getMessage());
            }
        }
    }
}
