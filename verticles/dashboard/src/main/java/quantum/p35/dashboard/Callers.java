package quantum.p35.dashboard;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpConnection;
import java.util.concurrent.TimeUnit;

/**
 * The open connections of one server. A shutdown closes what is idle, and a request that comes at that moment is lost; who
 * was told by an answer to go elsewhere loses none.
 */
final class Callers {

    private static final long PATIENCE_MILLIS = 1_000;
    private static final long LOOK_MILLIS = 20;

    private int connections;

    void take(HttpConnection connection) {
        connections++;
        // not its closeHandler: that of one that became a WebSocket is never called
        Wire.under(connection).whenGone(() -> connections--);
    }

    /** Completes when all have gone, or after a second: who asks nothing is not told. */
    Future<Void> gone(Vertx vertx) {
        return gone(vertx, System.nanoTime());
    }

    private Future<Void> gone(Vertx vertx, long sinceNanos) {
        return connections == 0 || System.nanoTime() - sinceNanos > TimeUnit.MILLISECONDS.toNanos(PATIENCE_MILLIS)
                ? Future.succeededFuture()
                : vertx.timer(LOOK_MILLIS).compose(fired -> gone(vertx, sinceNanos));
    }
}
