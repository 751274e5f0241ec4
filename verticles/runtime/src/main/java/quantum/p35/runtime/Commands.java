package quantum.p35.runtime;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.eventbus.DeliveryOptions;
import io.vertx.core.eventbus.Message;
import io.vertx.core.eventbus.MessageConsumer;
import io.vertx.core.eventbus.ReplyException;
import io.vertx.core.eventbus.ReplyFailure;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import quantum.p35.api.Addresses;
import quantum.p35.api.Failure;
import quantum.p35.api.Verticles;

/**
 * Who runs, and other numbers and configurations while the rest goes on: the runtime's side of the bus.
 *
 * <p>Every process has a runtime. It is asked by its own process only, and hands on what is about another node to an
 * address of that one: {@code p35.runtime.scale@b}.
 */
final class Commands {

    private static final Logger LOG = LoggerFactory.getLogger(Commands.class);

    /** A list is short and made at once: a node that needs longer does not work. */
    private static final long LIST_MILLIS = 1_000;

    /** Less than the 30 s that a dashboard waits: so that people are told which node is silent. */
    private static final long COMMAND_MILLIS = 27_000;

    /** A node that starts listens soon after it is a member, and one that ends is none soon after it is deaf. */
    private static final long PAUSE_MILLIS = 300;

    private final Vertx vertx;
    private final Nodes nodes;
    private final Deployments deployments;
    private final Supplier<Future<List<VerticleKind>>> fresh;
    private final List<Future<Void>> ready = new ArrayList<>();
    private final List<MessageConsumer<?>> fromOthers = new ArrayList<>();

    /** @param fresh every kind as the configuration is now, read again; fails with what is wrong in it */
    Commands(Vertx vertx, Nodes nodes, Deployments deployments, Supplier<Future<List<VerticleKind>>> fresh) {
        this.vertx = vertx;
        this.nodes = nodes;
        this.deployments = deployments;
        this.fresh = fresh;
    }

    Future<Void> listen() {
        on(Addresses.RUNTIME_LIST, Verticles.Question::node, this::list);
        on(Addresses.RUNTIME_SCALE, Verticles.Scale::node, this::scale);
        on(Addresses.RUNTIME_UNDEPLOY, Verticles.Undeploy::node, this::undeploy);
        on(Addresses.RUNTIME_REDEPLOY, Verticles.Redeploy::node, this::redeploy);
        return Future.all(ready).mapEmpty();
    }

    private Future<Verticles.Answer> list(Verticles.Question question) {
        return question.node() != null || nodes.own() == null ? Future.succeededFuture(ours()) : listAll();
    }

    private Verticles.Answer ours() {
        List<Verticles.Deployed> verticles =
                deployments.list().stream().map(this::named).toList();
        return new Verticles.Answer(
                verticles,
                nodes.own(),
                nodes.own() == null ? List.of() : List.of(new Verticles.Node(nodes.own(), null)));
    }

    /** One that does not answer is named with the reason, not left out. */
    private Future<Verticles.Answer> listAll() {
        List<Future<Verticles.Answer>> answers =
                nodes.names().stream().map(this::listOf).toList();
        return Future.all(answers)
                .map(all -> new Verticles.Answer(
                        answers.stream()
                                .flatMap(answer -> answer.result().verticles().stream())
                                .toList(),
                        nodes.own(),
                        answers.stream()
                                .flatMap(answer -> answer.result().nodes().stream())
                                .toList()));
    }

    private Future<Verticles.Answer> listOf(String node) {
        return node.equals(nodes.own())
                ? Future.succeededFuture(ours())
                : askList(node)
                        .recover(error -> Failure.of(error) == Failure.UNAVAILABLE
                                ? vertx.timer(PAUSE_MILLIS, TimeUnit.MILLISECONDS)
                                        .compose(later -> askList(node))
                                : Future.failedFuture(error))
                        .otherwise(error -> new Verticles.Answer(
                                List.of(),
                                node,
                                List.of(new Verticles.Node(
                                        node, error.getMessage(), Failure.of(error) == Failure.UNAVAILABLE))));
    }

    private Future<Verticles.Answer> askList(String node) {
        return handOn(Addresses.RUNTIME_LIST, new Verticles.Question(Verticles.HERE), node);
    }

    private Future<Verticles.Deployed> scale(Verticles.Scale scale) {
        return deployments.scale(scale.name(), scale.instances()).map(this::named);
    }

    private Future<Verticles.Deployed> undeploy(Verticles.Undeploy undeploy) {
        return deployments.scale(undeploy.name(), 0).map(this::named);
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
                })
                .map(this::named);
    }

    private Verticles.Deployed named(Verticles.Deployed one) {
        return new Verticles.Deployed(one.name(), one.wanted(), one.running(), one.error(), nodes.own());
    }

    /** @param node of the question: null, or where it is about */
    private <Q, A> void on(String address, Function<Q, String> node, Function<Q, Future<A>> answer) {
        Function<Q, Future<A>> anyNode = question -> isOurs(node.apply(question))
                ? answer.apply(question)
                : handOn(address, question, known(node.apply(question)));
        take(vertx.eventBus().<Q>localConsumer(address, message -> answer(message, anyNode)));
        if (nodes.own() != null) {
            MessageConsumer<Q> others =
                    vertx.eventBus().consumer(of(address, nodes.own()), message -> answer(message, answer));
            fromOthers.add(others);
            take(others);
        }
    }

    /** From now on other nodes are told that this one is ending, instead of what it has ended so far. */
    void deaf() {
        fromOthers.forEach(consumer -> consumer.unregister()
                .onFailure(error -> LOG.warn("{} is still listened to: {}", consumer.address(), error.getMessage())));
    }

    private void take(MessageConsumer<?> consumer) {
        ready.add(consumer.completion());
    }

    private static String of(String address, String node) {
        return address + "@" + node;
    }

    private boolean isOurs(String node) {
        return node == null || node.equals(Verticles.HERE) || node.equals(nodes.own());
    }

    private String known(String node) {
        if (nodes.own() == null) {
            throw Failure.NOT_FOUND.because(
                    "there is no node '" + node + "': this process is no part of a cluster;" + " leave the node out");
        }
        if (!nodes.names().contains(node)) {
            throw Failure.NOT_FOUND.because(
                    "there is no node '" + node + "' now: the nodes are " + String.join(", ", nodes.names()));
        }
        return node;
    }

    private <A> Future<A> handOn(String address, Object question, String node) {
        boolean lists = address.equals(Addresses.RUNTIME_LIST);
        long patience = lists ? LIST_MILLIS : COMMAND_MILLIS;
        return vertx.eventBus()
                .<A>request(of(address, node), question, new DeliveryOptions().setSendTimeout(patience))
                .map(Message::body)
                .recover(error -> Future.failedFuture(silent(
                        node,
                        error,
                        patience / 1_000 + " s: its process or the network is in trouble"
                                + (lists ? "" : "; look before you repeat a command"))));
    }

    private static Throwable silent(String node, Throwable error, String late) {
        if (!(error instanceof ReplyException reply) || reply.failureType() == ReplyFailure.RECIPIENT_FAILURE) {
            return error;
        }
        return reply.failureType() == ReplyFailure.TIMEOUT
                ? Failure.OUTCOME_UNKNOWN.because("node " + node + " did not answer within " + late)
                : Failure.UNAVAILABLE.because("node " + node + " does not listen: it is starting or ending; ask again");
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
