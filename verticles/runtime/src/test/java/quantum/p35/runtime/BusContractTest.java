package quantum.p35.runtime;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.vertx.core.Vertx;
import io.vertx.core.http.WebSocket;
import io.vertx.core.http.WebSocketClient;
import io.vertx.core.http.WebSocketClientOptions;
import io.vertx.core.http.WebSocketConnectOptions;
import io.vertx.core.json.JsonObject;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.ResourceAccessMode;
import org.junit.jupiter.api.parallel.ResourceLock;
import quantum.p35.api.Addresses;
import quantum.p35.api.Keys;
import quantum.p35.testkit.FakeDiscord;
import quantum.p35.testkit.TestRedis;

/** What a program at the bridge is told and answered is as {@code docs/asyncapi.yaml} says, and so is what it must give. */
@Timeout(180)
@ResourceLock(value = ExtensionsTest.METRICS, mode = ResourceAccessMode.READ)
class BusContractTest {

    private static final Home HOME = new Home(Path.of(System.getProperty("p35.root")));
    private static final String TOKEN = "a-token-of-this-test-only";
    private static final int LARGEST = 10_000_000;
    private static final String GATE = "p33_permit_denied:no_exchange_snapshot";

    private static final Set<String> FACTS = Set.of(
            Addresses.WINDOWS_UPDATED, Addresses.ALERTS_CHANGED, Addresses.HEALTH_CHANGED, Addresses.CATALOGUE_CHANGED);

    /** These take minutes, and have the fields of their family. */
    private static final Set<String> NOT_PROVOKED =
            Set.of("AlertChange.Escalated", "AlertChange.Reopened", "AlertChange.Resolved");

    /** Of the way of an entry, or between our own verticles: not for the bridge. */
    private static final Set<String> WITHIN =
            Set.of("DecisionsRead", "DecisionsCommitted", "BucketsCommitted", "Text", "Nothing");

    /** Just what must be given. */
    private static final Map<String, JsonObject> QUESTIONS = Map.ofEntries(
            Map.entry(Addresses.INSIGHT_WHY, JsonObject.of("window", "5m")),
            Map.entry(Addresses.INSIGHT_GATES, JsonObject.of("window", "5m", "limit", 5)),
            Map.entry(Addresses.INSIGHT_SYMBOLS, JsonObject.of("window", "5m", "gates", 2)),
            Map.entry(Addresses.INSIGHT_DRIFT, JsonObject.of("window", "5m", "threshold", 1)),
            Map.entry(Addresses.INSIGHT_TIMELINE, JsonObject.of("window", "PT1H", "step", "PT1M")),
            Map.entry(Addresses.INSIGHT_GUIDE, JsonObject.of()),
            Map.entry(Addresses.INGEST_RECENT, JsonObject.of("limit", 50)),
            Map.entry(Addresses.DRIFT_ALERTS, JsonObject.of("state", "active")),
            Map.entry(Addresses.DRIFT_SILENCES, JsonObject.of()),
            Map.entry(Addresses.RUNTIME_LIST, JsonObject.of()));

    @RegisterExtension
    static final TestRedis redis = new TestRedis();

    private final Vertx outside = Vertx.vertx();
    private final List<JsonObject> heard = new CopyOnWriteArrayList<>();
    private AsyncApi document;
    private FakeDiscord discord;
    private Service service;
    private WebSocketClient client;
    private WebSocket socket;
    private Path gates;
    private int questions;

    @TempDir
    private Path folder;

