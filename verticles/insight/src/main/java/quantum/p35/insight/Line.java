package quantum.p35.insight;

import io.vertx.core.Future;
import io.vertx.core.Promise;
import java.util.ArrayDeque;
import java.util.Queue;
import java.util.function.Supplier;
import quantum.p35.api.Failure;

/**
 * Where questions wait that read much: a few are under way, the others stand in line. Many at once would keep whoever asks
 * little waiting, and fill what may be under way to Redis.
 *
 * <p>Used from the event loop of its verticle.
 */
final class Line {

    private final int atOnce;
    private final int places;
    private final Queue<Runnable> waiting = new ArrayDeque<>();
    private int underWay;

    /** @param places of those who wait; nobody else is let in */
    Line(int atOnce, int places) {
        this.atOnce = atOnce;
        this.places = places;
    }

    /** Fails when there is no place, with what the question fails with else. */
    <A> Future<A> ask(Supplier<Future<A>> question) {
        if (underWay < atOnce) {
            return begin(question);
        }
        if (waiting.size() >= places) {
            return Future.failedFuture(Failure.UNAVAILABLE.because(
                    "busy: " + waiting.size() + " such questions wait already; ask again in a moment"));
        }
        Promise<A> turn = Promise.promise();
        waiting.add(() -> begin(question).onComplete(turn));
        return turn.future();
    }

    private <A> Future<A> begin(Supplier<Future<A>> question) {
        underWay++;
        return Future.succeededFuture().compose(now -> question.get()).onComplete(done -> {
            underWay--;
            if (!waiting.isEmpty()) {
                waiting.remove().run();
            }
        });
    }
}
