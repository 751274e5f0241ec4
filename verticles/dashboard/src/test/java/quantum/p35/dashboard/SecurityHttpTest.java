package quantum.p35.dashboard;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpMethod;
import io.vertx.ext.web.client.HttpResponse;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SecurityHttpTest {

    private static final String TOKEN = "correct-horse-battery";

    private static Service service;

    @BeforeAll
    static void start() {
        service = Service.guardedBy(TOKEN);
    }

    @AfterAll
    static void stop() {
        service.close();
    }

    private static HttpResponse<Buffer> session(String body, String... headers) {
        return Service.await(
                service.request(HttpMethod.POST, "/api/v1/session", headers).sendBuffer(Buffer.buffer(body)));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/api/v1/why", "/api/v1/why?window=bad", "/api/v1/events", "/api/v1/health", "/metrics", "/metrics/",
                        "//metrics",
                "/metric%73", "/%6detrics", "/x/../metrics", "/openapi.yaml", "/api/v1/nope", "/api//v1/why",
                        "/%61pi/v1/why"
            })
    void nothingButThePageAndTheProbesIsGivenToStrangers(String path) {
        HttpResponse<Buffer> response = service.get(path);
        assertTrue(
                response.statusCode() == 401 || response.statusCode() == 404,
                () -> response.statusCode() + " " + response.bodyAsString());
        if (response.statusCode() == 401) {
            assertEquals("Bearer realm=\"p35\"", response.getHeader("WWW-Authenticate"));
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"/", "/app/main.js", "/styles/tokens.css", "/_static/lit/3.3.3/index.js", "/health/live"})
    void thePageAndTheProbesAreOpen(String path) {
        assertEquals(200, service.get(path).statusCode());
    }

    @Test
    void theBearerOpens() {
        assertEquals(
                200,
                service.get("/api/v1/why", "Authorization", "Bearer " + TOKEN).statusCode());
        assertEquals(
                401, service.get("/api/v1/why", "Authorization", "Bearer nope").statusCode());
    }

    @Test
    void theTokenBuysACookieThatIsNotTheToken() {
        HttpResponse<Buffer> opened = session("{\"token\":\"" + TOKEN + "\"}", "Content-Type", "application/json");
        assertEquals(204, opened.statusCode(), opened::bodyAsString);
        String cookie = opened.getHeader("Set-Cookie");
        assertTrue(cookie.contains("HTTPOnly") && cookie.contains("SameSite=Strict"), cookie);
        assertFalse(cookie.contains(TOKEN), cookie);
        assertFalse(cookie.contains("Secure"), "plain HTTP on loopback");

        String pair = cookie.split(";")[0];
        assertEquals(200, service.get("/api/v1/why", "Cookie", pair).statusCode());
        assertEquals(401, service.get("/api/v1/why", "Cookie", pair + "0").statusCode());
        assertTrue(session(
                        "{\"token\":\"" + TOKEN + "\"}",
                        "Content-Type",
                        "application/json",
                        "X-Forwarded-Proto",
                        "https")
                .getHeader("Set-Cookie")
                .contains("Secure"));
    }

    @Test
    void aWrongTokenBuysNothing() {
        HttpResponse<Buffer> refused = session("{\"token\":\"nope\"}", "Content-Type", "application/json");
        assertEquals(401, refused.statusCode());
        assertNull(refused.getHeader("Set-Cookie"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "{}", "[]", "nonsense", "{\"token\":1}", "{\"token\":\"a\",\"more\":1}"})
    void aBadBodyIsRefusedWithoutRepeatingIt(String body) {
        HttpResponse<Buffer> refused = session(body, "Content-Type", "application/json");
        assertEquals(400, refused.statusCode(), refused::bodyAsString);
        assertEquals(
                "the body must be {\"token\": \"<the token>\"}",
                refused.bodyAsJsonObject().getJsonObject("error").getString("message"));
    }

    @Test
    void aHugeBodyIsRefused() {
        assertEquals(
                413,
                session("x".repeat(20_000), "Content-Type", "application/json").statusCode());
    }

    @Test
    void aWriteFromAnotherSiteIsRefused() {
        String body = "{\"token\":\"" + TOKEN + "\"}";
        assertEquals(
                403,
                session(body, "Content-Type", "application/json", "Origin", "http://evil.example")
                        .statusCode());
        assertEquals(415, session(body, "Content-Type", "text/plain").statusCode());
        assertEquals(
                204,
                session(body, "Content-Type", "application/json", "Origin", "http://127.0.0.1:" + service.port)
                        .statusCode());
    }

    @Test
    void aForeignHostIsFineWithATokenAndRefusedWithoutOne() {
        assertEquals(
                200,
                service.get("/api/v1/why", "Host", "p35.example", "Authorization", "Bearer " + TOKEN)
                        .statusCode());
        try (Service open = Service.whole()) {
            HttpResponse<Buffer> refused = open.get("/", "Host", "p35.example");
            assertEquals(421, refused.statusCode());
            assertNotNull(refused.bodyAsJsonObject().getJsonObject("error"));
            assertEquals(200, open.get("/api/v1/why", "Host", "localhost:1").statusCode());
            HttpResponse<Buffer> session =
                    Service.await(open.request(HttpMethod.POST, "/api/v1/session", "Content-Type", "application/json")
                            .sendBuffer(Buffer.buffer("{\"token\":\"any\"}")));
            assertEquals(204, session.statusCode());
            assertNull(session.getHeader("Set-Cookie"));
        }
    }
}
