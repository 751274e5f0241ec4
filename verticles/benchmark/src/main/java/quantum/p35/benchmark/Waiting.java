package quantum.p35.benchmark;

import io.vertx.core.Future;
import java.util.concurrent.TimeUnit;

/** For the main thread of a benchmark, which may block. */
final class Waiting {

    private Waiting() {}

    static <T> T on(Future<T> future) throws Exception {
        return future.toCompletionStage().toCompletableFuture().get(10, TimeUnit.MINUTES);
    }
}
