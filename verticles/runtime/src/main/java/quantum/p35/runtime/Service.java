package quantum.p35.runtime;

import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.eventbus.MessageConsumer;
import java.util.List;
import java.util.UUID;
import java.util.function.Supplier;
import quantum.p35.api.Addresses;
import quantum.p35.api.HealthBeat;
import quantum.p35.api.Verticles;

/** The runtime's own wiring: deployments, the catalogue's watch, their health, and who runs. May be used from any thread. */
final class Service {

    private final Vertx vertx;
    private final Context context;
    private final Deployments deployments;
    private final CatalogueWatch catalogue;
    private List<HealthBeat> beats = List.of();

    Service(Vertx vertx, Deployments deployments, CatalogueWatch catalogue) {
        this.vertx = vertx;
        this.context = vertx.getOrCreateContext();
        this.deployments = deployments;
        this.catalogue = catalogue;
    }

    /** Completes when every verticle was tried once; one that cannot start fails nothing. */
    Future<Void> start() {
        return onContext(() -> {
            catalogue.start();
            String instance = UUID.randomUUID().toString();
            beats = List.of(
                    new HealthBeat(vertx, "runtime", instance, deployments::condition),
                    new HealthBeat(vertx, "catalogue", instance, catalogue::condition));
            MessageConsumer<Verticles.Question> list = vertx.eventBus()
                    .consumer(
                            Addresses.RUNTIME_LIST, message -> message.reply(new Verticles.Answer(deployments.list())));
            return list.completion().compose(listens -> deployments.start());
        });
    }

    /** Orderly, within 5 s; also ends Vert.x. */
    Future<Void> stop() {
        return onContext(() -> {
                    catalogue.close();
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
