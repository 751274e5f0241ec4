package quantum.p35.dashboard;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Duration;
import java.time.Instant;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import quantum.p35.api.Alerts;
import quantum.p35.api.BusMessages;
import quantum.p35.api.Gates;
import quantum.p35.api.Outcome;
import quantum.p35.api.Recent;
import quantum.p35.api.Silences;
import quantum.p35.api.Timeline;
import quantum.p35.api.Verticles;
import quantum.p35.api.Why;
import quantum.p35.api.WindowName;

class BridgeBodyTest {

    /** One of every kind of field. */
    static Stream<Record> questions() {
        return Stream.of(
                new Why.Question(WindowName.ONE_HOUR),
                new Gates.Question(WindowName.FIVE_MINUTES, "BTCUSDT", 5),
                new Gates.Question(WindowName.FIVE_MINUTES, null, 5),
                new Recent.Question(null, null, Outcome.ERROR, 10),
                new Alerts.Question(Alerts.Which.ACTIVE),
                new Timeline.Question(Duration.ofHours(1), Duration.ofMinutes(1)),
                new Silences.Add("permit", null, Instant.parse("2026-02-01T16:00:00Z"), "kari", ""),
                new Verticles.Question());
    }

    @ParameterizedTest
    @MethodSource("questions")
    void whatTheBusWritesIsRead(Record question) {
        assertEquals(question, BridgeBody.read(BusMessages.JSON.valueToTree(question), question.getClass()));
    }

    @Test
    void noBodyIsAnEmptyOne() {
        assertEquals(new Verticles.Question(), BridgeBody.read(null, Verticles.Question.class));
    }

    @ParameterizedTest(name = "{1} as {0}: {2}")
    @CsvSource(
            delimiter = ';',
            quoteCharacter = '\0',
            value = {
                "Why$Question; {}; the body lacks 'window', one of 1m, 5m, 15m, 1h",
                "Why$Question; {\"window\":\"9m\"}; the body's 'window' is \"9m\": it must be one of 1m, 5m, 15m, 1h",
                "Why$Question; {\"window\":\"5m\",\"windw\":1};"
                        + " the body has a field 'windw', but may only have window",
                "Why$Question; [1]; the body must be a JSON object with window",
                "Why$Question; \"5m\"; the body must be a JSON object with window",
                "Gates$Question; {\"window\":\"5m\"}; the body lacks 'limit', a whole number",
                "Gates$Question; {\"window\":\"5m\",\"limit\":\"x\"};"
                        + " the body's 'limit' is \"x\": it must be a whole number",
                "Gates$Question; {\"window\":\"5m\",\"limit\":1e30};"
                        + " the body's 'limit' is 1.0E30: it must be a whole number",
                "Gates$Question; {\"window\":\"5m\",\"limit\":1,\"symbol\":{}};"
                        + " the body's 'symbol' is {}: it must be a text",
                "Gates$Question; {\"window\":\"5m\",\"limit\":\"7\"};"
                        + " the body's 'limit' is \"7\": it must be a whole number",
                "Gates$Question; {\"window\":\"5m\",\"limit\":2.9};"
                        + " the body's 'limit' is 2.9: it must be a whole number",
                "Gates$Question; {\"window\":\"5m\",\"limit\":99999999999};"
                        + " the body's 'limit' is 99999999999: it must be a whole number",
                "Gates$Question; {\"window\":\"5m\",\"limit\":1,\"symbol\":7};"
                        + " the body's 'symbol' is 7: it must be a text",
                "Gates$Question; {\"window\":0,\"limit\":1}; the body's 'window' is 0: it must be one of 1m, 5m, 15m, 1h",
                "Drift$Question; {\"window\":\"5m\",\"threshold\":\"7\"};"
                        + " the body's 'threshold' is \"7\": it must be a number",
                "Alerts$Question; {\"state\":\"\"}; the body's 'state' is \"\": it must be one of active, recent",
                "Timeline$Question; {\"step\":60}; the body's 'step' is 60: it must be a duration as PT5M",
                "Silences$Add; {\"until\":\"soon\"};"
                        + " the body's 'until' is \"soon\": it must be a time as 2026-02-01T16:00:00Z",
                "Timeline$Question; {\"step\":\"1m\"}; the body's 'step' is \"1m\": it must be a duration as PT5M",
                "Alerts$Question; {\"state\":\"old\"}; the body's 'state' is \"old\": it must be one of active, recent",
                "DiscordTest$Question; {\"a\":1}; the body has a field 'a', but may only have no field",
            })
    void whatIsWrongIsNamed(String type, String body, String message) throws Exception {
        JsonNode json = BusMessages.JSON.readTree(body);
        Class<? extends Record> record =
                Class.forName("quantum.p35.api." + type).asSubclass(Record.class);
        assertEquals(
                message,
                assertThrows(IllegalArgumentException.class, () -> BridgeBody.read(json, record))
                        .getMessage());
    }
}
