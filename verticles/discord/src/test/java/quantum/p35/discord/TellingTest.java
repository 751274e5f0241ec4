package quantum.p35.discord;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import quantum.p35.api.Secret;
import quantum.p35.api.Severity;

class TellingTest {

    private static final Instant NOW = Instant.parse("2026-02-01T14:02:00Z");
    private static final Instant LATER = NOW.plusSeconds(600);
    private static final Drill HIGH = Drill.firing(Drill.STALE, NOW.minusSeconds(300));
    private static final Drill CRITICAL = HIGH.escalated(Severity.CRITICAL);
    private static final Drill OVER = HIGH.resolved(NOW.minusSeconds(60));

    private static Incident told(Drill drill, Severity posted, Place.Standing standing) {
        return new Incident(
                drill.alert(), Map.of("ops", List.of(new Place("1", null, false, posted, "", standing))), false);
    }

    private static Incident told(Drill drill) {
        return told(drill, Severity.HIGH, Place.Standing.STANDS);
    }

    static Stream<Arguments> incidents() {
        return Stream.of(
                row("new", HIGH, Telling.POST),
                row("under the minimum", HIGH.with("severity", Severity.MEDIUM), Telling.TOO_MILD),
                row("silenced", HIGH.silenced(LATER), Telling.SILENCED),
                row("the silence is over", HIGH.silenced(NOW), Telling.POST),
                row("quiet hours", HIGH.quietUntil(LATER), Telling.QUIET),
                row("quiet hours are over", HIGH.quietUntil(NOW), Telling.POST),
                row("came and went while we were away", OVER, Telling.POST),
                row("came and went under a silence", OVER.silenced(LATER), Telling.ENDED_UNHEARD),
                row("came and went in quiet hours", OVER.quietUntil(NOW.minusSeconds(1)), Telling.ENDED_UNHEARD),
                row("came and went yesterday", HIGH.resolved(NOW.minusSeconds(86_401)), Telling.OLD_NEWS),
                row("a gate that is not wanted", Drill.firing("no_position", NOW), Telling.NOT_WANTED),
                row("a gate that is not wanted is over", Drill.firing("x", NOW).resolved(NOW), Telling.NOT_WANTED),
                Arguments.of("told", told(HIGH), Telling.TOLD),
                Arguments.of("told and over", told(OVER), Telling.TOLD),
                Arguments.of("told and silenced", told(HIGH.silenced(LATER)), Telling.TOLD),
                Arguments.of("worse", told(CRITICAL), Telling.POST_WORSE),
                Arguments.of("worse and over", told(CRITICAL.resolved(NOW)), Telling.TOLD),
                Arguments.of("worse and silenced", told(CRITICAL.silenced(LATER)), Telling.SILENCED),
                Arguments.of(
                        "deleted by a person", told(HIGH, Severity.HIGH, Place.Standing.DELETED), Telling.POST_AGAIN),
                Arguments.of("deleted twice", told(HIGH, Severity.HIGH, Place.Standing.GIVEN_UP), Telling.TOLD),
                Arguments.of(
                        "deleted twice and then worse",
                        told(CRITICAL, Severity.HIGH, Place.Standing.GIVEN_UP),
                        Telling.POST_WORSE));
    }

    private static Arguments row(String name, Drill drill, Telling expected) {
        return Arguments.of(name, Incident.of(drill.alert()), expected);
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("incidents")
    void isToldWhenSomebodyHasToKnow(String name, Incident incident, Telling expected) {
        DiscordTarget target = new DiscordTarget(
                "ops",
                new Secret("http://127.0.0.1/hook"),
                Severity.HIGH,
                List.of("p33_permit_denied", "execute_low"),
                null,
                "");
        assertEquals(expected, Telling.of(incident, target, NOW));
    }
}
