package quantum.p35.runtime;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.vertx.core.Future;
import io.vertx.core.VerticleBase;
import io.vertx.core.Vertx;
import io.vertx.core.eventbus.MessageConsumer;
import io.vertx.core.eventbus.ReplyException;
import io.vertx.core.eventbus.ReplyFailure;
import io.vertx.junit5.VertxExtension;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import quantum.p35.api.Addresses;
import quantum.p35.api.BusMessages;
import quantum.p35.api.Failure;
import quantum.p35.api.HealthReport;
import quantum.p35.api.Verticles;
import quantum.p35.api.Verticles.Deployed;
import quantum.p35.testkit.BusRecorder;

/** The runtime of one of three nodes: the second answers, the third is silent. */
@ExtendWith(VertxExtension.class)
class NodesTest {

    private static final Deployed INGEST_OF_A = new Deployed("ingest", 1, 1, null, "a");
    private static final Deployed INGEST_OF_B = new Deployed("ingest", 2, 2, null, "b");

    private record Section() {}

    private final class Three implements Nodes {
        @Override
        public String own() {
            return "a";
        }

        @Override
        public List<String> names() {
            return List.of("a", "b", "c");
        }

        @Override
        public int expected() {
            return 3;
        }

        @Override
        public void onLeft(Consumer<String> listener) {
            left = listener;
        }
    }

    private Vertx vertx;
    private Consumer<String> left;
    private BusRecorder<HealthReport> health;
    private Commands commands;
    private MessageConsumer<Object> silent;
    private Service service;

    @BeforeEach
    void start(Vertx vertx) throws Exception {
        this.vertx = vertx;
        BusMessages.register(vertx.eventBus());
        health = BusRecorder.of(vertx, Addresses.HEALTH_CHANGED, HealthReport.class);
        Nodes nodes = new Three();
        List<VerticleKind> kinds = List.of(new VerticleKind("ingest", new Section(), 1, () -> new VerticleBase() {}));
        Deployments deployments = new Deployments(vertx, new SimpleMeterRegistry(), kinds);
        commands = new Commands(vertx, nodes, deployments, () -> Future.succeededFuture(kinds));
        service = new Service(vertx, nodes, deployments, commands, List.of());
        service.start().await(10, TimeUnit.SECONDS);
        vertx.eventBus()
                .<Verticles.Question>consumer(
                        Addresses.RUNTIME_LIST + "@b",
                        question -> question.reply(new Verticles.Answer(
                                List.of(INGEST_OF_B), "b", List.of(new Verticles.Node("b", null)))));
        vertx.eventBus()
                .<Verticles.Scale>consumer(
                        Addresses.RUNTIME_SCALE + "@b",
                        scale -> scale.fail(
                                Failure.BAD_QUESTION.code(),
                                "not " + scale.body().instances()));
        silent = vertx.eventBus().consumer(Addresses.RUNTIME_LIST + "@c", question -> {});
    }

    @AfterEach
    void stop() throws Exception {
        service.stop().await(10, TimeUnit.SECONDS);
    }

    @Test
    void everyNodesVerticlesAreListedAndASilentNodeIsNamed() {
        assertEquals(
                new Verticles.Answer(
                        List.of(INGEST_OF_A, INGEST_OF_B),
                        "a",
                        List.of(
                                new Verticles.Node("a", null),
                                new Verticles.Node("b", null),
                                new Verticles.Node(
                                        "c",
                                        "node c did not answer within 1 s: its process or the network is in trouble"))),
                ask(Addresses.RUNTIME_LIST, new Verticles.Question()));
    }

    @Test
    void aNodeThatDoesNotListenYetIsAskedOnceMore() throws Exception {
        silent.unregister().await();
        List<Verticles.Node> asked = ((Verticles.Answer) ask(Addresses.RUNTIME_LIST, new Verticles.Question())).nodes();
        assertEquals(
                new Verticles.Node("c", "node c does not listen: it is starting or ending; ask again", true),
                asked.getLast());

        var asking = vertx.eventBus().<Verticles.Answer>request(Addresses.RUNTIME_LIST, new Verticles.Question());
        // the first try has found nobody once what was asked after it is answered
        ask(Addresses.RUNTIME_LIST, new Verticles.Question(Verticles.HERE));
        vertx.eventBus()
                .consumer(
                        Addresses.RUNTIME_LIST + "@c",
                        question -> question.reply(
                                new Verticles.Answer(List.of(), "c", List.of(new Verticles.Node("c", null)))));
        assertEquals(
                new Verticles.Node("c", null), asking.await().body().nodes().getLast());
    }

    @Test
    void whoEndsListensToNoOtherNode() throws Exception {
        commands.deaf();

        Await.that(() -> !hears(Addresses.RUNTIME_LIST + "@a"), () -> "it still listens");
        assertTrue(hears(Addresses.RUNTIME_LIST), "its own dashboard may ask");
    }

    private boolean hears(String address) {
        try {
            ask(address, new Verticles.Question(Verticles.HERE));
            return true;
        } catch (Exception e) {
            assertEquals(ReplyFailure.NO_HANDLERS, ((ReplyException) e).failureType());
            return false;
        }
    }

    @Test
    void whoAsksOfThisProcessWaitsForNoOther() {
        Verticles.Answer here = new Verticles.Answer(List.of(INGEST_OF_A), "a", List.of(new Verticles.Node("a", null)));

        assertEquals(here, ask(Addresses.RUNTIME_LIST, new Verticles.Question(Verticles.HERE)));
        assertEquals(here, ask(Addresses.RUNTIME_LIST, new Verticles.Question("a")));
    }

    @Test
    void aCommandIsDoneWhereItIsMeant() {
        assertEquals(
                new Deployed("ingest", 2, 2, null, "a"),
                ask(Addresses.RUNTIME_SCALE, new Verticles.Scale("ingest", 2)));
        assertEquals(INGEST_OF_A, ask(Addresses.RUNTIME_SCALE, new Verticles.Scale("ingest", 1, "a")));
        refused(Failure.BAD_QUESTION, "not 3", new Verticles.Scale("ingest", 3, "b"));
    }

    @Test
    void aNodeThatIsNotThereOrDoesNotListenIsNamed() {
        refused(
                Failure.NOT_FOUND,
                "there is no node 'd' now: the nodes are a, b, c",
                new Verticles.Scale("ingest", 3, "d"));
        refused(
                Failure.UNAVAILABLE,
                "node c does not listen: it is starting or ending; ask again",
                new Verticles.Scale("ingest", 3, "c"));
    }

    @Test
    void everyReportBearsTheNodeAndALossIsTold() throws Exception {
        vertx.eventBus().publish(Addresses.RUNTIME_LEAVING, "b");
        left.accept("b");
        left.accept("c");

        HealthReport said = health.await(
                report -> report.component().equals("cluster") && report.level() == HealthReport.Level.DEGRADED);
        Text.startsWith("3 nodes: a, b, c; c left at ", said.sentence());
        assertEquals("a", said.node());
    }

    private Object ask(String address, Object question) {
        return vertx.eventBus().request(address, question).await().body();
    }

    private void refused(Failure code, String text, Object command) {
        ReplyException refusal = assertThrows(ReplyException.class, () -> ask(Addresses.RUNTIME_SCALE, command));
        assertEquals(code, Failure.of(refusal), refusal.getMessage());
        assertEquals(text, refusal.getMessage());
    }
}
