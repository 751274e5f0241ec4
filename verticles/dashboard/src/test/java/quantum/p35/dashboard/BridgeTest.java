package quantum.p35.dashboard;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.micrometer.core.instrument.Counter;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.json.JsonObject;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import quantum.p35.api.Addresses;
import quantum.p35.api.AlertChange;
import quantum.p35.api.BusMessages;
import quantum.p35.api.Severity;
import quantum.p35.api.Verticles;
import quantum.p35.api.WindowName;

/** What a program at the bridge may do, and what it hears when it may not. */
class BridgeTest {

    private static final JsonObject FIVE_MINUTES = new JsonObject().put("window", "5m");

    private static Service service;

    @BeforeAll
    static void start() {
        service = Service.whole();
    }

    @AfterAll
    static void stop() {
        service.close();
    }

    @Test
    void aQuestionIsAnsweredAsOnTheBus() throws Exception {
        JsonObject answer = Program.at(service).ask(Addresses.INSIGHT_WHY, FIVE_MINUTES);
        assertEquals("rec", answer.getString("type"));
        assertEquals("Why.Answer", answer.getJsonObject("headers").getString("message"));
        assertEquals(
                new JsonObject(BusMessages.JSON.writeValueAsString(Samples.why(WindowName.FIVE_MINUTES))),
                answer.getJsonObject("body"));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            quoteCharacter = '\0',
            value = {
                "p35.insight.guide; {\"gate\":\"nope\"}; 404; RECIPIENT_FAILURE; no gate 'nope'",
                "p35.insight.drift; {\"window\":\"5m\",\"threshold\":13}; 503; RECIPIENT_FAILURE;"
                        + " Redis does not answer",
                "p35.insight.why; {}; 400; RECIPIENT_FAILURE; the body lacks 'window', one of 1m, 5m, 15m, 1h",
                "p35.runtime.list; {}; 503; NO_HANDLERS; runtime is not running (not deployed, not started yet, or its"
                        + " start failed): GET /api/v1/health says which",
            })
    void aFailureSaysWhatIsWrong(String address, String body, int code, String type, String message) throws Exception {
        JsonObject failure = Program.at(service).ask(address, new JsonObject(body));
        assertEquals("err", failure.getString("type"));
        assertEquals(code, failure.getInteger("failureCode"));
        assertEquals(type, failure.getString("failureType"));
        assertEquals(message, failure.getString("message"));
    }

    @Test
    void aFactIsHeardFromRegisteringToUnregistering() throws Exception {
        Program program = Program.at(service);
        Program always = Program.at(service);
        always.register(Addresses.ALERTS_CHANGED);
        always.ask(Addresses.INSIGHT_WHY, FIVE_MINUTES);
        alertChanges();
        Program.until(() -> always.at(Addresses.ALERTS_CHANGED).size() == 1, "it is told of the first");
        program.register(Addresses.ALERTS_CHANGED);
        program.register(Addresses.ALERTS_CHANGED);
        program.ask(Addresses.INSIGHT_WHY, FIVE_MINUTES);
        alertChanges();
        Program.until(() -> !program.at(Addresses.ALERTS_CHANGED).isEmpty(), "the second");
        program.say("{\"type\":\"unregister\",\"address\":\"p35.alerts.changed\"}");
        program.ask(Addresses.INSIGHT_WHY, FIVE_MINUTES);
        alertChanges();
        Program.until(() -> always.at(Addresses.ALERTS_CHANGED).size() == 3, "it is told of the third");
        program.ask(Addresses.INSIGHT_WHY, FIVE_MINUTES);

        assertEquals(1, program.at(Addresses.ALERTS_CHANGED).size());
        JsonObject fact = program.at(Addresses.ALERTS_CHANGED).getFirst();
        assertEquals("rec", fact.getString("type"));
        assertEquals("AlertChange.Escalated", fact.getJsonObject("headers").getString("message"));
        assertEquals("MEDIUM", fact.getJsonObject("body").getString("from"));
        assertEquals(
                AlertSamples.TOP.id(),
                fact.getJsonObject("body").getJsonObject("alert").getString("id"));
    }