    @BeforeEach
    void start() throws Exception {
        document = AsyncApi.read(HOME.resolve("docs/asyncapi.yaml"));
        discord = FakeDiscord.start();
        gates = Files.copy(HOME.resolve("conf/gates.yaml"), folder.resolve("gates.yaml"));
        Path alerts = Files.writeString(folder.resolve("alerts.yaml"), "timing: {looks: 1}\n");
        int port = FreePorts.of(1).getFirst();
        Path file = Files.writeString(
                folder.resolve("p35.yaml"),
                "dashboard: {port: " + port + "}\nruntime: {catalogue: " + gates + ", alerts: " + alerts + "}\n");
        Environment environment = new Environment(
                Map.of("P35_REDIS_URL", redis.url(), "P35_API_TOKEN", TOKEN, "P35_DISCORD_WEBHOOK_URL", discord.url()));
        Launch launch = new Launch(new ConfigLayers(file, environment, Map.of()), environment, HOME);
        service = launch.service(launch.settings(), List.of());
        service.start().await(60, TimeUnit.SECONDS);
        client = outside.createWebSocketClient(
                new WebSocketClientOptions().setMaxFrameSize(LARGEST).setMaxMessageSize(LARGEST));
        socket = client.connect(new WebSocketConnectOptions()
                        .setHost("127.0.0.1")
                        .setPort(port)
                        .setURI("/eventbus/websocket")
                        .putHeader("Authorization", "Bearer " + TOKEN))
                .map(open -> open.textMessageHandler(frame -> heard.add(new JsonObject(frame))))
                .await(20, TimeUnit.SECONDS);
        FACTS.forEach(address -> say(JsonObject.of("type", "register", "address", address)));
    }

    @AfterEach
    void stop() throws Exception {
        outside.close().await(30, TimeUnit.SECONDS);
        service.stop().await(30, TimeUnit.SECONDS);
        discord.close();
    }

    @Test
    void whatIsToldAndAnsweredIsWhatTheDocumentSays() throws Exception {
        askEverything();
        entries();
        Files.writeString(gates, "# edited\n", StandardOpenOption.APPEND);
        Await.that(() -> !alerts().isEmpty(), heard::toString);
        askEverything();
        answer(Addresses.DRIFT_EXPLAIN, JsonObject.of());
        JsonObject alert = alerts().getFirst();
        answer(Addresses.DRIFT_ACKNOWLEDGE, JsonObject.of("id", alert.getString("id"), "by", "Ada"));
        JsonObject silence = answer(Addresses.DRIFT_SILENCE, silence(alert.getString("reason")));
        askEverything();
        answer(Addresses.DRIFT_UNSILENCE, JsonObject.of("id", silence.getString("id")));
        answer(Addresses.DISCORD_TEST, JsonObject.of());
        answer(Addresses.RUNTIME_REDEPLOY, JsonObject.of("name", "insight"));
        answer(Addresses.RUNTIME_SCALE, JsonObject.of("name", "insight", "instances", 2));
        answer(Addresses.RUNTIME_UNDEPLOY, JsonObject.of("name", "insight"));

        Set<String> expected = document.messages();
        expected.removeAll(document.asked());
        expected.removeAll(WITHIN);
        expected.removeAll(NOT_PROVOKED);
        Await.that(() -> names().containsAll(expected), () -> expected + " and heard were " + names());
        List<String> wrong = heard.stream()
                .filter(frame -> "rec".equals(frame.getString("type")))
                .flatMap(frame -> document.problems(name(frame), frame.getValue("body")).stream())
                .distinct()
                .toList();
        assertEquals(List.of(), wrong);
    }

    @Test
    void whatIsRequiredIsWhatMustBeGiven() throws Exception {
        Map<String, JsonObject> bodies = new LinkedHashMap<>(QUESTIONS);
        bodies.put(Addresses.DRIFT_EXPLAIN, JsonObject.of());
        bodies.put(Addresses.DRIFT_ACKNOWLEDGE, JsonObject.of("id", "none", "by", "Ada"));
        bodies.put(Addresses.DRIFT_SILENCE, silence(GATE));
        bodies.put(Addresses.DRIFT_UNSILENCE, JsonObject.of("id", "none"));
        bodies.put(Addresses.DISCORD_TEST, JsonObject.of());
        bodies.put(Addresses.RUNTIME_SCALE, JsonObject.of("name", "insight", "instances", 1));
        bodies.put(Addresses.RUNTIME_REDEPLOY, JsonObject.of("name", "insight"));
        bodies.put(Addresses.RUNTIME_UNDEPLOY, JsonObject.of("name", "insight"));
        Set<String> tried = new TreeSet<>(WITHIN);
        for (Map.Entry<String, JsonObject> each : bodies.entrySet()) {
            String message = document.askedAt(each.getKey());
            tried.add(message);
            without(each.getKey(), message, each.getValue());
            JsonObject nulls = each.getValue().copy();
            document.fields(message).stream()
                    .filter(field -> !nulls.containsKey(field))
                    .forEach(nulls::putNull);
            for (JsonObject body : List.of(each.getValue(), nulls)) {
                assertEquals(List.of(), document.problems(message, body), () -> message + " " + body);
                JsonObject told = ask(each.getKey(), body);
                assertNotEquals(400, told.getValue("failureCode"), () -> message + " " + body + ": " + told);
            }
        }
        assertTrue(tried.containsAll(document.asked()), () -> tried + " of " + document.asked());
    }

