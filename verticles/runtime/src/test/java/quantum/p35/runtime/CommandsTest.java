package quantum.p35.runtime;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.VerticleBase;
import io.vertx.core.Vertx;
import io.vertx.core.eventbus.ReplyException;
import io.vertx.junit5.VertxExtension;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import quantum.p35.api.Addresses;
import quantum.p35.api.BusMessages;
import quantum.p35.api.Failure;
import quantum.p35.api.HealthReport;
import quantum.p35.api.HealthReport.Level;
import quantum.p35.api.Verticles;
import quantum.p35.api.Verticles.Deployed;
import quantum.p35.testkit.BusRecorder;

/** Verticles that are scaled, replaced and taken away while the others run. */
@ExtendWith(VertxExtension.class)
class CommandsTest {

    private final ConcurrentLinkedQueue<String> story = new ConcurrentLinkedQueue<>();
    private List<VerticleKind> configured;
    private Future<List<VerticleKind>> fresh;
    private Future<Void> mayStart = Future.succeededFuture();
    private BusRecorder<HealthReport> health;
    private Deployments deployments;
    private Service service;
    private Vertx vertx;

    /** What stands in for a section of the configuration. */
    private record Section(int instances, String text) {}

    private final class Worker extends VerticleBase {
        private final String name;

        private Worker(String name) {
            this.name = name;
        }

        @Override
        public Future<?> start() {
            return mayStart.onSuccess(done -> story.add("+" + name));
        }

        @Override
        public Future<?> stop() {
            story.add("-" + name);
            return Future.succeededFuture();
        }
    }

    @BeforeEach
    void start(Vertx vertx) throws Exception {
        this.vertx = vertx;
        BusMessages.register(vertx.eventBus());
        health = BusRecorder.of(vertx, Addresses.HEALTH_CHANGED, HealthReport.class);
        configure(kind("ingest", 1, "a"), kind("aggregate", 1, "a"), kind("dashboard", 1, "a"));
        deployments = new Deployments(vertx, new SimpleMeterRegistry(), configured);
        service = new Service(
                vertx, Nodes.ALONE, deployments, new Commands(vertx, Nodes.ALONE, deployments, () -> fresh), List.of());
        service.start().await(10, TimeUnit.SECONDS);
        story.clear();
    }

    @AfterEach
    void stop() throws TimeoutException {
        service.stop().await(10, TimeUnit.SECONDS);
    }

    private void configure(VerticleKind... kinds) {
        configured = List.of(kinds);
        fresh = Future.succeededFuture(configured);
    }

    private VerticleKind kind(String name, int instances, String text) {
        return new VerticleKind(name, new Section(instances, text), instances, () -> new Worker(name + text));
    }

    @Test
    void scalingAddsAndTakesAway() {
        assertEquals(new Deployed("ingest", 3, 3, null), scale("ingest", 3));
        assertEquals(List.of("+ingesta", "+ingesta"), told());

        assertEquals(new Deployed("ingest", 1, 1, null), scale("ingest", 1));
        assertEquals(List.of("+ingesta", "+ingesta", "-ingesta", "-ingesta"), told());
    }

    @ParameterizedTest(name = "{0} to {1}: {3}")
    @CsvSource(delimiter = '|', textBlock = """
            ingest    | 17 | BAD_QUESTION | ingest cannot have 17 instances: give 0 to 16
            ingest    | -1 | BAD_QUESTION | ingest cannot have -1 instances
            aggregate |  0 | BAD_QUESTION | scale ingest to 0 first
            dashboard |  0 | BAD_QUESTION | set dashboard.instances to 0 in the configuration
            nobody    |  1 | NOT_FOUND    | there is no verticle 'nobody': the verticles are ingest, aggregate, dashboard
            """)
    void aScaleThatMakesNoSenseIsRefusedAndChangesNothing(String name, int instances, Failure code, String text) {
        refused(code, text, Addresses.RUNTIME_SCALE, new Verticles.Scale(name, instances));
        assertEquals(List.of(), told());
    }

