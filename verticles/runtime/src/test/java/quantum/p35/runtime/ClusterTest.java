package quantum.p35.runtime;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import quantum.p35.api.Keys;
import quantum.p35.simulator.Expected;
import quantum.p35.simulator.Load;
import quantum.p35.testkit.TestRedis;

/**
 * Three processes, one service: two count, answer and decide, the third serves people. Each of the two is killed, and one
 * is frozen, while entries flow, and comes back.
 */
@Tag("slow")
@Timeout(400)
class ClusterTest {

    private static final Home HOME = new Home(Path.of(System.getProperty("p35.root")));
    private static final int PER_SECOND = 2_000;
    private static final Duration LENGTH = Duration.ofSeconds(70);

    /** Gates of healthy trading alert by these, and stay at one severity. */
    private static final String ALERTS = """
            thresholds: {medium: 0.01, high: 0.98, critical: 0.99}
            rules:
              family_share: {enabled: false}
              gate_stuck: {enabled: false}
              gate_growing: {enabled: false}
              execute_low: {enabled: false}
              skip_high: {enabled: false}
              blocked_high: {enabled: false}
              error_high: {enabled: false}
              unknown_high: {enabled: false}
              symbol_stuck: {enabled: false}
              source_silent: {enabled: false}
              ingest_behind: {enabled: false}
            """;

    @RegisterExtension
    static final TestRedis redis = new TestRedis();

    private final Counted counted = new Counted(redis);
    private final Vertx vertx = Vertx.vertx();
    private final HttpClient http = HttpClient.newHttpClient();
    private final Map<String, ChildProcess> running = new LinkedHashMap<>();
    private List<TestNode> nodes;
    private TestNode one;
    private TestNode two;
    private TestNode page;
    private int starts;

    @TempDir
    private Path folder;

    @BeforeEach
    void start() throws Exception {
        List<Integer> ports = FreePorts.of(9);
        Map<String, Integer> all = Map.of("discord", 0, "dashboard", 0);
        one = new TestNode("one", ports.get(0), ports.get(1), ports.get(2), all);
        two = new TestNode("two", ports.get(3), ports.get(4), ports.get(5), all);
        // whatever people ask it has to ask the other two
        page = new TestNode(
                "page",
                ports.get(6),
                ports.get(7),
                ports.get(8),
                Map.of("ingest", 0, "aggregate", 0, "insight", 0, "drift", 0));
        nodes = List.of(one, two, page);
        Files.writeString(folder.resolve("alerts.yaml"), ALERTS);
        start(one);
        Await.that(() -> counted.heldNames().size() == 1 && decider() != null, this::story);
        start(two);
        start(page);
        Await.that(() -> counted.heldNames().size() == 2, this::story);
        awaitNodes("one", "page", "two");
        Await.that(() -> status("/health/ready") == 200 && status("/api/v1/why") == 200, this::story);
    }

    private void start(TestNode node) throws IOException {
        Path own = Files.createDirectory(folder.resolve(node.name() + "-" + starts++));
        Path file = node.file(own, nodes, false, "runtime: {alerts: " + folder.resolve("alerts.yaml") + "}\n");
        running.put(
                node.name(),
                ChildProcess.start(
                        own,
                        HOME,
                        Map.of("P35_REDIS_URL", redis.url()),
                        "run",
                        "--cluster",
                        "--config",
                        file.toString()));
    }

    @AfterEach
    void close() {
        running.values().forEach(ChildProcess::close);
        vertx.close().await();
    }

    @Test
    void killedNodesLoseNothingDoubleNothingAndNobodyIsLeftWithoutAnAnswer() throws Exception {
        Load load = Load.open(vertx, redis.settings(), Keys.DEFAULT, 11).await();
        Future<Expected> loading = load.atRate(PER_SECOND, LENGTH);
        try (Visitors visitors = Visitors.start(vertx, page.httpPort())) {
            Await.that(() -> load.added() > 5 * PER_SECOND, this::story);
            assertEquals(List.of(), told(), "no alert is due yet: it takes three looks");
            String first = decider();
            killAndBringBack(one, load, loading);
            Await.that(() -> !List.of(first, "").contains(Objects.toString(decider(), "")), this::story);
            Await.that(() -> !told().isEmpty(), this::story);

            killAndBringBack(two, load, loading);

            Expected expected = loading.await();
            // what a dead node had in hand is taken up after 60 s, when its name is another one's by then
            Await.within(Duration.ofSeconds(100), () -> counted.settled(expected.entries()), this::story);
            visitors.stop();
            System.out.println("ClusterTest: " + visitors + "; told " + told());

            assertEquals(Counted.buckets(expected), counted.buckets(), this::story);
            assertEquals(Counted.hours(expected), counted.hours(), this::story);
            assertEquals(expected.entries(), counted.status("processed_total"), this::story);
            assertEquals(0, counted.status("lost_total"), this::story);
            assertEquals(Set.of(200), visitors.statuses(), () -> visitors + "\n" + story());
            assertEquals(0, visitors.cut(), visitors::toString);
            assertTrue(visitors.answered() > 1_000, visitors::toString);
        }
        Map<String, Long> times = told().stream().collect(Collectors.groupingBy(told -> told, Collectors.counting()));
        assertFalse(times.isEmpty());
        times.forEach((told, count) -> assertEquals(1, count, () -> told + " " + told() + story()));
    }

