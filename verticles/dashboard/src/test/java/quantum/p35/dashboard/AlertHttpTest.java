package quantum.p35.dashboard;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.json.JsonObject;
import io.vertx.ext.web.client.HttpResponse;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import quantum.p35.api.Addresses;
import quantum.p35.api.Alerts;
import quantum.p35.api.DiscordTest;
import quantum.p35.api.Explain;
import quantum.p35.api.Failure;
import quantum.p35.api.Silence;
import quantum.p35.api.Silences;

class AlertHttpTest {

    /** Everything that a path could stumble over. */
    private static final String ID = "p35_alert_1769954530_a:b/c d+e%f#?*币";

    private static final String ENCODED = "p35_alert_1769954530_a:b%2Fc%20d%2Be%25f%23%3F%2A%E5%B8%81";

    private static final AtomicReference<Object> heard = new AtomicReference<>();

    private static Service service;

    @BeforeAll
    static void start() {
        service = Service.alone();
        service.<Alerts.Question>answer(Addresses.DRIFT_ALERTS, question -> AlertSamples.alerts(question.state()));
        service.<Alerts.Acknowledge>answer(Addresses.DRIFT_ACKNOWLEDGE, command -> {
            heard.set(command);
            if (command.id().equals("nope")) {
                throw Failure.NOT_FOUND.because("no alert 'nope' fires");
            }
            return AlertSamples.EXECUTE_LOW;
        });
        service.<Silences.Question>answer(Addresses.DRIFT_SILENCES, question -> AlertSamples.silences());
        service.<Silences.Add>answer(Addresses.DRIFT_SILENCE, command -> {
            heard.set(command);
            return new Silence(
                    "s-9",
                    command.gate(),
                    command.symbol(),
                    Samples.NOW,
                    command.until(),
                    command.by(),
                    command.note());
        });
        service.<Silences.Remove>answer(Addresses.DRIFT_UNSILENCE, command -> {
            heard.set(command);
            return AlertSamples.SILENCE;
        });
        service.<Explain.Question>answer(Addresses.DRIFT_EXPLAIN, question -> {
            heard.set(question);
            return AlertSamples.explain(0);
        });
        service.<DiscordTest.Question>answer(Addresses.DISCORD_TEST, question -> AlertSamples.discord());
    }

    @AfterAll
    static void stop() {
        service.close();
    }

    private static HttpResponse<Buffer> write(HttpMethod method, String uri, String body) {
        return Service.await(service.request(method, "/api/v1" + uri, "Content-Type", "application/json")
                .sendBuffer(Buffer.buffer(body)));
    }

    private static String message(HttpResponse<Buffer> response, int status) {
        assertEquals(status, response.statusCode(), response::bodyAsString);
        return response.bodyAsJsonObject().getJsonObject("error").getString("message");
    }

    @Test
    void activeAlertsAreGivenUnlessRecentOnesAreAskedFor() {
        JsonObject active = service.get("/api/v1/alerts").bodyAsJsonObject();
        assertEquals("2026-02-01T14:05:37Z", active.getString("asOf"));
        assertEquals(3, active.getJsonArray("alerts").size());
        JsonObject alert = active.getJsonArray("alerts").getJsonObject(1);
        assertEquals("p35_alert_1769954530_p33_permit_denied:no_exchange_snapshot", alert.getString("id"));
        assertEquals("firing", alert.getString("state"));
        assertEquals("5m", alert.getString("window"));
        assertEquals(0.617, alert.getDouble("share"));
        assertNull(alert.getValue("acknowledged"));

        JsonObject recent = service.get("/api/v1/alerts?state=recent").bodyAsJsonObject();
        assertEquals(
                "2026-02-01T14:04:30Z",
                recent.getJsonArray("alerts").getJsonObject(0).getString("resolved"));
        assertEquals(
                "parameter 'state' is 'old': it must be one of active, recent",
                message(service.get("/api/v1/alerts?state=old"), 400));
    }

