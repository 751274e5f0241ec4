package quantum.p35.runtime;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.VerticleBase;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServer;
import io.vertx.junit5.VertxExtension;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Predicate;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import quantum.p35.api.Addresses;
import quantum.p35.api.BusMessages;
import quantum.p35.api.HealthReport;
import quantum.p35.api.HealthReport.Level;
import quantum.p35.api.Verticles;
import quantum.p35.testkit.BusRecorder;

@ExtendWith(VertxExtension.class)
class DeploymentsTest {

    private final SimpleMeterRegistry metrics = new SimpleMeterRegistry();
    private final ConcurrentLinkedQueue<String> stopped = new ConcurrentLinkedQueue<>();
    private BusRecorder<HealthReport> health;
    private Vertx vertx;
    private Service service;

    private List<VerticleKind> configured;

    /** What stands in for a section of the configuration. */
    private record Section(int instances, int key) {}

    /** One that says when it stopped, after a while that is given. */
    private final class Worker extends VerticleBase {
        private final String name;
        private final Future<Void> finished;

        private Worker(String name, Future<Void> finished) {
            this.name = name;
            this.finished = finished;
        }

        @Override
        public Future<?> stop() {
            return finished.onComplete(done -> stopped.add(name));
        }
    }

    private static final class Listener extends VerticleBase {
        private final int port;
        private HttpServer server;

        private Listener(int port) {
            this.port = port;
        }

        @Override
        public Future<?> start() {
            server = vertx.createHttpServer()
                    .requestHandler(request -> request.response().end("here"));
            return server.listen(port, "127.0.0.1");
        }
    }

    @BeforeEach
    void recordHealth(Vertx vertx) {
        this.vertx = vertx;
        BusMessages.register(vertx.eventBus());
        health = BusRecorder.of(vertx, Addresses.HEALTH_CHANGED, HealthReport.class);
    }

    @AfterEach
    void stop() throws TimeoutException {
        stopService();
    }

    @Test
    void everyInstanceIsDeployed() throws Exception {
        start(worker("ingest", 2, Future.succeededFuture()), worker("insight", 0, Future.succeededFuture()));

        assertEquals(
                List.of(new Verticles.Deployed("ingest", 2, 2, null), new Verticles.Deployed("insight", 0, 0, null)),
                list());
        assertEquals(
                "every verticle runs",
                runtime(report -> report.level() == Level.UP).sentence());
        assertEquals(
                Set.of("ingest", "insight"),
                metrics.find("p35.runtime.start.failures").counters().stream()
                        .filter(failures -> failures.count() == 0)
                        .map(failures -> failures.getId().getTag("verticle"))
                        .collect(Collectors.toSet()),
                "counted from the start, so that the first failure is an increase");
    }

    @Test
    void onePortInUseHarmsNobodyElseAndIsTriedUntilItIsFree() throws Exception {
        try (ServerSocket other = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            int port = other.getLocalPort();
            start(worker("ingest", 1, Future.succeededFuture()), kind("dashboard", 1, 1, () -> new Listener(port)));

            Verticles.Deployed dashboard = list().getLast();
            assertEquals(0, dashboard.running());
            assertNotNull(dashboard.error());
            assertEquals(1, list().getFirst().running());
            runtime(report -> report.level() == Level.DEGRADED
                    && report.sentence().startsWith("dashboard does not run and is tried again: "));
        }

        runtime(report -> report.level() == Level.UP && report.sentence().equals("every verticle runs"));
        assertEquals(new Verticles.Deployed("dashboard", 1, 1, null), list().getLast());
        assertTrue(metrics.counter("p35.runtime.start.failures", "verticle", "dashboard")
                        .count()
                >= 1);
    }

    @Test
    void oneThatCannotEvenBeMadeHarmsNobodyElse() throws Exception {
        start(worker("ingest", 1, Future.succeededFuture()), kind("insight", 1, 1, () -> {
            throw new IllegalStateException("no such thing");
        }));

        assertEquals(
                List.of(
                        new Verticles.Deployed("ingest", 1, 1, null),
                        new Verticles.Deployed("insight", 1, 0, "no such thing")),
                list());
    }

    @Test
    void eachKindStopsWhenTheOneBeforeItHasFinished() throws Exception {
        Promise<Void> batchesInHand = Promise.promise();
        start(
                worker("ingest", 1, batchesInHand.future()),
                worker("aggregate", 1, Future.succeededFuture()),
                worker("dashboard", 1, Future.succeededFuture()));

        vertx.setTimer(200, id -> batchesInHand.complete());
        stopService();

        assertEquals(List.of("ingest", "aggregate", "dashboard"), List.copyOf(stopped));
    }

    @Test
    void oneThatNeverStopsDoesNotKeepTheOthersFromStopping() throws Exception {
        start(worker("ingest", 1, Promise.<Void>promise().future()), worker("aggregate", 1, Future.succeededFuture()));

        stopService();

        assertEquals(List.of("aggregate"), List.copyOf(stopped));
    }

    /** At most once: it ends Vert.x too. It promises 5 s; this machine may pause. */
    private void stopService() throws TimeoutException {
        if (service != null) {
            service.stop().await(15, TimeUnit.SECONDS);
            service = null;
        }
    }

    private VerticleKind worker(String name, int instances, Future<Void> finished) {
        return kind(name, instances, 1, () -> new Worker(name, finished));
    }

    private static VerticleKind kind(String name, int instances, int key, Supplier<VerticleBase> factory) {
        return new VerticleKind(name, new Section(instances, key), instances, factory);
    }

    private void start(VerticleKind... kinds) throws Exception {
        configured = List.of(kinds);
        Deployments deployments = new Deployments(vertx, metrics, configured);
        Commands commands = new Commands(vertx, Nodes.ALONE, deployments, () -> Future.succeededFuture(configured));
        service = new Service(vertx, Nodes.ALONE, deployments, commands, List.of());
        service.start().await(10, TimeUnit.SECONDS);
    }

    private List<Verticles.Deployed> list() throws TimeoutException {
        return vertx.eventBus()
                .<Verticles.Answer>request(Addresses.RUNTIME_LIST, new Verticles.Question())
                .await(30, TimeUnit.SECONDS)
                .body()
                .verticles();
    }

    private HealthReport runtime(Predicate<HealthReport> fits) throws InterruptedException {
        return health.await(report -> report.component().equals("runtime") && fits.test(report));
    }
}