    private static void alertChanges() {
        service.vertx
                .eventBus()
                .publish(Addresses.ALERTS_CHANGED, new AlertChange.Escalated(AlertSamples.TOP, Severity.MEDIUM));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            quoteCharacter = '\0',
            value = {
                "{\"type\":\"send\",\"address\":\"p35.decisions.read\",\"body\":{}}; 403; nothing may be sent to"
                        + " 'p35.decisions.read'",
                "{\"type\":\"send\",\"address\":\"p35.health.asked\"}; 403; nothing may be sent to",
                "{\"type\":\"send\",\"address\":\"p35.alerts.changed\",\"body\":{}}; 403; nothing may be sent to",
                "{\"type\":\"send\",\"address\":\"somebody.else\",\"body\":{}}; 403; nothing may be sent to",
                "{\"type\":\"send\",\"address\":\"p35.runtime.undeploy\",\"body\":{\"name\":\"drift\"}}; 403; a command"
                        + " over the bridge needs a token: set P35_API_TOKEN",
                "{\"type\":\"publish\",\"address\":\"p35.alerts.changed\",\"body\":{}}; 403; nobody may publish",
                "{\"type\":\"publish\",\"address\":\"p35.insight.why\",\"body\":{}}; 403; nobody may publish",
                "{\"type\":\"register\",\"address\":\"p35.insight.why\"}; 403; 'p35.insight.why' may not be listened to,"
                        + " only p35.alerts.changed, p35.catalogue.changed, p35.health.changed, p35.windows.updated",
                "{\"type\":\"register\",\"address\":\"p35.decisions.read\"}; 403; may not be listened to",
                "{\"type\":\"register\",\"address\":\"p35.buckets.committed\"}; 403; may not be listened to",
                "{\"type\":\"register\",\"address\":\"p35.*\"}; 403; may not be listened to",
                "{\"type\":\"subscribe\",\"address\":\"p35.alerts.changed\"}; 400; 'type' is 'subscribe'",
                "{\"type\":7}; 400; 'type' is '7'",
                "{\"type\":\"send\"}; 400; a frame of type \"send\" needs an 'address'",
                "{\"address\":\"p35.insight.why\"}; 400; 'type' is ''",
                "{\"type\":\"send\",\"address\":\"p35.insight.why\",\"body\":{\"window\":\"5m\",\"window\":\"1m\"}};"
                        + " 400; Duplicate field 'window'",
                "[]; 400; 'type' is ''",
                "null; 400; 'type' is ''",
                "hello; 400; this cannot be read as JSON",
            })
    void whatIsNotAllowedIsRefusedWithTheReason(String frame, int code, String message) throws Exception {
        Program program = Program.at(service);
        program.say(frame);
        Program.until(() -> !program.told.isEmpty(), "a refusal");
        JsonObject refusal = new JsonObject(program.told.getFirst());
        assertEquals("err", refusal.getString("type"));
        assertEquals(code, refusal.getInteger("failureCode"));
        assertTrue(refusal.getString("message").contains(message), refusal::encode);
        assertEquals("rec", program.ask(Addresses.INSIGHT_WHY, FIVE_MINUTES).getString("type"), "the socket goes on");
    }

    @Test
    void whatIsRefusedIsCounted() throws Exception {
        Program program = Program.at(service);
        Counter refused = service.metrics.get("p35.dashboard.bridge.refused").counter();
        double before = refused.count();
        program.ask(Addresses.INSIGHT_WHY, FIVE_MINUTES);
        program.ask(Addresses.INSIGHT_WHY, new JsonObject().put("windw", "5m"));
        program.ask(Addresses.RUNTIME_UNDEPLOY, new JsonObject().put("name", "drift"));
        assertEquals(2, refused.count() - before);
    }

    @Test
    void aPingIsAnsweredToWhoAsksForIt() throws Exception {
        Program program = Program.at(service);
        program.say("{\"type\":\"ping\"}");
        program.say("{\"type\":\"ping\",\"replyAddress\":\"p\"}");
        program.ask(Addresses.INSIGHT_WHY, FIVE_MINUTES);
        assertEquals(2, program.told.size());
        assertEquals(new JsonObject("{\"type\":\"pong\",\"address\":\"p\"}"), new JsonObject(program.told.getFirst()));
    }

