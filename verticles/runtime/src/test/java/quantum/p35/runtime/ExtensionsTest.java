package quantum.p35.runtime;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.vertx.core.Vertx;
import io.vertx.core.eventbus.ReplyException;
import io.vertx.core.eventbus.ReplyFailure;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.lang.ref.WeakReference;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.ResourceLock;
import quantum.p35.api.Addresses;
import quantum.p35.api.Alert;
import quantum.p35.api.AlertChange;
import quantum.p35.api.HealthReport;
import quantum.p35.api.HealthReport.Level;
import quantum.p35.api.Keys;
import quantum.p35.api.Severity;
import quantum.p35.api.Symbols;
import quantum.p35.api.Verticles;
import quantum.p35.api.Verticles.Deployed;
import quantum.p35.api.WindowName;
import quantum.p35.testkit.BusRecorder;
import quantum.p35.testkit.TestRedis;

/** Other people's verticles beside ours, in the whole service: loaded, replaced from a newer jar, failing, taken away. */
@Timeout(180)
@ResourceLock(ExtensionsTest.METRICS)
class ExtensionsTest {

    /** What an extension finds as the default registry is taken away by any service that ends in this Java machine. */
    static final String METRICS = "io.vertx.micrometer.backends.BackendRegistries";

    private static final Home HOME = new Home(Path.of(System.getProperty("p35.root")));

    /** Leaves word of its class loader, and needs a class at its end that it never needed before. */
    private static final String PROBE = """
            package other;
            import io.vertx.core.*;
            public class Probe extends VerticleBase {
              public Future<?> start() {
                System.getProperties().put("probe.loader", new java.lang.ref.WeakReference<>(getClass().getClassLoader()));
                io.vertx.micrometer.backends.BackendRegistries.getDefaultNow().counter("probe.starts").increment();
                return vertx.executeBlocking(() -> {
                  if (Thread.currentThread().getContextClassLoader() != getClass().getClassLoader()) {
                    throw new IllegalStateException("another class loader");
                  }
                  return config().getString("word");
                });
              }
              public Future<?> stop() {
                vertx.eventBus().publish("probe.ended", new Farewell().words(config().getString("word")));
                return Future.succeededFuture();
              }
              static class Farewell { String words(String word) { return word + " ends"; } }
              public static class Endless extends VerticleBase {
                public Future<?> start() {
                  vertx.eventBus().consumer("probe.endless", message -> message.reply("still here"));
                  return Promise.promise().future();
                }
              }
            }
            """;

    @RegisterExtension
    static final TestRedis redis = new TestRedis();

    private BusRecorder<HealthReport> health;
    private Path file;
    private Path jar;
    private Vertx vertx;
    private Service service;

    @TempDir
    private Path folder;

    @BeforeEach
    void prepare() throws IOException {
        file = folder.resolve("p35.yaml");
        jar = folder.resolve("extension.jar");
    }

    private void start(String extensions) throws Exception {
        write(extensions);
        Environment environment = new Environment(Map.of("P35_REDIS_URL", redis.url()));
        Launch launch = new Launch(new ConfigLayers(file, environment, Map.of()), environment, HOME);
        vertx = launch.vertx();
        service = launch.service(launch.settings(), List.of());
        health = BusRecorder.of(vertx, Addresses.HEALTH_CHANGED, HealthReport.class);
        service.start().await(60, TimeUnit.SECONDS);
    }

    private void write(String extensions) throws IOException {
        Files.writeString(file, "dashboard: {instances: 0}\nextensions:\n" + extensions);
    }

    @AfterEach
    void stop() throws Exception {
        service.stop().await(30, TimeUnit.SECONDS);
    }

    @Test
    void theExampleReactsAndIsReplacedFromANewerJarWhileTheServiceRuns() throws Exception {
        Map<String, String> sources = example();
        BuiltJar.write(jar, sources);
        start("  - {name: confidence, class: quantum.p35.example.ConfidenceVerticle, config: {few: 1}, jar: " + jar
                + "}\n");
        BusRecorder<JsonObject> suggested = BusRecorder.of(vertx, "example.confidence.suggested", JsonObject.class);
        assertEquals(new Deployed("confidence", 1, 1, null), shown("confidence"));
        String first =
                health.await(report -> report.component().equals("confidence")).instance();
        lowConfidence(Map.of("BTCUSDT", 19, "ETHUSDT", 1));

        raise("1");
        JsonObject said = suggested.await(suggestion -> about(suggestion, "1"));
        assertEquals(
                "95 % of what low confidence stopped is BTCUSDT: fall back to the model before for these, and retrain.",
                said.getString("text"));

        sources.replaceAll((type, text) -> text.replace("and retrain.", "and tell the desk."));
        BuiltJar.write(jar, sources);
        raise("2");
        assertTrue(suggested
                .await(suggestion -> about(suggestion, "2"))
                .getString("text")
                .endsWith("and retrain."));

        assertEquals(
                new Deployed("confidence", 1, 1, null),
                ask(Addresses.RUNTIME_REDEPLOY, new Verticles.Redeploy("confidence")));
        raise("3");
        assertTrue(suggested
                .await(suggestion -> about(suggestion, "3"))
                .getString("text")
                .endsWith("and tell the desk."));
        health.await(report ->
                report.component().equals("confidence") && !report.instance().equals(first));
        assertEquals(
                1,
                suggested.messages().stream()
                        .filter(suggestion -> about(suggestion, "3"))
                        .count());
    }

