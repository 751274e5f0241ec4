package quantum.p35.testkit;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import quantum.p35.api.BusMessages;

class FakeDiscordTest {

    private static final String MENTIONS = "\"allowed_mentions\":{\"parse\":[]}";
    private static final String GOOD = "{\"content\":\"hello\"," + MENTIONS + "}";

    private final FakeDiscord discord = FakeDiscord.start();
    private final HttpClient client = HttpClient.newHttpClient();

    @AfterEach
    void close() {
        client.close();
        discord.close();
    }

    private HttpResponse<String> call(String method, String below, String json)
            throws IOException, InterruptedException {
        return client.send(
                HttpRequest.newBuilder(URI.create(discord.url() + below))
                        .method(method, HttpRequest.BodyPublishers.ofString(json))
                        .header("Content-Type", "application/json")
                        .timeout(Duration.ofSeconds(30))
                        .build(),
                HttpResponse.BodyHandlers.ofString());
    }

    private String post() throws IOException, InterruptedException {
        JsonNode message =
                BusMessages.JSON.readTree(call("POST", "?wait=true", GOOD).body());
        return message.path("id").asText();
    }

    @Test
    void whoDoesNotWaitIsToldNothing() throws Exception {
        HttpResponse<String> answer = call("POST", "", GOOD);
        assertEquals(204, answer.statusCode());
        assertEquals("", answer.body());
        assertEquals(1, discord.standing().size());
    }

    @Test
    void aMessageIsEditedAndDeletedById() throws Exception {
        String id = post();
        assertEquals(
                200,
                call("PATCH", "/messages/" + id, GOOD.replace("hello", "bye")).statusCode());
        assertEquals("bye", discord.standing().getFirst().json().path("content").asText());
        assertEquals(204, call("DELETE", "/messages/" + id, "").statusCode());
        assertEquals(404, call("PATCH", "/messages/" + id, GOOD).statusCode());
        assertTrue(discord.standing().isEmpty());
        assertEquals(1, discord.edits());
        assertTrue(discord.violations().isEmpty());
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource(delimiter = '|', textBlock = """
                    nothing to say        | {M}
                    a missing mentions    | {"content":"a"}
                    an unknown field      | {"content":"a","colour":1,M}
                    a parsed mention      | {"content":"a","allowed_mentions":{"parse":["everyone"]}}
                    a mention not allowed | {"content":"<@&123456789012345678>",M}
                    an unknown embed part | {"embeds":[{"title":"a","colour":1}],M}
                    an empty field        | {"embeds":[{"fields":[{"name":"a","value":""}]}],M}
                    a colour out of range | {"embeds":[{"title":"a","color":16777216}],M}
                    a half URL            | {"embeds":[{"title":"a","url":"http://localhost:1"}],M}
                    no object             | [1]
                    no JSON               | {
                    """)
    void refuses(String what, String json) throws Exception {
        HttpResponse<String> answer = call("POST", "?wait=true", json.replace("M", MENTIONS));
        assertEquals(400, answer.statusCode(), answer.body());
        assertEquals(1, discord.violations().size());
        assertTrue(discord.posted().isEmpty());
    }

    @ParameterizedTest(name = "{0} of {1} is one too many")
    @CsvSource({"title, 257", "description, 4097"})
    void refusesWhatIsTooLong(String part, int length) throws Exception {
        String json = "{\"embeds\":[{\"" + part + "\":\"" + "x".repeat(length) + "\"}]," + MENTIONS + "}";
        assertEquals(400, call("POST", "?wait=true", json).statusCode());
        assertEquals(
                200, call("POST", "?wait=true", json.replace("xx\"", "x\"")).statusCode());
    }

    @Test
    void refusesEmbedsThatAreTooLongTogether() throws Exception {
        String embed = "{\"description\":\"" + "x".repeat(3001) + "\"}";
        String json = "{\"embeds\":[" + embed + "," + embed + "]," + MENTIONS + "}";
        assertTrue(call("POST", "?wait=true", json).body().contains("6000"));
    }

    @Test
    void refusesUnknownParameters() throws Exception {
        assertEquals(400, call("POST", "?wait=true&priority=high", GOOD).statusCode());
    }

    @Test
    void whoCallsIntoAClosedBucketIsCaught() throws Exception {
        discord.bucket(1, Duration.ofMinutes(1));
        HttpResponse<String> first = call("POST", "?wait=true", GOOD);
        assertEquals("0", first.headers().firstValue("X-RateLimit-Remaining").orElseThrow());
        assertTrue(discord.violations().isEmpty());
        HttpResponse<String> second = call("POST", "?wait=true", GOOD);
        assertEquals(429, second.statusCode());
        assertTrue(BusMessages.JSON.readTree(second.body()).path("retry_after").asDouble() > 0);
        assertFalse(discord.violations().isEmpty());
        assertEquals(1, discord.posted().size());
    }

    @Test
    void countsWhomAMessagePings() throws Exception {
        call(
                "POST",
                "?wait=true",
                "{\"content\":\"<@&123456789012345678>\",\"allowed_mentions\":{\"parse\":[],\"roles\":[\"123456789012345678\"]}}");
        post();
        assertEquals(1, discord.pings());
        assertTrue(discord.violations().isEmpty());
    }

    @Test
    void cutsAfterAccepting() {
        discord.failNext(FakeDiscord.Fault.CUT_AFTER_ACCEPTING);
        assertThrows(IOException.class, this::post);
        assertEquals(1, discord.posted().size());
    }

    @Test
    void aWebhookThatIsGoneSaysSo() throws Exception {
        discord.deleteWebhook();
        HttpResponse<String> answer = call("POST", "?wait=true", GOOD);
        assertEquals(404, answer.statusCode());
        assertTrue(answer.body().contains("10015"));
    }
}
