package quantum.p35.discord;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class VolumeTest {

    private static final Instant NOW = Instant.parse("2026-02-01T14:02:00Z");

    private final Volume volume = new Volume();

    @Test
    void aFewAreToldOneByOne() {
        for (int waiting = 3; waiting > 0; waiting--) {
            assertEquals(1, volume.next(waiting, NOW));
            volume.posted(1, NOW);
        }
        assertEquals(0, volume.next(0, NOW));
    }

    @Test
    void manyAtOnceAreOneMessage() {
        assertEquals(50, volume.next(50, NOW));
    }

    @Test
    void digestsComeOnceAMinuteAtMost() {
        volume.posted(50, NOW);
        assertEquals(0, volume.next(4, NOW.plusSeconds(59)));
        assertEquals(4, volume.next(4, NOW.plusSeconds(60)));
    }

    @Test
    void afterACalmTimeMessagesAreTheirOwnAgain() {
        for (int i = 0; i < 4; i++) {
            volume.posted(1, NOW);
        }
        assertEquals(0, volume.next(1, NOW.plusSeconds(30)));
        assertEquals(1, volume.next(2, NOW.plusSeconds(300)));
    }

    @ParameterizedTest(name = "one every {0} ms")
    @ValueSource(ints = {0, 1, 100, 500, 1000, 1200})
    void fiftyThatComeOneAfterTheOtherMakeFiveMessagesAtMost(int millis) {
        int waiting = 0;
        int messages = 0;
        for (long at = 0; at <= 120_000; at++) {
            if (at % Math.max(1, millis) == 0 && at / Math.max(1, millis) < 50) {
                waiting++;
            }
            int take = volume.next(waiting, NOW.plusMillis(at));
            if (take > 0) {
                volume.posted(take, NOW.plusMillis(at));
                messages++;
                waiting -= take;
            }
        }
        assertEquals(0, waiting);
        assertTrue(messages <= 5, messages + " messages");
    }
}
