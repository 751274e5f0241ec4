package quantum.p35.runtime;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.vertx.core.Vertx;
import io.vertx.core.eventbus.ReplyException;
import io.vertx.core.eventbus.ReplyFailure;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.security.KeyStore;
import java.security.cert.CertificateFactory;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLException;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.TrustManagerFactory;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.ResourceAccessMode;
import org.junit.jupiter.api.parallel.ResourceLock;
import quantum.p35.api.Addresses;
import quantum.p35.api.DecisionsRead;
import quantum.p35.api.Keys;
import quantum.p35.simulator.Expected;
import quantum.p35.simulator.Load;
import quantum.p35.testkit.TestRedis;

/** Two processes, one service: this Java machine answers, and another one counts. The bus between them is encrypted. */
@Timeout(240)
@ResourceLock(value = ExtensionsTest.METRICS, mode = ResourceAccessMode.READ)
class TwoNodesTest {

    private static final Home HOME = new Home(Path.of(System.getProperty("p35.root")));

    @RegisterExtension
    static final TestRedis redis = new TestRedis();

    private final Counted counted = new Counted(redis);
    private final Vertx outside = Vertx.vertx();
    private final HttpClient http = HttpClient.newHttpClient();
    private TestNode answers;
    private TestNode counts;
    private ChildProcess counting;
    private Launch launch;
    private Service service;

    @TempDir
    private Path folder;

    @BeforeEach
    void start() throws Exception {
        List<Integer> ports = FreePorts.of(6);
        answers =
                new TestNode("answers", ports.get(0), ports.get(1), ports.get(2), Map.of("ingest", 0, "aggregate", 0));
        counts = new TestNode(
                "counts",
                ports.get(3),
                ports.get(4),
                ports.get(5),
                Map.of("insight", 0, "drift", 0, "discord", 0, "dashboard", 0));
        Path file = counts.file(folder, List.of(answers, counts), true, "");
        counting = ChildProcess.start(
                folder, HOME, Map.of("P35_REDIS_URL", redis.url()), "run", "--cluster", "--config", file.toString());
        launch = launch(answers);
        service = launch.service(launch.settings(), List.of());
        service.start().await(60, TimeUnit.SECONDS);
        Await.that(() -> nodes().equals(List.of("answers", "counts")) && runs("ingest", "counts") == 1, this::story);
    }

    private Launch launch(TestNode node) throws Exception {
        List<TestNode> all = Stream.of(answers, counts, node).distinct().toList();
        Path file = node.file(folder, all, true, "");
        Environment environment = new Environment(Map.of("P35_REDIS_URL", redis.url()));
        Launch alone = new Launch(new ConfigLayers(file, environment, Map.of()), environment, HOME);
        return alone.joined(alone.settings().cluster());
    }

    @AfterEach
    void stop() throws Exception {
        counting.close();
        service.stop().await(30, TimeUnit.SECONDS);
        outside.close().await(30, TimeUnit.SECONDS);
    }

    @Test
    void whatOneCountsTheOtherAnswers() throws Exception {
        Load load = Load.open(outside, redis.settings(), Keys.DEFAULT, 7).await();
        Expected expected = load.fill(3_000).await();

        Await.that(() -> counted.settled(expected.entries()), this::story);
        assertEquals(Counted.buckets(expected), counted.buckets(), counted::story);
        Await.that(() -> get("/why").getJsonObject("window").getLong("total") > 0, this::story);
        Await.that(() -> get("/decisions?limit=5").getJsonArray("decisions").size() == 5, this::story);
        // it tells how it is every 5 s
        Await.that(
                () -> components("counts")
                        .anyMatch(one -> one.getString("component").equals("ingest")
                                && one.getString("sentence").startsWith("counts: ")),
                this::story);
    }

    @Test
    void anotherNodesVerticlesAreScaledAndReplacedFromHere() throws Exception {
        assertEquals(
                new JsonObject(
                        "{\"name\":\"aggregate\",\"wanted\":2,\"running\":2,\"error\":null,\"node\":\"counts\"}"),
                post("/verticles/aggregate/scale", "{\"instances\":2,\"node\":\"counts\"}"));
        assertEquals(2, runs("aggregate", "counts"));
        assertEquals(0, runs("aggregate", "answers"));
        assertEquals(
                "counts",
                post("/verticles/ingest/redeploy", "{\"node\":\"counts\"}").getString("node"));
        assertEquals("answers", post("/verticles/insight/redeploy", "").getString("node"));
        assertEquals(
                "there is no node 'nobody' now: the nodes are answers, counts",
                post("/verticles/ingest/redeploy", "{\"node\":\"nobody\"}")
                        .getJsonObject("error")
                        .getString("message"));
    }

    @Test
    void whoHasNoCertificateIsNotLetIn() throws Exception {
        try (SSLSocket stranger = stranger()) {
            stranger.setSoTimeout(10_000);
            // with TLS 1.3 the refusal comes after our side is done; without one this would wait in vain
            assertThrows(SSLException.class, () -> {
                stranger.startHandshake();
                stranger.getInputStream().read();
            });
        }
    }

