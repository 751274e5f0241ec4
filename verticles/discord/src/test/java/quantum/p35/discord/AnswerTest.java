package quantum.p35.discord;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class AnswerTest {

    private static final Instant NOW = Instant.parse("2026-02-01T14:02:00Z");

    private static Answer answer(int status, String body, Map<String, String> headers) {
        return Answer.of(status, headers::get, body);
    }

    @ParameterizedTest(name = "{0} {1}, about a message: {2}")
    @CsvSource(delimiter = '|', textBlock = """
                    200 | {"id":"1"}     | false | DONE
                    204 |                | false | DONE
                    429 | {}             | false | RATE_LIMITED
                    401 | {}             | false | WEBHOOK_BROKEN
                    403 | {}             | true  | WEBHOOK_BROKEN
                    404 | {"code":10015} | false | WEBHOOK_BROKEN
                    404 | {"code":10015} | true  | WEBHOOK_BROKEN
                    404 | {"code":10008} | true  | MESSAGE_GONE
                    404 | <html>         | true  | MESSAGE_GONE
                    400 | {"code":50083} | true  | MESSAGE_GONE
                    400 | {"code":50035} | false | REFUSED
                    400 | {"code":50035} | true  | REFUSED
                    413 | <html>         | false | REFUSED
                    302 |                | false | LATER
                    408 |                | false | LATER
                    500 | {}             | false | LATER
                    503 | <html>         | true  | LATER
                    """)
    void saysWhatToDoNext(int status, String body, boolean aboutMessage, Answer.Verdict verdict) {
        assertEquals(verdict, answer(status, body == null ? "" : body, Map.of()).verdict(aboutMessage));
    }

    @Test
    void noAnswerIsTriedAgain() {
        assertEquals(Answer.Verdict.LATER, Answer.unreachable("why").verdict(false));
    }

    @Test
    void theLastCallOfABucketClosesIt() {
        Map<String, String> last = Map.of("X-RateLimit-Remaining", "0", "X-RateLimit-Reset-After", "1.25");
        assertEquals(Duration.ofMillis(1250), answer(200, "{}", last).pause());
        assertNull(answer(200, "{}", Map.of("X-RateLimit-Remaining", "1", "X-RateLimit-Reset-After", "1"))
                .pause());
    }

    @ParameterizedTest(name = "{0} {1}: {2} ms")
    @CsvSource(delimiter = '|', textBlock = """
                    {"retry_after":0.337} | 9   | 337
                    <html>                | 1.5 | 1500
                    {"retry_after":"no"}  |     | 5000
                    {"retry_after":-1}    |     | 5000
                    {"retry_after":1e12}  |     | 600000
                    """)
    void waitsAsLongAsItIsAsked(String body, String header, long millis) {
        Map<String, String> headers = header == null ? Map.of() : Map.of("Retry-After", header);
        assertEquals(Duration.ofMillis(millis), answer(429, body, headers).pause());
    }

    @Test
    void aGlobalLimitIsForAllWebhooks() {
        Map<String, String> bucket = Map.of("X-RateLimit-Bucket", "b");
        assertTrue(answer(429, "{\"global\":true}", bucket).everywhere());
        assertTrue(answer(429, "<html>blocked", Map.of("Retry-After", "60")).everywhere(), "the address is banned");
        assertFalse(answer(429, "{\"global\":false}", bucket).everywhere());
    }

    @Test
    void isInDiscordsWordsButNotInAllOfThem() {
        assertEquals(
                "Discord answers 404 (Unknown Webhook 10015)",
                answer(404, "{\"message\":\"Unknown Webhook\",\"code\":10015}", Map.of())
                        .trouble());
        assertEquals(
                "Discord answers 502",
                answer(502, "<html>token</html>", Map.of()).trouble());
    }

    @Test
    void aLimitIsKeptUntilItsEnd() {
        RateLimit limit = new RateLimit();
        assertTrue(limit.open(NOW));
        limit.close(Duration.ofSeconds(5), NOW);
        limit.close(Duration.ofSeconds(1), NOW);
        assertFalse(limit.open(NOW.plusMillis(4999)));
        assertTrue(limit.open(NOW.plusSeconds(5)));
    }
}