    /** Each field that must be given is missed by both. */
    private void without(String address, String message, JsonObject body) throws Exception {
        for (String field : document.required(message)) {
            JsonObject lacking = body.copy();
            lacking.remove(field);
            assertNotEquals(List.of(), document.problems(message, lacking), () -> message + " " + lacking);
            JsonObject told = ask(address, lacking);
            assertEquals(400, told.getValue("failureCode"), () -> message + " " + lacking + ": " + told);
        }
    }

    private static JsonObject silence(String gate) {
        return JsonObject.of(
                "gate", gate, "until", Instant.now().plusSeconds(600).toString(), "by", "Ada");
    }

    /** As the apply layer writes them: a gate that stops most of four symbols, and some that name none. */
    private static void entries() {
        redis.with(client -> {
            IntStream.range(0, 600).forEach(i -> {
                boolean executed = i % 5 == 0;
                client.call(
                        "XADD",
                        Keys.DEFAULT.stream(),
                        "*",
                        "plan_id",
                        i % 7 == 0 ? "" : String.format("%016x", i),
                        "symbol",
                        i % 11 == 0 ? "" : "S" + i % 4 + "USDT",
                        "decision",
                        executed ? "EXECUTE" : "BLOCKED",
                        "executed",
                        executed ? "True" : "False",
                        "error",
                        executed ? "" : i % 3 == 0 ? "a_gate_that_nobody_knows" : GATE,
                        "timestamp",
                        Long.toString(Instant.now().getEpochSecond()));
            });
            return null;
        });
    }

    private void askEverything() throws Exception {
        for (Map.Entry<String, JsonObject> question : QUESTIONS.entrySet()) {
            answer(question.getKey(), question.getValue());
        }
    }

    private List<JsonObject> alerts() throws Exception {
        return answer(Addresses.DRIFT_ALERTS, JsonObject.of("state", "active")).getJsonArray("alerts").stream()
                .map(JsonObject.class::cast)
                .toList();
    }

    private JsonObject answer(String address, JsonObject body) throws Exception {
        JsonObject told = ask(address, body);
        assertEquals("rec", told.getString("type"), () -> address + " " + body + ": " + told);
        return told.getJsonObject("body");
    }

    /** The answer or the failure. */
    private JsonObject ask(String address, JsonObject body) throws Exception {
        String reply = "answer-" + ++questions;
        say(JsonObject.of("type", "send", "address", address, "replyAddress", reply, "body", body));
        Await.that(() -> told(reply) != null, () -> address + " " + body);
        return told(reply);
    }

    private JsonObject told(String reply) {
        return heard.stream()
                .filter(frame -> reply.equals(frame.getString("address")))
                .findFirst()
                .orElse(null);
    }

    private void say(JsonObject frame) {
        socket.writeTextMessage(frame.encode());
    }

    /** Messages that came. */
    private Set<String> names() {
        return heard.stream()
                .filter(frame -> "rec".equals(frame.getString("type")))
                .map(BusContractTest::name)
                .collect(Collectors.toCollection(TreeSet::new));
    }

    private static String name(JsonObject frame) {
        return frame.getJsonObject("headers").getString("message");
    }
}
