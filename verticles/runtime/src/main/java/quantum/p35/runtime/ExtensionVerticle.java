package quantum.p35.runtime;

import io.vertx.core.Context;
import io.vertx.core.Deployable;
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

    /** Fails the deployment itself when the start takes too long, so that Vert.x ends what the verticle began. */
    private record Punctual(Deployable verticle, long seconds) implements Deployable {

        @Override
        public Future<?> deploy(Context context) throws Exception {
            return verticle.deploy(context).timeout(seconds, TimeUnit.SECONDS);
        }

        @Override
        public Future<?> undeploy(Context context) throws Exception {
            return verticle.undeploy(context);
        }
    }

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
                .onSuccess(this::opened)
                .timeout(startSeconds, TimeUnit.SECONDS)
                .compose(this::deploy)
                .recover(error -> end().transform(ended -> Future.failedFuture(problem(error))));
    }

    private void opened(ExtensionCode opened) {
        code = opened;
        if (over) {
            end();
        }
    }

    private Future<String> deploy(ExtensionCode opened) {
        DeploymentOptions options = new DeploymentOptions()
                .setConfig(opened.config())
                .setClassLoader(opened.loader())
                .setWorkerPoolName(pool())
                .setWorkerPoolSize(WORKERS);
        return vertx.deployVerticle(new Punctual(opened.verticle(), startSeconds), options);
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