    @Test
    void theCodeOfAnInstanceThatEndedIsPutAwayAfterItsStop() throws Exception {
        BuiltJar.write(jar, Map.of("other.Probe", PROBE));
        start("  - {name: probe, class: other.Probe, config: {word: one}, jar: " + jar + "}\n");
        BusRecorder<String> ended = BusRecorder.of(vertx, "probe.ended", String.class);
        WeakReference<?> old = (WeakReference<?>) System.getProperties().get("probe.loader");
        Path copy = copy(old);
        assertTrue(Files.exists(copy) && !copy.equals(jar), copy::toString);

        ask(Addresses.RUNTIME_REDEPLOY, new Verticles.Redeploy("probe"));

        ended.await("one ends"::equals);
        Await.that(
                () -> {
                    System.gc();
                    return old.get() == null;
                },
                () -> "the class loader of the one before is still held");
        assertTrue(Files.notExists(copy), copy::toString);
    }

    /** What the loader reads: its copy of the jar. */
    private static Path copy(WeakReference<?> loader) {
        return Path.of(((URLClassLoader) loader.get()).getURLs()[0].getPath());
    }

    @Test
    void oneThatFailsHarmsNobodyAndAnEditMendsIt() throws Exception {
        BuiltJar.write(jar, Map.of("other.Probe", PROBE));
        start("  - {name: probe, class: other.Prob, config: {word: one}, jar: " + jar + "}\n");

        Deployed failed = shown("probe");
        assertEquals(0, failed.running());
        assertTrue(failed.error().startsWith("extension 'probe' (class other.Prob, jar " + jar + "): "), failed::error);
        assertTrue(list().stream()
                .filter(one -> !one.name().equals("probe"))
                .allMatch(one -> one.running() == one.wanted() && one.error() == null));
        health.await(report -> report.component().equals("runtime")
                && report.level() == Level.DEGRADED
                && report.sentence().startsWith("probe does not run and is tried again: extension 'probe'"));

        write("  - {name: probe, class: other.Probe, instances: 2, config: {word: one}, jar: " + jar + "}\n");
        Await.that(() -> shown("probe").equals(new Deployed("probe", 2, 2, null)), () -> list().toString());

        BusRecorder<String> ended = BusRecorder.of(vertx, "probe.ended", String.class);
        write("  []\n");
        ended.await("one ends"::equals);
        assertTrue(list().stream().noneMatch(one -> one.name().equals("probe")));
    }

    @Test
    void oneWhoseStartNeverCompletesHasFailedAndEnds() throws Exception {
        BuiltJar.write(jar, Map.of("other.Probe", PROBE));
        start("  []\n");
        Extension endless = new Extension("endless", "other.Probe$Endless", 1, Map.of(), jar.toString());

        Exception failure =
                assertThrows(StartProblem.class, () -> vertx.deployVerticle(new ExtensionVerticle(endless, 1))
                        .await());

        assertEquals(
                "extension 'endless' (class other.Probe$Endless, jar " + jar + "): it did not start within 1 s: let"
                        + " start() return a future that completes when it listens",
                failure.getMessage());
        ReplyException nobody = assertThrows(ReplyException.class, () -> ask("probe.endless", "who is there?"));
        assertEquals(ReplyFailure.NO_HANDLERS, nobody.failureType());
    }

    /** The sources of verticles/example, as they are. */
    private static Map<String, String> example() throws IOException {
        Map<String, String> sources = new HashMap<>();
        Path root = HOME.resolve("verticles/example/src/main/java");
        try (Stream<Path> files = Files.walk(root)) {
            for (Path path : files.filter(Files::isRegularFile).toList()) {
                String type = root.relativize(path).toString().replace('/', '.');
                sources.put(type.substring(0, type.length() - ".java".length()), Files.readString(path));
            }
        }
        return sources;
    }

    /** @param entries symbol → decisions that confidence stops */
    private void lowConfidence(Map<String, Integer> entries) throws Exception {
        entries.forEach((symbol, count) -> {
            for (int i = 0; i < count; i++) {
                redis.cli(
                        "XADD",
                        Keys.DEFAULT.stream(),
                        "*",
                        "plan_id",
                        symbol + i,
                        "symbol",
                        symbol,
                        "decision",
                        "SKIP",
                        "executed",
                        "False",
                        "error",
                        "insufficient_confidence");
            }
        });
        int all = entries.values().stream().mapToInt(Integer::intValue).sum();
        Await.that(() -> symbols().window().total() == all, () -> symbols().toString());
    }

    private Symbols.Answer symbols() {
        return (Symbols.Answer) ask(Addresses.INSIGHT_SYMBOLS, new Symbols.Question(WindowName.FIVE_MINUTES, 1));
    }

    private void raise(String id) {
        Instant now = Instant.now();
        vertx.eventBus()
                .publish(
                        Addresses.ALERTS_CHANGED,
                        new AlertChange.Raised(new Alert(
                                id,
                                "insufficient_confidence",
                                "gate_share",
                                WindowName.FIVE_MINUTES,
                                Alert.State.FIRING,
                                Severity.HIGH,
                                now,
                                now,
                                null,
                                20,
                                20,
                                1,
                                1,
                                null,
                                "insufficient_confidence stops 100 % of decisions",
                                "certain",
                                Map.of(),
                                List.of(),
                                null,
                                0,
                                null,
                                null,
                                null,
                                null)));
    }

    private static boolean about(JsonObject suggestion, String alert) {
        return suggestion.getString("alert").equals(alert);
    }

    private Deployed shown(String name) {
        return list().stream()
                .filter(one -> one.name().equals(name))
                .findFirst()
                .orElseThrow();
    }

    private List<Deployed> list() {
        return ((Verticles.Answer) ask(Addresses.RUNTIME_LIST, new Verticles.Question())).verticles();
    }

    private Object ask(String address, Object question) {
        return vertx.eventBus().request(address, question).await().body();
    }
}
