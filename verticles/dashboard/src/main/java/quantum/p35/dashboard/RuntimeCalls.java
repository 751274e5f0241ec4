package quantum.p35.dashboard;

import io.vertx.core.Future;
import java.util.Map;
import java.util.function.Function;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import quantum.p35.api.Addresses;
import quantum.p35.api.Verticles;
import quantum.p35.api.Verticles.Deployed;

/**
 * The verticles of this process, and in a cluster of each: the runtime answers.
 *
 * <p>What ends the dashboard that was asked is only accepted, and done once the answer is out: whoever saws off the branch
 * that it sits on could not answer afterwards.
 */
final class RuntimeCalls {

    private static final Logger LOG = LoggerFactory.getLogger(RuntimeCalls.class);
    private static final String OURSELVES = "dashboard";

    /** The answer when it is not yet done. */
    record Accepted(String name, String sentence) {}

    private final Bus bus;

    RuntimeCalls(Bus bus) {
        this.bus = bus;
    }

    /** By operation id of the OpenAPI document. */
    Map<String, Function<Query, Future<Reply>>> byOperation() {
        return Map.of(
                "verticles", query -> verticles(),
                "scale", this::scale,
                "redeploy", this::redeploy,
                "undeploy", this::undeploy);
    }

    private Future<Reply> verticles() {
        return bus.ask(Addresses.RUNTIME_LIST, new Verticles.Question(), Verticles.Answer.class)
                .map(answer -> Reply.of(answer, ink -> new VerticlesText(ink).print(answer)));
    }

    private Future<Reply> scale(Query query) {
        int instances = query.body().getInteger("instances");
        Verticles.Scale scale = new Verticles.Scale(query.path("name"), instances, node(query));
        // the runtime refuses to end its last dashboard, so its answer can be waited for
        return instances == 0 ? done(Addresses.RUNTIME_SCALE, scale) : change(query, Addresses.RUNTIME_SCALE, scale);
    }

    private Future<Reply> redeploy(Query query) {
        return change(query, Addresses.RUNTIME_REDEPLOY, new Verticles.Redeploy(query.path("name"), node(query)));
    }

    private Future<Reply> undeploy(Query query) {
        return done(Addresses.RUNTIME_UNDEPLOY, new Verticles.Undeploy(query.path("name"), node(query)));
    }

    /** Null when none is named: this process. */
    private static String node(Query query) {
        return query.body() == null ? null : query.body().getString("node");
    }

    private Future<Reply> change(Query query, String address, Object command) {
        if (!query.path("name").equals(OURSELVES)) {
            return done(address, command);
        }
        // asks first: without a runtime nothing would ever come of it
        return bus.ask(Addresses.RUNTIME_LIST, new Verticles.Question(Verticles.HERE), Verticles.Answer.class)
                .compose(here -> isHere(node(query), here)
                        ? Future.succeededFuture(accept(query, address, command))
                        : done(address, command));
    }

    private static boolean isHere(String node, Verticles.Answer here) {
        return node == null || node.equals(Verticles.HERE) || node.equals(here.node());
    }

    private Future<Reply> done(String address, Object command) {
        return bus.command(address, command, Deployed.class)
                .map(deployed -> Reply.of(deployed, ink -> new VerticlesText(ink).changed(deployed)));
    }

    private Reply accept(Query query, String address, Object command) {
        query.onceAnswered(() -> bus.command(address, command, Deployed.class)
                .onFailure(error -> LOG.warn("{} failed after it was accepted: {}", command, error.getMessage())));
        Accepted accepted = new Accepted(
                OURSELVES,
                "Accepted: it is done after this answer; ./p35 verticles, or GET /api/v1/verticles, says what came"
                        + " of it.");
        return Reply.of(accepted, ink -> Columns.wrap(accepted.sentence(), "", ""))
                .as(202);
    }
}
