package quantum.p35.runtime;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.eventbus.Message;
import io.vertx.core.eventbus.ReplyException;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import quantum.p35.api.Addresses;
import quantum.p35.api.Failure;
import quantum.p35.api.Verticles;

/** Who runs, and other numbers and configurations while the rest goes on: the runtime's side of the bus. */
final class Commands {

    private static final Logger LOG = LoggerFactory.getLogger(Commands.class);

    private final Vertx vertx;
    private final Deployments deployments;
    private final Supplier<Future<List<VerticleKind>>> fresh;
    private final List<Future<Void>> ready = new ArrayList<>();

    /** @param fresh every kind as the configuration is now, read again; fails with what is wrong in it */
    Commands(Vertx vertx, Deployments deployments, Supplier<Future<List<VerticleKind>>> fresh) {
        this.vertx = vertx;
        this.deployments = deployments;
        this.fresh = fresh;
    }

    Future<Void> listen() {
        on(
                Addresses.RUNTIME_LIST,
                (Verticles.Question any) -> Future.succeededFuture(new Verticles.Answer(deployments.list())));
        on(Addresses.RUNTIME_SCALE, (Verticles.Scale scale) -> deployments.scale(scale.name(), scale.instances()));
        on(Addresses.RUNTIME_UNDEPLOY, (Verticles.Undeploy undeploy) -> deployments.scale(undeploy.name(), 0));
        on(Addresses.RUNTIME_REDEPLOY, this::redeploy);
        return Future.all(ready).mapEmpty();
    }

    private Future<Verticles.Deployed> redeploy(Verticles.Redeploy command) {
        Verticles.Deployed before = deployments.shown(command.name());
        return fresh.get()
                .recover(error -> Future.failedFuture(Failure.UNAVAILABLE.because(
                        "the configuration cannot be used, what runs goes on: " + error.getMessage())))
                .compose(kinds -> {
                    LOG.info("{} is redeployed", command.name());
                    Future<Verticles.Deployed> done = deployments.redeploy(command.name(), kinds);
                    // who asked over HTTP asked the instance that goes: it must be able to answer
                    return command.name().equals(VerticleKind.DASHBOARD) ? Future.succeededFuture(before) : done;
                });
    }

    private <Q, A> void on(String address, Function<Q, Future<A>> answer) {
        ready.add(vertx.eventBus()
                .<Q>consumer(address, message -> answer(message, answer))
                .completion());
    }

    private static <Q, A> void answer(Message<Q> message, Function<Q, Future<A>> answer) {
        Future.succeededFuture(message.body())
                .compose(answer::apply)
                .onSuccess(message::reply)
                .onFailure(error -> {
                    if (!(error instanceof ReplyException)) {
                        LOG.error("{} failed", message.address(), error);
                    }
                    message.fail(Failure.of(error).code(), String.valueOf(error.getMessage()));
                });
    }
}
