package quantum.p35.dashboard;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.eventbus.Message;
import io.vertx.core.http.WebSocketFrame;
import io.vertx.core.json.JsonObject;
import io.vertx.ext.web.Router;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import quantum.p35.api.Addresses;
import quantum.p35.api.HealthReport;
import quantum.p35.api.Why;

/** No program at the bridge can hold up the service or another program, whatever it does or does not do. */
class BridgeLimitsTest {

    private static final JsonObject FIVE_MINUTES = new JsonObject().put("window", "5m");

    /** Nobody answers this one here. */
    private static final JsonObject GATES = FIVE_MINUTES.copy().put("limit", 1);

    private static final String ASK = "{\"type\":\"send\",\"address\":\"p35.insight.why\",\"replyAddress\":\"r\","
            + "\"body\":{\"window\":\"5m\"}}";

    private final Service service = Service.alone();
    private final List<Program> stuck = new ArrayList<>();

    @AfterEach
    void stop() {
        // a client that is paused would hold up the end of its own Vert.x
        stuck.forEach(program -> program.socket.resume());
        service.close();
    }

    private Program stopsReading(Program program) {
        program.socket.pause();
        stuck.add(program);
        return program;
    }

    private void insight(int length) {
        insight(length, new AtomicInteger());
    }

    private void insight(int length, AtomicInteger asked) {
        service.<Why.Question>answer(Addresses.INSIGHT_WHY, question -> {
            asked.incrementAndGet();
            Why.Answer why = Samples.why(question.window());
            return new Why.Answer(
                    why.state(),
                    "x".repeat(length),
                    why.asOf(),
                    null,
                    null,
                    why.window(),
                    why.decisions(),
                    0,
                    List.of(),
                    0,
                    null,
                    List.of(),
                    List.of());
        });
    }

