package quantum.p35.runtime;

import io.vertx.core.DeploymentOptions;
import io.vertx.core.Future;
import io.vertx.core.VerticleBase;
import io.vertx.core.WorkerExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * Loads somebody else's verticle and deploys it below itself: Vert.x ends that one first, then its code can be put away. It
 * has threads for blocking work of its own, so that one that hangs does not hold up ours.
 */
final class ExtensionVerticle extends VerticleBase {

    /** The start of the service waits for it once. */
    static final long START_SECONDS = 10;

    private static final int WORKERS = 2;

    private final Extension extension;
    private final long startSeconds;
    private WorkerExecutor workers;
    private ExtensionCode code;
    private boolean over;

    /** @param startSeconds one that starts no sooner has failed */
    ExtensionVerticle(Extension extension, long startSeconds) {
        this.extension = extension;
        this.startSeconds = startSeconds;
    }

    @Override
    public Future<?> start() {
        workers = vertx.createSharedWorkerExecutor(pool(), WORKERS);
        return workers.executeBlocking(() -> ExtensionCode.open(extension), false)
                .compose(this::deploy)
                .timeout(startSeconds, TimeUnit.SECONDS)
                .recover(error -> end().transform(ended -> Future.failedFuture(problem(error))));
    }

    private Future<Void> deploy(ExtensionCode opened) {
        code = opened;
        if (over) {
            return end();
        }
        DeploymentOptions options = new DeploymentOptions()
                .setConfig(opened.config())
                .setClassLoader(opened.loader())
                .setWorkerPoolName(pool())
                .setWorkerPoolSize(WORKERS);
        return vertx.deployVerticle(opened.verticle(), options)
                .compose(id -> over ? vertx.undeploy(id) : Future.succeededFuture());
    }

    /** Not shared between generations: its threads remember the class loader. */
    private String pool() {
        return extension.name() + "-" + deploymentID();
    }

    private Throwable problem(Throwable error) {
        if (error instanceof StartProblem) {
            return error;
        }
        return new StartProblem(extension.shown()
                + (error instanceof TimeoutException
                        ? "it did not start within " + startSeconds
                                + " s: let start() return a future that completes when it listens"
                        : "its start failed: " + (error.getMessage() == null ? error : error.getMessage())));
    }

    @Override
    public Future<?> stop() {
        return end();
    }

    private Future<Void> end() {
        over = true;
        ExtensionCode done = code;
        Future<Void> closed = done == null
                ? Future.succeededFuture()
                : vertx.executeBlocking(() -> {
                    done.close();
                    return null;
                });
        return closed.eventually(workers::close);
    }
}