    @Test
    void ingestNeedsAnAggregateBesideIt() {
        scale("ingest", 0);
        scale("aggregate", 0);

        refused(
                Failure.BAD_QUESTION,
                "scale aggregate to 1 or more first",
                Addresses.RUNTIME_SCALE,
                new Verticles.Scale("ingest", 1));
    }

    @Test
    void theLastDashboardCannotBeUndeployed() {
        refused(
                Failure.BAD_QUESTION,
                "without a dashboard nobody could ask for it again",
                Addresses.RUNTIME_UNDEPLOY,
                new Verticles.Undeploy("dashboard"));
    }

    @Test
    void theNewInstancesRunBeforeTheOldOnesGo() {
        scale("ingest", 2);
        story.clear();
        configure(kind("ingest", 1, "b"), kind("aggregate", 1, "a"), kind("dashboard", 1, "a"));

        assertEquals(new Deployed("ingest", 2, 2, null), redeploy("ingest"));
        assertEquals(List.of("+ingestb", "+ingestb", "-ingesta", "-ingesta"), told());
    }

    @Test
    void aRedeploymentBringsBackWhatWasUndeployed() {
        assertEquals(
                new Deployed("ingest", 0, 0, null), ask(Addresses.RUNTIME_UNDEPLOY, new Verticles.Undeploy("ingest")));

        assertEquals(new Deployed("ingest", 1, 1, null), redeploy("ingest"));
    }

    @Test
    void whenTheNewOneDoesNotStartTheOldOneGoesOn() {
        mayStart = Future.failedFuture("no more ports");

        refused(
                Failure.UNAVAILABLE,
                "aggregate cannot start, what ran before goes on: no more ports",
                Addresses.RUNTIME_REDEPLOY,
                new Verticles.Redeploy("aggregate"));

        assertEquals(List.of(), told());
        assertEquals(1, deployments.shown("aggregate").running());
    }

    @Test
    void aBrokenConfigurationIsRefusedAndNothingIsReplaced() {
        fresh = Future.failedFuture(new StartProblem("ingest.batchSize is 'many'"));

        refused(
                Failure.UNAVAILABLE,
                "the configuration cannot be used, what runs goes on: ingest.batchSize is 'many'",
                Addresses.RUNTIME_REDEPLOY,
                new Verticles.Redeploy("ingest"));

        assertEquals(List.of(), told());
    }

    @Test
    void aDashboardIsAskedForAndAnswersBeforeItIsReplaced() throws Exception {
        Promise<Void> slow = Promise.promise();
        mayStart = slow.future();

        assertEquals(new Deployed("dashboard", 1, 1, null), redeploy("dashboard"));
        assertEquals(List.of(), told());

        slow.complete();
        Await.that(() -> told().equals(List.of("+dashboarda", "-dashboarda")), () -> told().toString());
    }

    @Test
    void oneCommandAtATimeForAKind() throws Exception {
        List<Future<?>> answers = new ArrayList<>();
        for (int i = 0; i < 5; i++) {
            answers.add(vertx.eventBus().request(Addresses.RUNTIME_REDEPLOY, new Verticles.Redeploy("ingest")));
        }
        Future.all(answers).await(10, TimeUnit.SECONDS);

        assertEquals(
                Stream.generate(() -> List.of("+ingesta", "-ingesta"))
                        .limit(5)
                        .flatMap(List::stream)
                        .toList(),
                told());
    }

    @Test
    void withoutAClusterThereIsNoNodeToBeNamed() {
        assertEquals(
                new Verticles.Answer(deployments.list(), null, List.of()),
                vertx.eventBus()
                        .request(Addresses.RUNTIME_LIST, new Verticles.Question())
                        .await()
                        .body());
        refused(
                Failure.NOT_FOUND,
                "there is no node 'b': this process is no part of a cluster",
                Addresses.RUNTIME_SCALE,
                new Verticles.Scale("ingest", 2, "b"));
    }

