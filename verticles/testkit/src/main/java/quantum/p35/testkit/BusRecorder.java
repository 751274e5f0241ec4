package quantum.p35.testkit;

import io.vertx.core.Vertx;
import io.vertx.core.eventbus.MessageConsumer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;

/** Keeps every message that is published to an address, for a test to wait for. Safe between threads. */
public final class BusRecorder<T> implements AutoCloseable {

    private static final Duration PATIENCE = Duration.ofSeconds(30);

    private final String address;
    private final List<T> messages = new ArrayList<>();
    private final MessageConsumer<T> consumer;

    private BusRecorder(Vertx vertx, String address) {
        this.address = address;
        this.consumer = vertx.eventBus().consumer(address, message -> add(message.body()));
    }

    /** Records from now on. */
    public static <T> BusRecorder<T> of(Vertx vertx, String address, Class<T> type) {
        return new BusRecorder<>(vertx, address);
    }

    private synchronized void add(T message) {
        messages.add(message);
        notifyAll();
    }

    public synchronized List<T> messages() {
        return List.copyOf(messages);
    }

    /** The first message, old or new, that fits; waits at most 30 s and then fails with what did come. */
    public synchronized T await(Predicate<T> fits) throws InterruptedException {
        long deadline = System.nanoTime() + PATIENCE.toNanos();
        for (int seen = 0; ; ) {
            for (; seen < messages.size(); seen++) {
                if (fits.test(messages.get(seen))) {
                    return messages.get(seen);
                }
            }
            long left = (deadline - System.nanoTime()) / 1_000_000;
            if (left <= 0) {
                throw new AssertionError("no fitting message on " + address + " in " + PATIENCE.toSeconds()
                        + " s; these came: " + messages);
            }
            wait(left);
        }
    }

    @Override
    public void close() {
        consumer.unregister();
    }
}
