package quantum.p35.dashboard;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import quantum.p35.api.Secret;
import quantum.p35.dashboard.Access.Attempt;
import quantum.p35.dashboard.Access.Verdict;

class AccessTest {

    private static final String GOOD_COOKIE = new SessionCookie(new Secret("secret")).issue(Samples.NOW);

    @ParameterizedTest(name = "without a token: {0} {1} at {2}, type {3}, origin {4} is {5}")
    @CsvSource(
            nullValues = "-",
            value = {
                "GET,  /api/v1/why,     127.0.0.1:8035, -,                -,                     ADMITTED",
                "GET,  /,               localhost:8035, -,                -,                     ADMITTED",
                "GET,  /api/v1/why,     evil.example,   -,                -,                     FOREIGN_HOST",
                "GET,  /,               evil.example,   -,                -,                     FOREIGN_HOST",
                "GET,  /health/live,    evil.example,   -,                -,                     FOREIGN_HOST",
                "GET,  /api/v1/why,     -,              -,                -,                     FOREIGN_HOST",
                "POST, /api/v1/session, 127.0.0.1:8035, application/json, -,                     ADMITTED",
                "POST, /api/v1/session, 127.0.0.1:8035, application/json, http://127.0.0.1:8035, ADMITTED",
                "POST, /api/v1/session, 127.0.0.1:8035, application/json, http://127.0.0.1:9999, FOREIGN_ORIGIN",
                "POST, /api/v1/session, 127.0.0.1:8035, application/json, http://evil.example,   FOREIGN_ORIGIN",
                "POST, /api/v1/session, 127.0.0.1:8035, application/json, null,                  FOREIGN_ORIGIN",
                "POST, /api/v1/session, 127.0.0.1:8035, application/json, 'not a url',           FOREIGN_ORIGIN",
                "GET,  /eventbus/websocket, 127.0.0.1:8035, -,            -,                     ADMITTED",
                "GET,  /eventbus/websocket, 127.0.0.1:8035, -,            http://127.0.0.1:8035, ADMITTED",
                "GET,  /eventbus/websocket, 127.0.0.1:8035, -,            http://localhost:8035, FOREIGN_ORIGIN",
                "GET,  /eventbus/websocket, 127.0.0.1:8035, -,            http://evil.example,   FOREIGN_ORIGIN",
                "GET,  /eventbus/websocket, 127.0.0.1:8035, -,            null,                  FOREIGN_ORIGIN",
                "GET,  /eventbus/websocket, evil.example,   -,            http://evil.example,   FOREIGN_HOST",
                "GET,  /eventbus/info,      127.0.0.1:8035, -,            http://evil.example,   FOREIGN_ORIGIN",
                "GET,  /eventbus,           127.0.0.1:8035, -,            http://evil.example,   FOREIGN_ORIGIN",
                "GET,  /eventbuses,         127.0.0.1:8035, -,            http://evil.example,   ADMITTED",
                "POST, /api/v1/session, 127.0.0.1:8035, text/plain,       -,                     NOT_JSON",
                "POST, /api/v1/session, 127.0.0.1:8035, application/jsonx,-,                     NOT_JSON",
                "POST, /api/v1/session, 127.0.0.1:8035, -,                -,                     NOT_JSON",
            })
    void withoutAToken(String method, String path, String host, String type, String origin, Verdict verdict) {
        Attempt attempt = new Attempt(method, path, host, null, null, type, origin);
        assertEquals(verdict, new Access(null).judge(attempt, Samples.NOW));
    }

    @ParameterizedTest(name = "with a token: {0} {1}, authorization {2}, cookie {3} is {4}")
    @CsvSource(
            nullValues = "-",
            value = {
                "GET,  /,               -,               -,     ADMITTED",
                "GET,  /app.js,         -,               -,     ADMITTED",
                "GET,  /health/live,    -,               -,     ADMITTED",
                "GET,  /health/ready,   -,               -,     ADMITTED",
                "POST, /api/v1/session, -,               -,     ADMITTED",
                "GET,  /api/v1/why,     -,               -,     TOKEN_MISSING",
                "GET,  /api/v1/health,  -,               -,     TOKEN_MISSING",
                "GET,  /api/v1/events,  -,               -,     TOKEN_MISSING",
                "GET,  /metrics,        -,               -,     TOKEN_MISSING",
                "GET,  /metrics/,       -,               -,     TOKEN_MISSING",
                "GET,  /openapi.yaml,   -,               -,     TOKEN_MISSING",
                "GET,  /api,            -,               -,     TOKEN_MISSING",
                "GET,  /api/v1/why,     Bearer secret,   -,     ADMITTED",
                "GET,  /api/v1/why,     bearer  secret,  -,     ADMITTED",
                "GET,  /api/v1/why,     Bearer Secret,   -,     TOKEN_WRONG",
                "GET,  /api/v1/why,     Bearer,          -,     TOKEN_WRONG",
                "GET,  /api/v1/why,     Basic secret,    -,     TOKEN_WRONG",
                "GET,  /api/v1/why,     secret,          -,     TOKEN_WRONG",
                "GET,  /api/v1/why,     -,               good,  ADMITTED",
                "GET,  /api/v1/why,     Bearer wrong,    good,  ADMITTED",
                "GET,  /api/v1/why,     -,               secret,TOKEN_WRONG",
                "GET,  /metrics,        -,               good,  ADMITTED",
                "GET,  /eventbus/websocket, -,           -,     TOKEN_MISSING",
                "GET,  /eventbus/info,  -,               -,     TOKEN_MISSING",
                "GET,  /eventbus/websocket, Bearer secret, -,   ADMITTED",
                "GET,  /eventbus/websocket, -,           good,  ADMITTED",
                "GET,  /eventbus/websocket, -,           wrong, TOKEN_WRONG",
            })
    void withAToken(String method, String path, String authorization, String cookie, Verdict verdict) {
        String sent = "good".equals(cookie) ? GOOD_COOKIE : cookie;
        Attempt attempt = new Attempt(method, path, "p35.example:443", authorization, sent, "application/json", null);
        assertEquals(verdict, new Access(new Secret("secret")).judge(attempt, Samples.NOW));
    }
}