    @Test
    void anEditReplacesOnlyWhatItChanged() throws Exception {
        follow(kind("ingest", 1, "a"), kind("aggregate", 2, "b"), kind("dashboard", 1, "a"));

        Await.that(() -> told().equals(List.of("+aggregateb", "+aggregateb", "-aggregatea")), () -> told().toString());
    }

    @Test
    void anEditThatDoesNotStartIsTriedUntilItDoesAndTheOldOneServesMeanwhile() throws Exception {
        mayStart = Future.failedFuture("port in use");

        follow(kind("ingest", 1, "a"), kind("aggregate", 1, "a"), kind("dashboard", 1, "b"));

        health.await(report -> report.component().equals("runtime")
                && report.level() == Level.DEGRADED
                && report.sentence()
                        .equals("dashboard runs as before and is tried again with its new configuration: port in use"));
        assertEquals(1, deployments.shown("dashboard").running());

        mayStart = Future.succeededFuture();
        Await.that(() -> told().equals(List.of("+dashboardb", "-dashboarda")), () -> told().toString());
        awaitShown(new Deployed("dashboard", 1, 1, null));
    }

    @Test
    void anEditDoesNotBringBackWhatWasUndeployedUnlessItIsAboutItsNumber() throws Exception {
        scale("ingest", 0);
        story.clear();

        follow(kind("ingest", 1, "b"), kind("aggregate", 1, "b"), kind("dashboard", 1, "a"));
        Await.that(() -> told().equals(List.of("+aggregateb", "-aggregatea")), () -> told().toString());

        follow(kind("ingest", 2, "b"), kind("aggregate", 1, "b"), kind("dashboard", 1, "a"));
        Await.that(() -> deployments.shown("ingest").running() == 2, () -> told().toString());
    }

    @Test
    void whatAnEditAddsStartsAndWhatItLeavesOutEnds() throws Exception {
        follow(kind("ingest", 1, "a"), kind("aggregate", 1, "a"), kind("dashboard", 1, "a"), kind("advice", 1, "a"));
        Await.that(() -> told().equals(List.of("+advicea")), () -> told().toString());
        awaitShown(new Deployed("advice", 1, 1, null));

        follow(kind("ingest", 1, "a"), kind("aggregate", 1, "a"), kind("dashboard", 1, "a"));
        Await.that(() -> told().equals(List.of("+advicea", "-advicea")), () -> told().toString());
        refused(
                Failure.NOT_FOUND,
                "there is no verticle 'advice'",
                Addresses.RUNTIME_SCALE,
                new Verticles.Scale("advice", 1));
    }

    @Test
    void whatIsNoLongerConfiguredCannotBeRedeployed() {
        configure(kind("aggregate", 1, "a"));

        refused(
                Failure.NOT_FOUND,
                "'ingest' is no longer in the configuration",
                Addresses.RUNTIME_REDEPLOY,
                new Verticles.Redeploy("ingest"));
    }

    /** A verticle tells its start and stop before the deployment is done. */
    private void awaitShown(Deployed expected) throws Exception {
        Await.that(
                () -> deployments.shown(expected.name()).equals(expected),
                () -> deployments.list().toString());
    }

    private void follow(VerticleKind... kinds) {
        configure(kinds);
        vertx.runOnContext(go -> deployments.follow(configured));
    }

    private Deployed scale(String name, int instances) {
        return ask(Addresses.RUNTIME_SCALE, new Verticles.Scale(name, instances));
    }

    private Deployed redeploy(String name) {
        return ask(Addresses.RUNTIME_REDEPLOY, new Verticles.Redeploy(name));
    }

    private Deployed ask(String address, Object command) {
        return vertx.eventBus().<Deployed>request(address, command).await().body();
    }

    private void refused(Failure code, String text, String address, Object command) {
        ReplyException refusal = assertThrows(ReplyException.class, () -> ask(address, command));
        assertEquals(code, Failure.of(refusal), refusal.getMessage());
        assertTrue(refusal.getMessage().contains(text), refusal.getMessage());
    }

    private List<String> told() {
        return List.copyOf(story);
    }
}
