package quantum.p35.runtime;

import static org.junit.jupiter.api.Assertions.assertEquals;
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
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import quantum.p35.api.Keys;
import quantum.p35.embedded.RedisServer;
import quantum.p35.redis.RedisSettings;
import quantum.p35.simulator.Expected;
import quantum.p35.simulator.Load;
import quantum.p35.testkit.TestCluster;
import quantum.p35.testkit.TestSentinel;

/**
 * The whole service on a cluster and behind sentinels, with the shipped configuration. Redis replicates without waiting, so
 * the newest entries of a dead master may be gone, and with them that they were counted: what the new master has is what must
 * be counted, each entry once.
 */
@Timeout(400)
class FailoverTest {

    private static final Home HOME = new Home(Path.of(System.getProperty("p35.root")));
    private static final String STREAM = Keys.DEFAULT.stream();

    private final Vertx vertx = Vertx.vertx();
    private ChildProcess service;
    private int port;
    private Function<String[], Object> redis;
    private String prefix = Keys.DEFAULT.prefix();

    @TempDir
    private Path folder;

    @AfterEach
    void close() {
        if (service != null) {
            service.close();
        }
        vertx.close().await();
    }

    @Test
    void onAClusterEveryVerticleWorksWithTheShippedConfiguration() throws Exception {
        try (TestCluster cluster = TestCluster.start()) {
            redis = cluster::cli;
            prefix = "quantum:p35:{" + STREAM + "}";
            serve(cluster.url());
            Expected expected = load(cluster.settings()).fill(2_000).await();
            settledExactly(expected.entries());
            Await.that(() -> !redis("HGETALL", prefix + ":decision:counts:1h").equals(List.of()), service::logged);
            Await.that(this::allIsWell, () -> health() + service.logged());
            Await.that(() -> "TRADING".equals(ask("why").getString("state")), () -> ask("why")
                    .encode());
            assertEquals(List.of(), warnings(), service::logged);
        }
    }

    /** But for what it says of a server that is silent, which after a pause of this machine is right. */
    private List<String> warnings() throws IOException {
        return service.err()
                .lines()
                .filter(line -> line.contains(" WARN ") || line.contains(" ERROR ") || line.contains("CROSSSLOT"))
                .filter(line -> !line.contains("gave no answer within"))
                .toList();
    }

    @Test
    @Tag("slow")
    void whatTheNewMasterOfAClusterHasIsCountedOnce() throws Exception {
        try (TestCluster cluster = TestCluster.start()) {
            redis = cluster::cli;
            prefix = "quantum:p35:{" + STREAM + "}";
            serve(cluster.url());
            Future<Expected> loading = load(cluster.settings()).atRate(400, Duration.ofSeconds(15));
            awaitCounting(loading);
            cluster.failover();
            awaitCounting(loading);
            RedisServer old = cluster.master();
            Instant killed = Instant.now();
            old.kill();
            Await.that(() -> loading.isComplete(), this::story);
            settledExactly(null);
            say("cluster, master killed", killed);
            notMoreThanTheFailoverTook(loading.await().entries());
            old.restart();
            cluster.awaitReplica();
            Await.that(this::allIsWell, this::story);
        }
    }

    @Test
    @Tag("slow")
    void whatTheNewMasterThatSentinelsNameHasIsCountedOnce() throws Exception {
        try (TestSentinel sentinel = TestSentinel.start()) {
            redis = sentinel::cli;
            serve(sentinel.url());
            Future<Expected> loading = load(sentinel.settings()).atRate(400, Duration.ofSeconds(25));
            awaitCounting(loading);
            sentinel.failover();
            sentinel.awaitReplica();
            awaitCounting(loading);
            RedisServer old = sentinel.master();
            Instant killed = Instant.now();
            old.kill();
            Await.that(() -> sentinel.master() != old, this::story);
            awaitCounting(loading);
            say("sentinel, master killed", killed);
            old.restart();
            sentinel.awaitReplica();
            Instant frozen = Instant.now();
            sentinel.master().freeze();
            Await.that(() -> sentinel.master() == old, this::story);
            Await.that(() -> loading.isComplete(), this::story);
            settledExactly(null);
            say("sentinel, master frozen", frozen);
            notMoreThanTheFailoverTook(loading.await().entries());
            sentinel.replica().thaw();
            sentinel.awaitReplica();
            Await.that(this::allIsWell, this::story);
        }
    }