    @Test
    void aNodeThatWasFrozenIsMissedAndJoinsAgainWhenItWakes() throws Exception {
        Load load = Load.open(vertx, redis.settings(), Keys.DEFAULT, 12).await();
        Future<Expected> loading = load.atRate(PER_SECOND / 4, Duration.ofSeconds(30));
        Await.that(() -> load.added() > PER_SECOND, this::story);
        running.get("one").signal("STOP");
        Await.within(
                Duration.ofSeconds(40),
                () -> cluster().stream().anyMatch(said -> said.contains("one left at ")),
                this::story);
        assertEquals(200, status("/health/ready"), "what becomes of another node is no reason to restart this one");

        running.get("one").signal("CONT");

        awaitNodes("one", "page", "two");
        Expected expected = loading.await();
        Await.within(Duration.ofSeconds(100), () -> counted.settled(expected.entries()), this::story);
        assertEquals(Counted.buckets(expected), counted.buckets(), this::story);
        assertEquals(0, counted.status("lost_total"), this::story);
        // asked of the two in turn
        for (int i = 0; i < 4; i++) {
            assertEquals(200, status("/api/v1/decisions"), this::story);
        }
    }

    /** While entries flow, or on a slow machine when they have; what the page says is true all the while. */
    private void killAndBringBack(TestNode node, Load load, Future<Expected> loading) throws Exception {
        System.out.println("ClusterTest: " + node.name() + " is killed at " + load.added() + " added, "
                + counted.status("processed_total") + " counted");
        running.get(node.name()).kill();
        Await.within(
                Duration.ofSeconds(30),
                () -> cluster().stream().anyMatch(said -> said.contains(node.name() + " left at ")),
                this::story);
        long before = counted.status("processed_total");
        Await.that(() -> counted.status("processed_total") > before + PER_SECOND || loading.isComplete(), this::story);
        start(node);
        Await.that(() -> counted.heldNames().size() == 2, this::story);
        awaitNodes("one", "page", "two");
    }

    private void awaitNodes(String... names) throws Exception {
        Await.that(
                () -> status("/health/live") == 200
                        && get("/api/v1/verticles").getJsonArray("nodes", new JsonArray()).stream()
                                .map(JsonObject.class::cast)
                                .filter(node -> node.getString("error") == null)
                                .map(node -> node.getString("name"))
                                .toList()
                                .equals(List.of(names)),
                this::story);
    }

    /** The instance of drift that may decide; null when none. */
    private String decider() {
        return (String) redis.cli("GET", Keys.DEFAULT.lease("drift"));
    }

    /** {@code firing gate} of each entry of the alert stream. */
    private List<String> told() {
        List<String> told = new ArrayList<>();
        for (Object entry : (List<?>) redis.cli("XRANGE", Keys.DEFAULT.alerts(), "-", "+")) {
            List<?> fields = (List<?>) ((List<?>) entry).get(1);
            Map<String, String> byName = new TreeMap<>();
            for (int i = 0; i < fields.size(); i += 2) {
                byName.put((String) fields.get(i), (String) fields.get(i + 1));
            }
            told.add(byName.get("state") + " " + byName.get("reason"));
        }
        return told;
    }

    private List<String> cluster() throws Exception {
        return get("/api/v1/health").getJsonArray("components").stream()
                .map(JsonObject.class::cast)
                .filter(component -> component.getString("component").equals("cluster"))
                .map(component -> component.getString("sentence"))
                .toList();
    }

    private JsonObject get(String path) throws Exception {
        return new JsonObject(ask(path).body());
    }

    private int status(String path) throws InterruptedException {
        try {
            return ask(path).statusCode();
        } catch (IOException e) {
            return 0;
        }
    }

    private HttpResponse<String> ask(String path) throws IOException, InterruptedException {
        return http.send(
                HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + page.httpPort() + path))
                        .build(),
                HttpResponse.BodyHandlers.ofString());
    }

    private String story() {
        StringBuilder story =
                new StringBuilder(counted.story()).append("\ntold ").append(told());
        running.forEach((name, process) ->
                story.append("\n--- ").append(name).append("\n").append(process.logged()));
        return story.toString();
    }
}
