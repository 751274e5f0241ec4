package quantum.p35.runtime;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.ResourceAccessMode;
import org.junit.jupiter.api.parallel.ResourceLock;
import quantum.p35.api.Addresses;
import quantum.p35.api.HealthReport;
import quantum.p35.api.HealthReport.Level;
import quantum.p35.api.Keys;
import quantum.p35.api.Verticles;
import quantum.p35.simulator.Expected;
import quantum.p35.simulator.Load;
import quantum.p35.testkit.BusRecorder;
import quantum.p35.testkit.TestRedis;

/** The whole service in this Java machine: verticles are replaced while entries flow and people ask. */
@Timeout(180)
@ResourceLock(value = ExtensionsTest.METRICS, mode = ResourceAccessMode.READ)
class RedeployTest {

    private static final Home HOME = new Home(Path.of(System.getProperty("p35.root")));
    private static final int PER_SECOND = 2_000;
    private static final Duration LENGTH = Duration.ofSeconds(20);

    @RegisterExtension
    static final TestRedis redis = new TestRedis();

    private final Counted counted = new Counted(redis);
    private final Vertx outside = Vertx.vertx();
    private BusRecorder<HealthReport> health;
    private Path file;
    private int port;
    private Vertx vertx;
    private Service service;

    @TempDir
    private Path folder;

    @BeforeEach
    void start() throws Exception {
        port = FreePorts.of(1).getFirst();
        file = folder.resolve("p35.yaml");
        write("");
        Environment environment = new Environment(Map.of("P35_REDIS_URL", redis.url()));
        Launch launch = new Launch(new ConfigLayers(file, environment, Map.of()), environment, HOME);
        vertx = launch.vertx();
        service = launch.service(launch.settings(), List.of());
        health = BusRecorder.of(vertx, Addresses.HEALTH_CHANGED, HealthReport.class);
        service.start().await(60, TimeUnit.SECONDS);
    }

    @AfterEach
    void stop() throws Exception {
        service.stop().await(30, TimeUnit.SECONDS);
        outside.close().await(30, TimeUnit.SECONDS);
    }

    private void write(String more) throws IOException {
        Files.writeString(file, "dashboard: {port: " + port + "}\n" + more);
    }

    /** A series for each instance that ever was would fill Prometheus, and no graph would go on over a redeployment. */
    @Test
    void aRedeploymentBeginsNoSeriesAndEndsNone() throws Exception {
        Set<String> before = series();
        for (Verticles.Deployed one : list()) {
            redeploy(one.name());
            scale(one.name(), 2);
            scale(one.name(), 1);
        }
        assertTrue(before.contains("p35_ingest_lag"), before::toString);
        assertEquals(before, series());
    }

    /** Names and labels of our own metrics. */
    private Set<String> series() throws IOException {
        try (InputStream metrics =
                URI.create("http://127.0.0.1:" + port + "/metrics").toURL().openStream()) {
            return new String(metrics.readAllBytes(), StandardCharsets.UTF_8)
                    .lines()
                    .filter(line -> line.startsWith("p35_"))
                    .map(line -> line.substring(0, line.lastIndexOf(' ')))
                    .collect(Collectors.toCollection(TreeSet::new));
        }
    }

    @Test
    void everythingIsReplacedAndScaledWhileEntriesFlowAndNobodyNotices() throws Exception {
        Load load = Load.open(outside, redis.settings(), Keys.DEFAULT, 7).await();
        Future<Expected> loading = load.atRate(PER_SECOND, LENGTH);
        try (Visitors visitors = Visitors.start(outside, port)) {
            int rounds = 0;
            while (!loading.isComplete()) {
                for (Verticles.Deployed one : list()) {
                    redeploy(one.name());
                }
                for (int instances : List.of(3, 1)) {
                    for (Verticles.Deployed one : list()) {
                        scale(one.name(), instances);
                    }
                }
                rounds++;
            }
            Expected expected = loading.await();
            Await.that(() -> counted.settled(expected.entries()), counted::story);
            visitors.stop();
            System.out.println("RedeployTest: " + rounds + " rounds, " + visitors);

            assertTrue(rounds > 0);
            assertEquals(Counted.buckets(expected), counted.buckets(), counted::story);
            assertEquals(Counted.hours(expected), counted.hours(), counted::story);
            assertEquals(0, counted.status("lost_total"), counted::story);
            assertTrue(visitors.answered() > 1_000, visitors::toString);
            assertTrue(visitors.cut() * 1_000 <= visitors.answered(), visitors::toString);
            assertEquals(Set.of(200), visitors.statuses(), visitors::toString);
        }
        assertTrue(list().stream().allMatch(one -> one.running() == 1 && one.error() == null), () -> list().toString());
    }

    @Test
    void anEditReplacesOnlyTheVerticleWhoseSectionChanged() throws Exception {
        Map<String, String> before = instances();

        write("ingest: {batchSize: 500}\n");

        Await.that(() -> !instances().get("ingest").equals(before.get("ingest")), () -> instances()
                .toString());
        Map<String, String> after = instances();
        after.put("ingest", before.get("ingest"));
        assertEquals(before, after);
    }

    @Test
    void anEditOfWhereRedisIsNeedsARestartAndSaysSo() throws Exception {
        Map<String, String> before = instances();

        write("redis: {group: another}\n");

        HealthReport said =
                health.await(report -> report.component().equals("configuration") && report.level() == Level.DEGRADED);
        assertTrue(
                said.sentence().endsWith("but for the change in redis: only a restart of the service takes it over"));
        assertEquals(before, instances());
    }

    @Test
    void aBrokenEditIsRefusedWithItsReason() throws Exception {
        Map<String, String> before = instances();

        write("ingest: {batchSize: many}\n");

        HealthReport said =
                health.await(report -> report.component().equals("configuration") && report.level() == Level.DEGRADED);
        assertTrue(said.sentence().endsWith("ingest.batchSize is 'many': it must be a whole number"), said::sentence);
        assertEquals(before, instances());
    }

    /** Verticle → the instance that answers for it now. */
    private Map<String, String> instances() throws Exception {
        Set<String> names = list().stream().map(Verticles.Deployed::name).collect(Collectors.toSet());
        int before = health.messages().size();
        vertx.eventBus().publish(Addresses.HEALTH_ASKED, null);
        Await.that(() -> since(before, names).keySet().equals(names), () -> health.messages()
                .toString());
        return since(before, names);
    }

    private Map<String, String> since(int before, Set<String> names) {
        return health.messages().stream()
                .skip(before)
                .filter(report -> names.contains(report.component()))
                .collect(Collectors.toMap(HealthReport::component, HealthReport::instance, (a, b) -> b, TreeMap::new));
    }

    private void redeploy(String name) {
        ask(Addresses.RUNTIME_REDEPLOY, new Verticles.Redeploy(name));
    }

    private void scale(String name, int instances) {
        ask(Addresses.RUNTIME_SCALE, new Verticles.Scale(name, instances));
    }

    private List<Verticles.Deployed> list() {
        return ((Verticles.Answer) ask(Addresses.RUNTIME_LIST, new Verticles.Question())).verticles();
    }

    private Object ask(String address, Object question) {
        return vertx.eventBus().request(address, question).await().body();
    }
}