    /** For docs/benchmarks.md; reading again includes what the others need to agree on a new master. */
    private void say(String fault, Instant since) throws IOException {
        service.err()
                .lines()
                .filter(line -> line.contains("reading as"))
                .map(line -> Instant.parse(line.substring(0, line.indexOf(' '))))
                .filter(since::isBefore)
                .findFirst()
                .ifPresent(again -> System.out.println("FailoverTest: " + fault + ": reading again after "
                        + Duration.between(since, again).toMillis() + " ms"));
    }

    /** Returns when it reads. */
    private void serve(String url) throws Exception {
        port = RedisServer.freePort();
        service = ChildProcess.start(
                folder, HOME, Map.of("P35_REDIS_URL", url, "P35_HTTP_PORT", Integer.toString(port)), "run");
        Await.that(() -> service.err().contains("reading as"), service::logged);
    }

    private Load load(RedisSettings settings) {
        return Load.open(vertx, settings, Keys.DEFAULT, 35).await();
    }

    /** Returns when more was counted, so that a fault hits a service that works; or when nothing more will come. */
    private void awaitCounting(Future<Expected> loading) throws Exception {
        long before = status("processed_total");
        Await.that(() -> status("processed_total") >= before + 500 || loading.isComplete(), this::story);
    }

    /** @param entries null for as many as are in the stream */
    private void settledExactly(Long entries) throws Exception {
        long added = entries == null ? (Long) redis("XLEN", STREAM) : entries;
        Await.that(() -> status("processed_total") >= added && pending() == 0, this::story);
        redis("HDEL", prefix + ":status", "lag"); // the next look brings it back, and would find what it takes for lost
        Await.that(() -> "0".equals(redis("HGET", prefix + ":status", "lag")), this::story);
        assertEquals(added, status("processed_total"), this::story);
        assertEquals(gone(), status("lost_total"), this::story);
        assertEquals(added, inBuckets(), this::story);
    }

    /** Some of what it took nobody had read. */
    private void notMoreThanTheFailoverTook(long added) throws IOException {
        long taken = added - (Long) redis("XLEN", STREAM);
        assertTrue(gone() <= taken, () -> taken + " were taken\n" + story());
    }

    /** What the service says that a failover took away. */
    private long gone() throws IOException {
        return Pattern.compile("lost what it had taken: (\\d+) entries")
                .matcher(service.err())
                .results()
                .mapToLong(told -> Long.parseLong(told.group(1)))
                .sum();
    }

    private long status(String field) {
        Object value = redis("HGET", prefix + ":status", field);
        return value == null ? 0 : Long.parseLong(value.toString());
    }

    private long pending() {
        return (Long) ((List<?>) redis("XPENDING", STREAM, Keys.DEFAULT.group())).getFirst();
    }

    private long inBuckets() {
        long sum = 0;
        for (Object bucket : (List<?>) redis("KEYS", prefix + ":bucket:*")) {
            List<?> flat = (List<?>) redis("HGETALL", bucket.toString());
            for (int i = 0; i < flat.size(); i += 2) {
                sum += flat.get(i).toString().startsWith("decision:")
                        ? Long.parseLong(flat.get(i + 1).toString())
                        : 0;
            }
        }
        return sum;
    }

    private Object redis(String... command) {
        return redis.apply(command);
    }

    private boolean allIsWell() {
        JsonArray components = health().getJsonArray("components", new JsonArray());
        return !components.isEmpty()
                && components.stream()
                        .map(JsonObject.class::cast)
                        .filter(one -> !one.getString("component").equals("discord")) // it has no webhook
                        .allMatch(one -> one.getString("level").equals("UP") || tellsOfLosses(one));
    }

    /** The right thing to say for an hour, when a failover took something away. */
    private static boolean tellsOfLosses(JsonObject component) {
        return component.getString("sentence").startsWith("entries were lost within the hour");
    }

    private JsonObject health() {
        return ask("health");
    }

    private JsonObject ask(String question) {
        HttpRequest request = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + "/api/v1/" + question))
                .timeout(Duration.ofSeconds(5))
                .build();
        try (HttpClient client = HttpClient.newHttpClient()) {
            return new JsonObject(
                    client.send(request, HttpResponse.BodyHandlers.ofString()).body());
        } catch (IOException e) {
            return new JsonObject().put("failed", e.toString());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    private String story() {
        return redis("HGETALL", prefix + ":status") + "\n" + health() + "\n" + service.logged();
    }
}