    /** At the door of the messages: it believes their certificate, and has none of its own. */
    private SSLSocket stranger() throws Exception {
        KeyStore believed = KeyStore.getInstance(KeyStore.getDefaultType());
        believed.load(null, null);
        try (InputStream pem = TwoNodesTest.class.getResourceAsStream("/node-certificate.pem")) {
            believed.setCertificateEntry(
                    "node", CertificateFactory.getInstance("X.509").generateCertificate(pem));
        }
        TrustManagerFactory trust = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
        trust.init(believed);
        SSLContext tls = SSLContext.getInstance("TLS");
        tls.init(null, trust.getTrustManagers(), null);
        return (SSLSocket) tls.getSocketFactory().createSocket("127.0.0.1", counts.busPort());
    }

    @Test
    void decisionsNeverLeaveTheProcessThatReadThem() {
        // there is an aggregate, on the other node; not even who asks the whole bus is heard there
        ReplyException nobody = assertThrows(ReplyException.class, () -> launch.vertx()
                .eventBus()
                .request(Addresses.DECISIONS_READ, new DecisionsRead("vm-0", "1", true, List.of(), List.of()))
                .await());

        assertEquals(ReplyFailure.NO_HANDLERS, nobody.failureType());
    }

    @Test
    void aNodeThatEndsInOrderSaysGoodbyeAndOneThatIsKilledDoesNot() throws Exception {
        counting.terminate();
        assertEquals(0, counting.await(), counting::logged);
        Await.that(() -> clusterIs("DEGRADED", "answers: 1 of 2 nodes: answers"), this::story);
        Await.that(() -> components("counts").findAny().isEmpty(), this::story);

        counting = ChildProcess.start(
                folder,
                HOME,
                Map.of("P35_REDIS_URL", redis.url()),
                "run",
                "--cluster",
                "--config",
                folder.resolve("counts.yaml").toString());
        Await.that(() -> runs("ingest", "counts") == 1, this::story);
        counting.kill();

        Await.that(() -> clusterIs("DEGRADED", "answers: 1 of 2 nodes: answers; counts left at "), this::story);
        Await.that(() -> components("counts").findAny().isEmpty(), this::story);
        assertEquals(200, status("/health/ready"));
    }

    @Test
    void whatIsInTheWayOfAStartIsSaid() throws Exception {
        List<Integer> ports = FreePorts.of(3);
        TestNode twin = new TestNode("counts", ports.get(0), ports.get(1), ports.get(2), Map.of());
        Text.startsWith("cluster.node is 'counts', and so is the node at ", refused(twin));

        try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            int port = taken.getLocalPort();
            assertEquals(
                    "cluster.port: cannot listen on 127.0.0.1:" + port + " (Address already in use): end what uses the"
                            + " port, or mend cluster.host or cluster.port",
                    refused(new TestNode("third", port, ports.get(1), ports.get(2), Map.of())));
            assertEquals(
                    "cluster.busPort: cannot listen on 127.0.0.1:" + port
                            + " (Address already in use): end what uses the"
                            + " port, or mend cluster.host or cluster.busPort",
                    refused(new TestNode("third", ports.get(0), port, ports.get(2), Map.of())));
        }
        Await.that(() -> clusterIs("UP", "answers: 2 nodes: answers, counts"), this::story);
    }

    private String refused(TestNode node) {
        return assertThrows(StartProblem.class, () -> launch(node)).getMessage();
    }

    private List<String> nodes() throws Exception {
        return get("/verticles").getJsonArray("nodes", new JsonArray()).stream()
                .map(node -> ((JsonObject) node).getString("name"))
                .toList();
    }

    private int runs(String verticle, String node) throws Exception {
        return get("/verticles").getJsonArray("verticles").stream()
                .map(JsonObject.class::cast)
                .filter(one -> one.getString("name").equals(verticle)
                        && one.getString("node").equals(node))
                .mapToInt(one -> one.getInteger("running"))
                .sum();
    }

    private boolean clusterIs(String level, String sentence) throws Exception {
        return get("/health").getJsonArray("components").stream()
                .map(JsonObject.class::cast)
                .anyMatch(one -> one.getString("component").equals("cluster")
                        && one.getString("level").equals(level)
                        && one.getString("sentence").startsWith(sentence));
    }

    private Stream<JsonObject> components(String node) throws Exception {
        return get("/health").getJsonArray("components").stream()
                .map(JsonObject.class::cast)
                .filter(one -> node.equals(one.getString("node")));
    }

    private JsonObject get(String path) throws IOException, InterruptedException {
        return send(HttpRequest.newBuilder(uri("/api/v1" + path)).build());
    }

    private int status(String path) throws IOException, InterruptedException {
        return http.send(HttpRequest.newBuilder(uri(path)).build(), HttpResponse.BodyHandlers.discarding())
                .statusCode();
    }

    private JsonObject post(String path, String body) throws IOException, InterruptedException {
        return send(HttpRequest.newBuilder(uri("/api/v1" + path))
                .header("Content-Type", "application/json")
                .POST(HttpRequest.BodyPublishers.ofString(body))
                .build());
    }

    private JsonObject send(HttpRequest request) throws IOException, InterruptedException {
        return new JsonObject(
                http.send(request, HttpResponse.BodyHandlers.ofString()).body());
    }

    private URI uri(String path) {
        return URI.create("http://127.0.0.1:" + answers.httpPort() + path);
    }

    private String story() throws Exception {
        return get("/health").encodePrettily() + "\n" + counted.story() + "\n--- counts\n" + counting.logged();
    }
}