    @Test
    void alertsAreATable() {
        List<String> lines =
                service.get("/api/v1/alerts?format=csv").bodyAsString().lines().toList();
        assertEquals(
                "id,reason,state,severity,since,resolved,score,total,share,peak,flaps,acknowledged_by,silenced_until,"
                        + "rule,sentence",
                lines.getFirst());
        assertEquals(
                "p35_alert_1769954530_unlisted,unlisted,firing,MEDIUM,2026-02-01T14:02:10Z,,1234,2000,0.617,0.65,2,,"
                        + "2026-02-01T16:05:37Z,gate_share,unlisted stops 44 % of decisions.",
                lines.get(1));
    }

    @Test
    void anyAlertIdIsAcknowledgedByItsPath() {
        HttpResponse<Buffer> done =
                write(HttpMethod.POST, "/alerts/" + ENCODED + "/acknowledge", "{\"by\":\"ola\",\"note\":\"mine\"}");
        assertEquals(200, done.statusCode(), done::bodyAsString);
        assertEquals(new Alerts.Acknowledge(ID, "ola", "mine"), heard.get());
        assertEquals(
                "ola@desk",
                done.bodyAsJsonObject().getJsonObject("acknowledged").getString("by"));

        assertEquals(
                "Acknowledged: execute_low, CRITICAL.\n",
                write(HttpMethod.POST, "/alerts/x/acknowledge?format=text", "{\"by\":\"ola\"}")
                        .bodyAsString());
        assertEquals(new Alerts.Acknowledge("x", "ola", ""), heard.get());
    }

    @Test
    void anAlertThatIsNotThereIsNotFound() {
        assertEquals(
                "no alert 'nope' fires",
                message(write(HttpMethod.POST, "/alerts/nope/acknowledge", "{\"by\":\"ola\"}"), 404));
    }

    @ParameterizedTest(name = "body {0}")
    @CsvSource(
            delimiter = '|',
            value = {
                "``|``",
                "[]|``",
                "{}|`'by' is missing: `",
                "{\"by\":\"\"}|`'by' is '': `",
                "{\"by\":7}|`'by' is 7: `",
                "{\"by\":\"a\",\"more\":1}|`there is no field 'more': `",
                "{\"by\":\"a\",\"note\":1}|`'note' is 1: `",
            },
            quoteCharacter = '`')
    void aBadAcknowledgementIsToldWhichFieldIsWrongAndWhatItMustBe(String body, String field) {
        assertEquals(
                field
                        + "the body must be {\"by\": \"<who, at most 100 characters>\", \"note\": \"<may be absent, at most"
                        + " 500>\"}",
                message(write(HttpMethod.POST, "/alerts/x/acknowledge", body), 400));
    }

    @Test
    void aSilenceEndsAtATimeOrAfterAWhile() {
        HttpResponse<Buffer> made = write(
                HttpMethod.POST,
                "/silences",
                "{\"gate\":\"p33_permit_denied:*\",\"symbol\":\"BTCUSDT\",\"until\":\"2026-02-01T18:00:00+02:00\","
                        + "\"by\":\"ola\"}");
        assertEquals(201, made.statusCode(), made::bodyAsString);
        assertEquals(
                new Silences.Add("p33_permit_denied:*", "BTCUSDT", Instant.parse("2026-02-01T16:00:00Z"), "ola", ""),
                heard.get());
        assertEquals("s-9", made.bodyAsJsonObject().getString("id"));

        Instant before = Instant.now();
        assertEquals(
                201,
                write(
                                HttpMethod.POST,
                                "/silences",
                                "{\"gate\":\"x\",\"symbol\":null,\"for\":\"2h\",\"by\":\"ola\",\"note\":\"why\"}")
                        .statusCode());
        Silences.Add added = (Silences.Add) heard.get();
        assertNull(added.symbol());
        assertEquals("why", added.note());
        Duration length = Duration.between(before, added.until());
        assertTrue(length.compareTo(Duration.ofMinutes(119)) > 0, length::toString);
    }

