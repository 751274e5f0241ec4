package quantum.p35.dashboard;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import io.vertx.ext.web.client.HttpResponse;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class HttpApiTest {

    private static Service service;

    @BeforeAll
    static void start() {
        service = Service.whole();
    }

    @AfterAll
    static void stop() {
        service.close();
    }

    private static JsonObject json(String uri) {
        HttpResponse<Buffer> response = service.get(uri);
        assertEquals(200, response.statusCode(), response::bodyAsString);
        assertEquals("application/json", response.getHeader("Content-Type"));
        return response.bodyAsJsonObject();
    }

    private static JsonObject error(HttpResponse<Buffer> response, int status) {
        assertEquals(status, response.statusCode(), response::bodyAsString);
        JsonObject error = response.bodyAsJsonObject().getJsonObject("error");
        assertEquals(java.util.Set.of("code", "message"), error.fieldNames());
        return error;
    }

    @Test
    void whyIsTheAnswerInWordsAndFigures() {
        JsonObject why = json("/api/v1/why?window=15m");

        assertEquals("BLOCKED", why.getString("state"));
        assertEquals("2026-02-01T14:05:37Z", why.getString("asOf"));
        assertEquals(
                new JsonObject("{\"name\":\"15m\",\"from\":\"2026-02-01T13:50:00Z\",\"to\":\"2026-02-01T14:05:37Z\","
                        + "\"total\":2000}"),
                why.getJsonObject("window"));
        assertEquals(1300, why.getJsonObject("decisions").getInteger("BLOCKED"));
        assertEquals(
                new JsonObject("{\"gate\":\"p33_permit_denied:no_exchange_snapshot\",\"family\":\"p33_permit_denied\","
                        + "\"kind\":\"blocking\",\"count\":1234,\"share\":0.617,\"plans\":41}"),
                why.getJsonArray("gates").getJsonObject(0));
        assertEquals("2026-02-01T14:05:31Z", why.getString("lastExecute"));
    }

    @Test
    void theWindowIsFiveMinutesUnlessAskedFor() {
        assertEquals("5m", json("/api/v1/why").getJsonObject("window").getString("name"));
    }

    @Test
    void gatesAreLimited() {
        JsonObject gates = json("/api/v1/gates?limit=2");
        assertEquals(2000, gates.getInteger("total"));
        assertEquals(2, gates.getJsonArray("gates").size());
    }

    @Test
    void aSymbolOfAnyScriptIsFoundByItsPath() {
        assertEquals(
                Samples.CJK,
                json("/api/v1/symbols/%E5%B8%81%E5%AE%89%E4%BA%BA%E7%94%9FUSDT/gates")
                        .getString("symbol"));
        assertEquals("A%B+C 1.5", json("/api/v1/symbols/A%25B+C%201.5/gates").getString("symbol"));
        assertEquals("1.5", json("/api/v1/symbols/1.5/gates").getString("symbol"));
    }

    @Test
    void symbolsAreFilteredByName() {
        JsonArray symbols = json("/api/v1/symbols?symbol=0GUSDT,NONE").getJsonArray("symbols");
        assertEquals(1, symbols.size());
        assertEquals("0GUSDT", symbols.getJsonObject(0).getString("symbol"));
        assertEquals(3, json("/api/v1/symbols").getJsonArray("symbols").size());
    }

    @Test
    void driftTellsItsVerdictInHeaders() {
        HttpResponse<Buffer> some = service.get("/api/v1/drift");
        assertEquals("BLOCKED", some.getHeader("P35-State"));
        assertEquals("1", some.getHeader("P35-Breaches"));
        assertTrue(some.bodyAsString().contains("\"threshold\":40,"), some::bodyAsString);
        assertEquals("0", service.get("/api/v1/drift?threshold=62.5").getHeader("P35-Breaches"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"why", "gates", "symbols", "drift", "symbols/BTCUSDT/gates"})
    void everyWindowAnswerTellsItsState(String question) {
        assertEquals("BLOCKED", service.get("/api/v1/" + question).getHeader("P35-State"));
    }

    @Test
    void aTimelineWritesItsStepAsPeopleDo() {
        JsonObject timeline = json("/api/v1/timeline?window=2h&step=5m");
        assertEquals("5m", timeline.getString("step"));
        assertEquals(
                45,
                timeline.getJsonArray("points")
                        .getJsonObject(0)
                        .getJsonObject("gates")
                        .getInteger(Samples.TOP));
    }

    @Test
    void aTimelineCanBeOfAPeriod() {
        JsonObject timeline = json("/api/v1/timeline?from=2026-02-01T12:00:00Z&to=2026-02-01T13:30:00.5Z&step=10m");
        assertEquals("2026-02-01T12:00:00Z", timeline.getString("from"));
        assertEquals("2026-02-01T13:30:00.500Z", timeline.getString("to"));
        assertEquals(
                "parameter 'from' is '2026-02-30T12:00:00Z': there is no such time",
                error(service.get("/api/v1/timeline?from=2026-02-30T12:00:00Z"), 400)
                        .getString("message"));
        assertEquals(
                "parameter 'to' is 'noon': it must be a time in UTC, as 2026-02-01T14:05:00Z",
                error(service.get("/api/v1/timeline?to=noon"), 400).getString("message"));
    }

    @Test
    void decisionsComeRawAndNormalised() {
        JsonObject entry = json("/api/v1/decisions?outcome=BLOCKED&symbol=&gate=a%2Bb")
                .getJsonArray("decisions")
                .getJsonObject(0);
        assertEquals("1769954737000-0", entry.getString("id"));
        assertEquals(
                "=cmd|'/c calc'\u001b[31m, \"quoted\"",
                entry.getJsonObject("fields").getString("error"));
    }

    @Test
    void theGuideOfAGateTakesADetail() {
        JsonArray gates =
                json("/api/v1/guide/p33_permit_denied:no_exchange_snapshot").getJsonArray("gates");
        assertEquals("p33_permit_denied", gates.getJsonObject(0).getString("code"));
    }

    @ParameterizedTest(name = "Accept {0} gives {1}")
    @CsvSource({
        "text/plain, text/plain; charset=utf-8",
        "text/csv, text/csv; charset=utf-8",
        "*/*, application/json",
        "'text/html,application/xhtml+xml,*/*;q=0.8', application/json",
        "'application/json;q=0.5,text/csv', text/csv; charset=utf-8",
        "text/*, text/plain; charset=utf-8",
    })
    void acceptChoosesTheFormat(String accept, String type) {
        assertEquals(type, service.get("/api/v1/gates", "Accept", accept).getHeader("Content-Type"));
    }

    @Test
    void theParameterFormatOutweighsAccept() {
        String text =
                service.get("/api/v1/gates?format=text", "Accept", "text/csv").bodyAsString();
        assertTrue(text.startsWith("GATES"), text);
    }

    @Test
    void textHasColourOnlyWhenAsked() {
        assertTrue(
                service.get("/api/v1/why?format=text&color=true").bodyAsString().contains("\u001b["));
        assertTrue(!service.get("/api/v1/why?format=text").bodyAsString().contains("\u001b["));
    }

    @Test
    void whatIsNoTableHasNoCsv() {
        assertEquals(
                "not_acceptable",
                error(service.get("/api/v1/why?format=csv"), 406).getString("code"));
        assertEquals(
                "not_acceptable",
                error(service.get("/api/v1/why", "Accept", "image/png"), 406).getString("code"));
    }

    @ParameterizedTest
    @CsvSource({
        "gates, 'gate,family,kind,count,share,plans,symbols'",
        "symbols, 'symbol,total,EXECUTE,SKIP,BLOCKED,ERROR,UNKNOWN,skip_rate,top_gate,top_gate_share,last_execute,stuck_since'",
        "symbols/BTCUSDT/gates, 'gate,family,kind,count,share,plans,symbols'",
        "drift, 'gate,share,count,total,severity,action'",
        "timeline, 'at,EXECUTE,SKIP,BLOCKED,ERROR,UNKNOWN,p33_permit_denied:no_exchange_snapshot,no_position'",
        "decisions, 'id,time,outcome,gate,symbol,plan_id,findings,fields'",
    })
    void everyTableHasCsv(String question, String header) {
        List<String> lines = service.get("/api/v1/" + question + "?format=csv")
                .bodyAsString()
                .lines()
                .toList();
        assertEquals(header, lines.getFirst());
        assertTrue(lines.size() > 1, "it has rows");
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource(
            delimiter = '|',
            value = {
                "why?window=7m | parameter 'window' is '7m': it must be one of 1m, 5m, 15m, 1h",
                "why?window= | parameter 'window' is '': it must be one of 1m, 5m, 15m, 1h",
                "why?windw=5m | there is no parameter 'windw' here; there are color, format, window",
                "why?format=xml | parameter 'format' is 'xml': it must be one of json, text, csv",
                "why?color=maybe | parameter 'color' is 'maybe': it must be true or false",
                "gates?limit=0 | parameter 'limit' is '0': it must be a whole number from 1 to 500",
                "gates?limit=501 | parameter 'limit' is '501': it must be a whole number from 1 to 500",
                "gates?limit=many | parameter 'limit' is 'many': it must be a whole number from 1 to 500",
                "gates?limit=1.5 | parameter 'limit' is '1.5': it must be a whole number from 1 to 500",
                "gates?limit=99999999999999999999 | parameter 'limit' is '99999999999999999999': it must be a whole number from 1 to 500",
                "drift?threshold=0 | parameter 'threshold' is '0': it must be a number over 0, up to 100",
                "drift?threshold=101 | parameter 'threshold' is '101': it must be a number over 0, up to 100",
                "drift?threshold=NaN | parameter 'threshold' is 'NaN': it must be a number over 0, up to 100",
                "timeline?window=1y | parameter 'window' is '1y': it must be digits and one of m, h, d, as 90m, 48h or 7d",
                "timeline?step=-1m | parameter 'step' is '-1m': it must be digits and one of m, h, d, as 5m or 1h",
                "decisions?outcome=execute | parameter 'outcome' is 'execute': it must be one of EXECUTE, SKIP, BLOCKED, ERROR, UNKNOWN",
                "symbols/AAAAAAAAAABBBBBBBBBBCCCCCCCCCCDDD/gates | parameter 'symbol' is 'AAAAAAAAAABBBBBBBBBBCCCCCCCCCCDDD': it must be a symbol of 1 to 32 characters",
            })
    void aBadParameterIsNamedWithItsValueAndItsRule(String question, String message) {
        JsonObject error = error(service.get("/api/v1/" + question), 400);
        assertEquals("bad_request", error.getString("code"));
        assertEquals(message, error.getString("message"));
    }

    @Test
    void aBadlyEncodedPathIsABadRequest() {
        assertEquals(
                "bad_request",
                error(service.get("/api/v1/symbols/%ZZ/gates"), 400).getString("code"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"/nope", "/api/v1/nope", "/api", "/api/v2/why", "/%2e%2e/%2e%2e/etc/passwd", "/.git/config"})
    void anUnknownPathIsNotFound(String path) {
        assertEquals("not_found", error(service.get(path), 404).getString("code"));
    }

    @Test
    void aWrongMethodIsToldTheRightOnes() {
        HttpResponse<Buffer> response =
                Service.await(service.request(HttpMethod.DELETE, "/api/v1/why", "Content-Type", "application/json")
                        .send());
        assertEquals("DELETE is not taken here: use GET", error(response, 405).getString("message"));
        assertEquals("GET", response.getHeader("Allow"));
        assertEquals("POST", service.get("/api/v1/session").getHeader("Allow"));
    }

    @Test
    void failuresOfTheBusKeepTheirMeaning() {
        JsonObject missing = error(service.get("/api/v1/guide/nope"), 404);
        assertEquals("not_found", missing.getString("code"));
        assertEquals("no gate 'nope'", missing.getString("message"));
        JsonObject down = error(service.get("/api/v1/drift?threshold=13"), 503);
        assertEquals("unavailable", down.getString("code"));
        assertEquals("Redis does not answer", down.getString("message"));
    }

    @Test
    void aModuleThatIsNotThereIsNamed() {
        try (Service alone = Service.alone()) {
            JsonObject error = error(alone.get("/api/v1/why"), 503);
            assertEquals(
                    "insight is not running (not deployed, not started yet, or its start failed):"
                            + " GET /api/v1/health says which",
                    error.getString("message"));
        }
    }

    @Test
    void thePageAndTheDocumentAreServed() {
        HttpResponse<Buffer> page = service.get("/");
        assertEquals(200, page.statusCode());
        assertTrue(page.getHeader("Content-Type").startsWith("text/html"), page.getHeader("Content-Type"));
        String document = service.get("/openapi.yaml").bodyAsString();
        assertTrue(document.startsWith("openapi: 3.1.0"), document);
    }

    @Test
    void everyAnswerProtectsThePage() {
        for (String path : List.of("/", "/api/v1/why", "/nope", "/health/live")) {
            HttpResponse<Buffer> response = service.get(path);
            assertTrue(response.getHeader("Content-Security-Policy").contains("default-src 'none'"), path);
            assertEquals("nosniff", response.getHeader("X-Content-Type-Options"), path);
            assertEquals("DENY", response.getHeader("X-Frame-Options"), path);
            assertEquals("no-store", response.getHeader("Cache-Control"), path);
        }
    }

    @Test
    void metricsAreInTheFormatOfPrometheus() {
        HttpResponse<Buffer> response = service.get("/metrics");
        assertEquals("text/plain; version=0.0.4; charset=utf-8", response.getHeader("Content-Type"));
        assertTrue(response.bodyAsString().contains("p35_dashboard_watchers_streams"), response::bodyAsString);
        assertNull(response.getHeader("P35-State"));
    }
}
