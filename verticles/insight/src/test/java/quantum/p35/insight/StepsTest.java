package quantum.p35.insight;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import quantum.p35.api.Timeline;

class StepsTest {

    @ParameterizedTest(name = "{0} by {1}: {2} points from {3}")
    @CsvSource({
        "PT1H,   PT1M,  60,   2026-02-01T13:06:00Z, false",
        "PT1H,   PT15M, 4,    2026-02-01T13:15:00Z, false",
        "PT1M,   PT1M,  1,    2026-02-01T14:05:00Z, false",
        "PT50M,  PT15M, 4,    2026-02-01T13:15:00Z, false",
        "PT48H,  PT1M,  2880, 2026-01-30T14:06:00Z, false",
        "PT48H,  PT1H,  48,   2026-01-30T15:00:00Z, false",
        "PT49H,  PT1H,  49,   2026-01-30T14:00:00Z, true",
        "PT840H, PT24H, 35,   2025-12-29T00:00:00Z, true",
    })
    void alignsToWholeSteps(Duration window, Duration step, int count, Instant from, boolean hours) {
        Steps steps = Steps.of(new Timeline.Question(window, step), Scene.NOW);
        assertEquals(count, steps.count());
        assertEquals(from, steps.from());
        assertEquals(hours, steps.hours());
        assertEquals(count - 1, steps.index(Scene.NOW));
    }

    @ParameterizedTest(name = "{0} by {1}")
    @CsvSource({
        "PT1H,   PT30S, 'step is 30s: it must be whole minutes, at least 1m'",
        "PT1H,   PT90S, 'step is 90s: it must be whole minutes, at least 1m'",
        "PT1H,   -PT1M, 'step is -1m: it must be whole minutes, at least 1m'",
        "PT1H,   ,      'step is missing: it must be whole minutes, at least 1m'",
        "PT5M,   PT15M, 'window is 5m: it must be at least one step (15m)'",
        "PT1H,   PT2562047788015215H, 'step is 2562047788015215h: nothing is kept longer than 35d'",
        "PT2562047788015215H, PT1H, 'window is 2562047788015215h: nothing is kept longer than 35d'",
        "PT841H, PT1H,  'window is 841h: nothing is kept longer than 35d'",
        "PT72H,  PT30M, 'step is 30m and the period begins 72h ago: past 48h there are only hours, so the step must be whole hours'",
    })
    void refusesWhatCannotBeAnswered(Duration window, Duration step, String message) {
        assertEquals(
                message,
                assertThrows(
                                IllegalArgumentException.class,
                                () -> Steps.of(new Timeline.Question(window, step), Scene.NOW))
                        .getMessage());
    }

    @Test
    void aPeriodIsCoveredByWholeStepsAndEndsBeforeItsEnd() {
        Steps steps = period(Duration.ofMinutes(10), "2026-02-01T12:03:00Z", "2026-02-01T12:40:00Z");
        assertEquals(Instant.parse("2026-02-01T12:00:00Z"), steps.from());
        assertEquals(4, steps.count());
        List<Instant> parts = steps.parts(Scene.NOW);
        assertEquals(40, parts.size());
        assertEquals(Instant.parse("2026-02-01T12:39:00Z"), parts.getLast());
    }

    @Test
    void aPeriodWithoutItsEndReachesToNow() {
        Steps steps = period(Duration.ofMinutes(1), "2026-02-01T14:00:30Z", null);
        assertEquals(6, steps.count());
        assertEquals(5, steps.index(Scene.NOW));
    }

    @Test
    void aWindowMayEndInThePast() {
        Timeline.Question question = new Timeline.Question(
                Duration.ofHours(1), Duration.ofMinutes(1), null, Instant.parse("2026-02-01T10:00:00Z"));
        Steps steps = Steps.of(question, Scene.NOW);
        assertEquals(Instant.parse("2026-02-01T09:00:00Z"), steps.from());
        assertEquals(60, steps.count());
    }

    @ParameterizedTest(name = "{0} to {1}")
    @CsvSource({
        "2026-02-01T12:00:00Z, 2026-02-01T11:00:00Z, 'from is 2026-02-01T12:00:00Z and to is 2026-02-01T11:00:00Z: the"
                + " period must begin before it ends, and in the past'",
        "2026-02-01T15:00:00Z, ,                     'from is 2026-02-01T15:00:00Z and to is null: the"
                + " period must begin before it ends, and in the past'",
        "2026-01-30T13:00:00Z, 2026-01-30T13:30:00Z, 'step is 1m and the period begins 2945m ago: past 48h there are"
                + " only hours, so the step must be whole hours'",
        "2025-11-01T00:00:00Z, 2026-01-30T00:00:00Z, 'the period begins 133325m ago: nothing is kept longer than 35d'",
        "2025-11-01T00:00:00Z, 2025-11-02T00:00:00Z, 'to is 2025-11-02T00:00:00Z: nothing is kept longer than 35d'",
        "+1000000000-12-31T23:59:59Z, -1000000000-01-01T00:00:00Z, 'to is -1000000000-01-01T00:00:00Z: nothing is kept"
                + " longer than 35d'",
        "-1000000000-01-01T00:00:00Z, +1000000000-12-31T23:59:59Z, 'the period begins 525950265619565m ago: nothing is"
                + " kept longer than 35d'",
    })
    void refusesAPeriodThatCannotBeAnswered(String from, String to, String message) {
        assertEquals(
                message,
                assertThrows(IllegalArgumentException.class, () -> period(Duration.ofMinutes(1), from, to))
                        .getMessage());
    }

    private static Steps period(Duration step, String from, String to) {
        Instant end = to == null ? null : Instant.parse(to);
        return Steps.of(new Timeline.Question(null, step, Instant.parse(from), end), Scene.NOW);
    }

    @Test
    void partsReachFromTheFirstStepToNow() {
        Steps steps = Steps.of(new Timeline.Question(Duration.ofMinutes(30), Duration.ofMinutes(15)), Scene.NOW);
        assertEquals(21, steps.parts(Scene.NOW).size());
        assertEquals(
                Instant.parse("2026-02-01T13:45:00Z"), steps.parts(Scene.NOW).getFirst());
        assertEquals(
                Instant.parse("2026-02-01T14:05:00Z"), steps.parts(Scene.NOW).getLast());
    }
}