    @Test
    void aSilenceThatTakesThePlaceOfAnotherSaysSo() {
        HttpResponse<Buffer> made = write(
                HttpMethod.POST, "/silences?format=text", "{\"gate\":\"unlisted\",\"for\":\"1h\",\"by\":\"ola\"}");
        assertEquals(201, made.statusCode(), made::bodyAsString);
        String words = made.bodyAsString().replace('\n', ' ');
        assertTrue(
                words.contains("This takes the place of the silence until 16:05 UTC by ola@desk."), made::bodyAsString);
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource(
            delimiter = '|',
            value = {
                "'until':'soon' | 'until' is 'soon': it must be a time as 2026-02-01T16:00:00Z",
                "'until':'2026-02-01T16:00:00Z','for':'2h' | a silence needs its end: either 'until', a time as 2026-02-01T16:00:00Z, or 'for', as 30m, 2h or 1d",
                "'note':'' | a silence needs its end: either 'until', a time as 2026-02-01T16:00:00Z, or 'for', as 30m, 2h or 1d",
            },
            quoteCharacter = '`')
    void aSilenceWithoutAClearEndIsRefused(String part, String message) {
        String body = "{\"gate\":\"x\",\"by\":\"ola\"," + part.replace('\'', '"') + "}";
        assertEquals(message, message(write(HttpMethod.POST, "/silences", body), 400));
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource(
            delimiter = '|',
            value = {
                "{'gate':'x','until':'2026-02-01T16:00:00Z'} | 'by' is missing: the body must be {\"gate\": ",
                "{'gate':'x','for':'1h','by':''} | 'by' is '': the body must be {\"gate\": ",
                "{'gate':'x','for':'yesterday','by':'ola'} | 'for' is 'yesterday': the body must be {\"gate\": ",
                "{'gate':'x','for':'1h','by':'ola','reason':'y'} | there is no field 'reason': the body must be {\"gate\": ",
            },
            quoteCharacter = '`')
    void aBadSilenceIsToldWhichFieldIsWrong(String body, String message) {
        String told = message(write(HttpMethod.POST, "/silences", body.replace('\'', '"')), 400);
        assertTrue(told.startsWith(message), told);
    }

    @Test
    void theEndOfASilenceIsCountedByOurOwnClock() {
        assertEquals(Instant.parse("2026-02-02T14:05:37Z"), AlertCalls.end(null, "1d", Samples.NOW.plusMillis(900)));
        assertThrows(HttpError.class, () -> AlertCalls.end("2026-02-01", null, Samples.NOW));
    }

    @Test
    void aSilenceIsListedAndEnded() {
        JsonObject silences = service.get("/api/v1/silences").bodyAsJsonObject();
        assertEquals("s-1", silences.getJsonArray("silences").getJsonObject(0).getString("id"));

        HttpResponse<Buffer> ended = write(HttpMethod.DELETE, "/silences/s%2F2?format=text", "");
        assertEquals("Not silenced any more: unlisted.\n", ended.bodyAsString());
        assertEquals(new Silences.Remove("s/2"), heard.get());
        HttpResponse<Buffer> form = Service.await(
                service.request(HttpMethod.DELETE, "/api/v1/silences/1").send());
        assertEquals(415, form.statusCode());
    }

    @Test
    void explanationsAreOfOneGateOrOfAll() {
        JsonObject one = service.get("/api/v1/alerts/explain?gate=a%2Bb:*").bodyAsJsonObject();
        assertEquals(new Explain.Question("a+b:*"), heard.get());
        assertEquals("firing", one.getJsonArray("explanations").getJsonObject(0).getString("status"));
        service.get("/api/v1/alerts/explain");
        assertEquals(new Explain.Question(null), heard.get());
    }

    @Test
    void theTestOfDiscordTellsEachWebhook() {
        HttpResponse<Buffer> tested = write(HttpMethod.POST, "/discord/test", "");
        assertEquals(200, tested.statusCode(), tested::bodyAsString);
        assertEquals("false", tested.getHeader("P35-Delivered"));
        assertEquals(
                "ops",
                tested.bodyAsJsonObject()
                        .getJsonArray("targets")
                        .getJsonObject(0)
                        .getString("name"));
    }
}
