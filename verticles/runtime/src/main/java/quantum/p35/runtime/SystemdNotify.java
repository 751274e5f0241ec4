package quantum.p35.runtime;

import io.netty.util.concurrent.EventExecutor;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.internal.VertxInternal;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Tells systemd that the service has started and, for its watchdog, that every event loop still turns. By the command
 * {@code systemd-notify}, because Java has no Unix datagram socket: two short processes a minute are cheaper than a native
 * library for each platform. Redis being away is not told: a restart would not bring it back.
 */
final class SystemdNotify {

    private static final Logger LOG = LoggerFactory.getLogger(SystemdNotify.class);
    private static final long COMMAND_SECONDS = 10;

    private final Vertx vertx;
    private final String command;
    private boolean failed;

    private SystemdNotify(Vertx vertx, String command) {
        this.vertx = vertx;
        this.command = command;
    }

    /**
     * Says that the service is ready, and keeps the watchdog quiet until Vert.x is closed. Does nothing when it was not
     * systemd that started this process.
     *
     * @param environment for {@code NOTIFY_SOCKET} and {@code WATCHDOG_USEC} (µs; none: no watchdog), as systemd sets them
     */
    static void ready(Vertx vertx, Map<String, String> environment, String command) {
        if (environment.get("NOTIFY_SOCKET") == null) {
            return;
        }
        SystemdNotify systemd = new SystemdNotify(vertx, command);
        systemd.tell("READY=1");
        long watchdog = Long.parseLong(environment.getOrDefault("WATCHDOG_USEC", "0"));
        if (watchdog > 0) {
            vertx.setPeriodic(Math.max(1, TimeUnit.MICROSECONDS.toMillis(watchdog) / 2), id -> everyLoopTurns(vertx)
                    .onSuccess(turns -> systemd.tell("WATCHDOG=1"))
                    .onFailure(error -> LOG.warn("an event loop takes no work", error)));
        }
    }

    /** Never completes while one event loop is stuck. */
    static Future<Void> everyLoopTurns(Vertx vertx) {
        List<Future<Void>> turns = new ArrayList<>();
        for (EventExecutor loop : ((VertxInternal) vertx).nettyEventLoopGroup()) {
            Promise<Void> turned = Promise.promise();
            loop.execute(turned::complete);
            turns.add(turned.future());
        }
        return Future.all(turns).mapEmpty();
    }

    private void tell(String what) {
        vertx.executeBlocking(() -> run(what), false)
                .onSuccess(done -> failed = false)
                .onFailure(error -> {
                    if (!failed) {
                        failed = true;
                        LOG.warn("systemd was not told {}: {}", what, error.toString());
                    }
                });
    }

    private Void run(String what) throws IOException, InterruptedException {
        Process process = new ProcessBuilder(command, what).inheritIO().start();
        if (!process.waitFor(COMMAND_SECONDS, TimeUnit.SECONDS)) {
            process.destroyForcibly();
            throw new IOException(command + " did not end within " + COMMAND_SECONDS + " s");
        }
        if (process.exitValue() != 0) {
            throw new IOException(command + " ended with " + process.exitValue());
        }
        return null;
    }
}
