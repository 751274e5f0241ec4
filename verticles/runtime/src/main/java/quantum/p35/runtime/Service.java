package quantum.p35.runtime;

import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.function.Supplier;
import quantum.p35.api.HealthBeat;

/** The runtime's own wiring: deployments, commands, watched files, and their health. May be used from any thread. */
final class Service {

    private final Vertx vertx;
    private final Context context;
    private final Deployments deployments;
    private final Commands commands;
    private final List<FileWatch<?>> watches;
    private final List<HealthBeat> beats = new ArrayList<>();

    Service(Vertx vertx, Deployments deployments, Commands commands, List<FileWatch<?>> watches) {
        this.vertx = vertx;
        this.context = vertx.getOrCreateContext();
        this.deployments = deployments;
        this.commands = commands;
        this.watches = watches;
    }

    /** Completes when every verticle was tried once; one that cannot start fails nothing. */
    Future<Void> start() {
        return onContext(() -> {
            String instance = UUID.randomUUID().toString();
            beats.add(new HealthBeat(vertx, "runtime", instance, deployments::condition));
            watches.forEach(watch -> {
                watch.start();
                beats.add(new HealthBeat(vertx, watch.component(), instance, watch::condition));
            });
            return commands.listen().compose(listens -> deployments.start());
        });
    }

    /** Orderly, within 5 s; also ends Vert.x. */
    Future<Void> stop() {
        return onContext(() -> {
                    watches.forEach(FileWatch::close);
                    return deployments.stop();
                })
                .eventually(() -> {
                    beats.forEach(HealthBeat::close);
                    return vertx.close();
                });
    }

    private Future<Void> onContext(Supplier<Future<Void>> work) {
        Promise<Void> done = Promise.promise();
        context.runOnContext(
                nothing -> Future.succeededFuture().compose(go -> work.get()).onComplete(done));
        return done.future();
    }
}
