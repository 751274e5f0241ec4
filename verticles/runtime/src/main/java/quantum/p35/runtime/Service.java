package quantum.p35.runtime;

import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import quantum.p35.api.Addresses;
import quantum.p35.api.HealthBeat;

/** The runtime's own wiring: deployments, commands, watched files, and their health. May be used from any thread. */
final class Service {

    private static final Logger LOG = LoggerFactory.getLogger(Service.class);

    private final Vertx vertx;
    private final Context context;
    private final Nodes nodes;
    private final Departures departures;
    private final Deployments deployments;
    private final Commands commands;
    private final List<FileWatch<?>> watches;
    private final List<HealthBeat> beats = new ArrayList<>();

    Service(Vertx vertx, Nodes nodes, Deployments deployments, Commands commands, List<FileWatch<?>> watches) {
        this.vertx = vertx;
        this.context = vertx.getOrCreateContext();
        this.nodes = nodes;
        this.departures = new Departures(nodes.expected());
        this.deployments = deployments;
        this.commands = commands;
        this.watches = watches;
    }

    /** Completes when every verticle was tried once; one that cannot start fails nothing. */
    Future<Void> start() {
        return onContext(() -> {
            String instance = UUID.randomUUID().toString();
            Future<Void> farewells = nodes.own() == null ? Future.succeededFuture() : meetOthers(instance);
            beats.add(new HealthBeat(vertx, "runtime", instance, deployments::condition));
            watches.forEach(watch -> {
                watch.start();
                beats.add(new HealthBeat(vertx, watch.component(), instance, watch::condition));
            });
            return farewells.compose(hears -> commands.listen()).compose(listens -> deployments.start());
        });
    }

    private Future<Void> meetOthers(String instance) {
        HealthBeat.node(vertx, nodes.own());
        nodes.onLeft(node -> context.runOnContext(gone -> onLeft(node)));
        beats.add(new HealthBeat(vertx, "cluster", instance, () -> departures.condition(nodes.names(), Instant.now())));
        return vertx.eventBus()
                .<String>consumer(Addresses.RUNTIME_LEAVING, node -> departures.onGoodbye(node.body()))
                .completion();
    }

    private void onLeft(String node) {
        if (departures.onLeft(node, Instant.now())) {
            LOG.warn("node {} left without saying goodbye: its process or the network died", node);
        } else {
            LOG.info("node {} left", node);
        }
    }

    /** Orderly, within 5 s; also ends Vert.x. */
    Future<Void> stop() {
        return onContext(() -> {
                    watches.forEach(FileWatch::close);
                    if (nodes.own() != null) {
                        vertx.eventBus().publish(Addresses.RUNTIME_LEAVING, nodes.own());
                        // what ends here in order shall not look like trouble there
                        commands.deaf();
                        closeBeats();
                    }
                    return deployments.stop();
                })
                .eventually(() -> {
                    closeBeats();
                    return vertx.close();
                });
    }

    private void closeBeats() {
        beats.forEach(HealthBeat::close);
        beats.clear();
    }

    private Future<Void> onContext(Supplier<Future<Void>> work) {
        Promise<Void> done = Promise.promise();
        context.runOnContext(
                nothing -> Future.succeededFuture().compose(go -> work.get()).onComplete(done));
        return done.future();
    }
}
