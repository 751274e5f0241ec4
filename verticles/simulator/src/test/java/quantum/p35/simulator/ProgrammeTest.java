package quantum.p35.simulator;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ProgrammeTest {

    private final Programme programme = new Programme(SimulatorConfig.DEFAULT);

    @ParameterizedTest
    @CsvSource({
        "PT0S,HEALTHY,0",
        "PT89S,HEALTHY,0",
        "PT90S,EXPLOSION,1",
        "PT7M29S,EXPLOSION,1",
        "PT7M30S,HEALTHY,2",
        "PT13M30S,SILENCE,3",
        "PT20M30S,HEALTHY,4",
        "PT26M30S,ERRORS,5",
        "PT29M30S,HEALTHY,6",
        "PT35M30S,EXPLOSION,7",
        "PT69M30S,EXPLOSION,13"
    })
    void scenesFollowOneAnotherForEver(Duration sinceStart, Mood mood, long number) {
        Programme.Scene scene = programme.at(sinceStart);
        assertEquals(mood, scene.mood());
        assertEquals(number, scene.number());
    }

    @Test
    void dayIsUnevenWithinBounds() {
        Instant day = Instant.parse("2026-02-01T00:00:00Z");
        double low = 2;
        double high = 0;
        for (int minute = 0; minute < 1440; minute++) {
            double swing = Programme.swing(day.plus(Duration.ofMinutes(minute)));
            low = Math.min(low, swing);
            high = Math.max(high, swing);
        }
        assertTrue(low >= 0.5 && low < 0.7 && high <= 1.5 && high > 1.3, low + " to " + high);
    }

    @Test
    void wrongSettingIsRefusedByName() {
        Duration second = Duration.ofSeconds(1);
        String message = assertThrows(
                        IllegalArgumentException.class,
                        () -> new SimulatorConfig(1, 0, second, second, second, second, second, second))
                .getMessage();
        assertEquals("simulator.rate is 0.0: it must be over 0 and at most 1000 entries a second", message);
    }
}
