package quantum.p35.insight;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

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
        Steps steps = Steps.of(window, step, Scene.NOW);
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
        "PT5M,   PT15M, 'window is 5m: it must be at least one step (15m) and at most 35d'",
        "PT841H, PT1H,  'window is 841h: it must be at least one step (1h) and at most 35d'",
        "PT72H,  PT30M, 'step is 30m and window is 72h: past 48h there are only hours, so the step must be whole hours'",
    })
    void refusesWhatCannotBeAnswered(Duration window, Duration step, String message) {
        assertEquals(
                message,
                assertThrows(IllegalArgumentException.class, () -> Steps.of(window, step, Scene.NOW))
                        .getMessage());
    }

    @Test
    void partsReachFromTheFirstStepToNow() {
        Steps steps = Steps.of(Duration.ofMinutes(30), Duration.ofMinutes(15), Scene.NOW);
        assertEquals(21, steps.parts(Scene.NOW).size());
        assertEquals(
                Instant.parse("2026-02-01T13:45:00Z"), steps.parts(Scene.NOW).getFirst());
        assertEquals(
                Instant.parse("2026-02-01T14:05:00Z"), steps.parts(Scene.NOW).getLast());
    }
}