    private double sockets() {
        return service.metrics.get("p35.dashboard.bridge.sockets").gauge().value();
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void aSlowReaderGetsTheNewestAndNotAll(boolean sockJs) throws Exception {
        insight(10);
        Program slow = sockJs ? Program.withSockJs(service) : Program.at(service);
        Program quick = Program.at(service);
        for (Program program : List.of(slow, quick)) {
            program.register(Addresses.HEALTH_CHANGED);
            program.ask(Addresses.INSIGHT_WHY, FIVE_MINUTES);
        }
        stopsReading(slow);
        String padding = "x".repeat(500_000);
        for (int change = 1; change <= 60; change++) {
            int wanted = change;
            service.vertx
                    .eventBus()
                    .publish(
                            Addresses.HEALTH_CHANGED,
                            new HealthReport(
                                    "test",
                                    "1",
                                    HealthReport.Level.UP,
                                    padding,
                                    Map.of("change", change),
                                    Instant.now()));
            Program.until(
                    () -> quick.told.stream().anyMatch(frame -> frame.contains("\"change\":" + wanted + "}")),
                    "change " + wanted + " reaches the quick reader");
        }
        assertEquals(2, sockets());
        slow.socket.resume();
        Program.until(
                () -> slow.told.stream()
                        .anyMatch(frame -> frame.contains("change\":60}") || frame.contains("change\\\":60}")),
                "the newest reaches the slow reader");
        long got = slow.told.stream().filter(frame -> frame.contains(padding)).count();
        assertTrue(got < 58, "the slow reader got " + got + " of 60");
        JsonObject missed = slow.at(Addresses.HEALTH_CHANGED).stream()
                .filter(frame -> frame.getString("type").equals("err"))
                .findFirst()
                .orElseThrow();
        assertEquals(503, missed.getInteger("failureCode"));
        assertEquals("some facts of p35.health.changed were left out: ask anew", missed.getString("message"));
    }

    /** An answer that is not read waits in our memory: there must be an end to them, and to what holds them. */
    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void whoAsksAndNeverReadsIsCutOff(boolean sockJs) throws Exception {
        AtomicInteger asked = new AtomicInteger();
        insight(500_000, asked);
        Program other = Program.at(service);
        try (Deaf greedy = new Deaf(service.port, sockJs)) {
            Program.until(() -> sockets() == 2, "both are there");
            for (int i = 0; i < 200; i++) {
                greedy.say(ASK);
                other.ask(Addresses.INSIGHT_GATES, GATES);
            }
            assertTrue(asked.get() < 100, "it was answered " + asked + " times");
            Program.until(() -> !greedy.say(ASK), "the end of its connection, though it read nothing");
            Program.until(() -> sockets() == 1, "the other alone is there");
        }
    }

    /** One answer each keeps every bound but that of all together. */
    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void aHundredThatNeverReadHoldABoundedAmountTogether(boolean sockJs) throws Exception {
        // more than the system's own buffers take
        insight(7_000_000);
        Program other = Program.at(service);
        List<Deaf> greedy = new ArrayList<>();
        try {
            for (int i = 0; i < 99; i++) {
                greedy.add(new Deaf(service.port, sockJs));
            }
            Program.until(() -> sockets() == 100, "all are there");
            for (Deaf program : greedy) {
                program.say(ASK);
                other.ask(Addresses.INSIGHT_GATES, GATES);
            }
            Program.until(() -> sockets() <= 4, "most of them are sent away");
            assertEquals(
                    "NO_HANDLERS",
                    other.ask(Addresses.INSIGHT_GATES, GATES).getString("failureType"),
                    "who reads stays");
        } finally {
            for (Deaf program : greedy) {
                program.close();
            }
        }
    }

    @Test
    void tooManyQuestionsOfAllTogetherAreRefused() throws Exception {
        List<Message<?>> asked = new ArrayList<>();
        Service.await(service.vertx
                .eventBus()
                .consumer(Addresses.INSIGHT_WHY, asked::add)
                .completion());
        for (int i = 0; i < 4; i++) {
            Program program = Program.at(service);
            for (int question = 0; question < 16; question++) {
                program.say(ASK);
            }
            // its questions stay under way
            program.socket.close();
        }
        Program.until(() -> asked.size() == 64, "64 are asked");
        JsonObject refusal = Program.at(service).ask(Addresses.INSIGHT_WHY, FIVE_MINUTES);
        assertEquals(429, refusal.getInteger("failureCode"));
        assertEquals("too many questions at once at the bridge: ask again in a moment", refusal.getString("message"));
    }

    @Test
    void aFrameThatIsTooLargeEndsItsSocketAlone() throws Exception {
        insight(10);
        Program large = Program.at(service);
        Program other = Program.at(service);
        large.socket.writeTextMessage("{\"type\":\"ping\",\"padding\":\"" + "x".repeat(20_000) + "\"}");
        Program.until(() -> large.closed, "the end of its socket");
        Program parts = Program.at(service);
        parts.socket.writeFrame(WebSocketFrame.textFrame("x".repeat(10_000), false));
        parts.socket.writeFrame(WebSocketFrame.continuationFrame(Buffer.buffer("x".repeat(10_000)), true));
        Program.until(() -> parts.closed, "the end of its socket");
        assertEquals("rec", other.ask(Addresses.INSIGHT_WHY, FIVE_MINUTES).getString("type"));
        assertEquals(1, sockets());
    }

    @Test
    void tooManyQuestionsAtOnceAreRefused() throws Exception {
        List<Message<?>> asked = new ArrayList<>();
        Service.await(service.vertx
                .eventBus()
                .consumer(Addresses.INSIGHT_WHY, asked::add)
                .completion());
        Program program = Program.at(service);
        for (int i = 0; i < 17; i++) {
            program.say("{\"type\":\"send\",\"address\":\"p35.insight.why\",\"replyAddress\":\"r" + i
                    + "\",\"body\":{\"window\":\"5m\"}}");
        }
        Program.until(() -> !program.told.isEmpty(), "a refusal");
        JsonObject refusal = program.at("r16").getFirst();
        assertEquals(429, refusal.getInteger("failureCode"));
        Program.until(() -> asked.size() == 16, "the others are asked");
    }

    @Test
    void thereIsPlaceForAHundred() throws Exception {
        for (int i = 0; i < 100; i++) {
            Program.at(service);
        }
        Program.until(() -> sockets() == 100, "a hundred");
        Program late = Program.at(service);
        Program.until(() -> late.closed, "the hundred-and-first is sent away");
        assertEquals((short) 1013, late.socket.closeStatusCode());
        assertEquals("no place at the moment: try again later", late.socket.closeReason());
        assertEquals(100, sockets());
    }

    @Test
    void theEndOfTheDashboardSendsEverybodyAwayAndHoldsUpNothing() throws Exception {
        insight(5_000_000);
        Program program = Program.at(service);
        try (Deaf raw = new Deaf(service.port, false);
                Deaf sockJs = new Deaf(service.port, true)) {
            raw.say(ASK);
            sockJs.say(ASK);
            program.ask(Addresses.INSIGHT_GATES, GATES);
            Service.await(service.vertx.undeploy(service.deployment));
            Program.until(() -> !raw.say(ASK) && !sockJs.say(ASK), "the end of their connections");
        }
        Program.until(() -> program.closed, "its end");
        assertEquals((short) 1001, program.socket.closeStatusCode());
        assertEquals("this instance ends: connect again", program.socket.closeReason());
        assertEquals(0, sockets());
        Future<?> again =
                service.vertx.createHttpServer().requestHandler(request -> {}).listen(service.port, "127.0.0.1");
        Service.await(again);
    }

    @Test
    void whoComesToAnInstanceThatEndsIsToldToComeAgain() throws Exception {
        Vertx vertx = service.vertx;
        SimpleMeterRegistry metrics = new SimpleMeterRegistry();
        Bridge bridge = new Bridge(vertx, new Bus(vertx.eventBus()), false, metrics);
        int port = serve(bridge);
        bridge.close();
        Program late = Program.at(vertx, port, Program.RAW);
        Program.until(() -> late.closed, "its end");
        assertEquals((short) 1001, late.socket.closeStatusCode());
        assertEquals("this instance ends: connect again", late.socket.closeReason());
        assertEquals(0, metrics.get("p35.dashboard.bridge.refused").counter().count());
    }

    private int serve(Bridge bridge) {
        Router router = Router.router(service.vertx);
        router.route("/eventbus/*").subRouter(bridge.routes());
        return Service.await(
                        service.vertx.createHttpServer().requestHandler(router).listen(0, "127.0.0.1"))
                .actualPort();
    }

    @Test
    void whoSaysNothingForHalfAMinuteIsSentAway() throws Exception {
        Vertx vertx = service.vertx;
        Bridge bridge = new Bridge(vertx, new Bus(vertx.eventBus()), false, new SimpleMeterRegistry());
        int port = serve(bridge);
        Instant before = Instant.now();
        Program program = Program.at(vertx, port, Program.RAW);
        Program.until(() -> bridge.connected() == 1, "it is there");
        bridge.look(before.plus(Duration.ofSeconds(29)));
        program.say("{\"type\":\"ping\"}");
        assertEquals(1, bridge.connected());
        bridge.look(Instant.now().plus(Duration.ofSeconds(31)));
        Program.until(() -> program.closed && bridge.connected() == 0, "its end");
        assertEquals("nothing heard for 30 s: send {\"type\":\"ping\"} now and then", program.socket.closeReason());
    }
}