    @Test
    void whatIsDeniedDoesNotReachTheBus() throws Exception {
        AtomicInteger reached = new AtomicInteger();
        List<String> inside = List.of(Addresses.DECISIONS_READ, Addresses.RUNTIME_UNDEPLOY, "somebody.else");
        for (String address : inside) {
            Service.await(service.vertx
                    .eventBus()
                    .consumer(address, message -> reached.incrementAndGet())
                    .completion());
        }
        Program program = Program.at(service);
        for (String address : inside) {
            program.say("{\"type\":\"publish\",\"address\":\"" + address + "\"}");
            program.say("{\"type\":\"register\",\"address\":\"" + address + "\"}");
            assertEquals(
                    403,
                    program.ask(address, new JsonObject().put("name", "drift")).getInteger("failureCode"));
        }
        assertEquals(0, reached.get());
    }

    @Test
    void clientsOfSockJsAreSpokenToInItsFrames() throws Exception {
        assertTrue(service.get("/eventbus/info").bodyAsJsonObject().getBoolean("websocket"));
        JsonObject answer = Program.withSockJs(service).ask(Addresses.INSIGHT_WHY, FIVE_MINUTES);
        assertEquals("BLOCKED", answer.getJsonObject("body").getString("state"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/eventbus",
                "/eventbus/",
                "/eventbus/iframe.html",
                "/eventbus/000/s/xhr",
                "/eventbus/000/s/xhr_send",
                "/eventbus/000/s/eventsource",
                "/eventbus/000/s/htmlfile",
                "/eventbus/000/s/jsonp",
                "/eventbus/chunking_test"
            })
    void thereAreNoOtherTransports(String path) {
        assertEquals(404, service.get(path).statusCode());
        assertEquals(
                404,
                Service.await(service.request(HttpMethod.POST, path, "Content-Type", "application/json")
                                .send())
                        .statusCode());
    }

    @Test
    void thePageOfAnotherSiteDoesNotComeIn() throws Exception {
        assertEquals(403, Program.shut(service, "Origin", "http://evil.example"));
        assertEquals(403, Program.shut(service, "Origin", "http://127.0.0.1:1"));
        assertEquals(403, Program.shut(service, "Origin", "null"));
        assertEquals(421, Program.shut(service, "Host", "evil.example", "Origin", "http://evil.example"));
        assertEquals(
                403,
                service.get("/eventbus/info", "Origin", "http://evil.example").statusCode());
        assertFalse(Program.at(service, "Origin", "http://127.0.0.1:" + service.port).closed);
    }

    @Test
    void withATokenTheDoorNeedsItAndCommandsAreObeyed() throws Exception {
        try (Service guarded = Service.guardedBy("correct-horse")) {
            guarded.<Verticles.Scale>answer(
                    Addresses.RUNTIME_SCALE,
                    scale -> new Verticles.Deployed(scale.name(), scale.instances(), 0, "being scaled"));
            assertEquals(401, Program.shut(guarded));
            assertEquals(401, Program.shut(guarded, "Authorization", "Bearer nope"));
            assertEquals(401, Program.shut(guarded, "Cookie", SessionCookie.NAME + "=correct-horse"));
            assertEquals(
                    403,
                    Program.shut(guarded, "Authorization", "Bearer correct-horse", "Origin", "http://evil.example"));
            JsonObject scale = new JsonObject().put("name", "drift").put("instances", 2);
            JsonObject scaled =
                    Program.at(guarded, "Authorization", "Bearer correct-horse").ask(Addresses.RUNTIME_SCALE, scale);
            assertEquals(2, scaled.getJsonObject("body").getInteger("wanted"));

            String cookie = Service.await(
                            guarded.request(HttpMethod.POST, "/api/v1/session", "Content-Type", "application/json")
                                    .sendJsonObject(new JsonObject().put("token", "correct-horse")))
                    .getHeader("Set-Cookie")
                    .split(";")[0];
            String own = "http://127.0.0.1:" + guarded.port;
            assertEquals(
                    "rec",
                    Program.at(guarded, "Cookie", cookie, "Origin", own)
                            .ask(Addresses.RUNTIME_SCALE, scale)
                            .getString("type"));
        }
    }
}
