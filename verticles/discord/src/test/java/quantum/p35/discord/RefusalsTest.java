package quantum.p35.discord;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

class RefusalsTest {

    private static final Instant NOW = Instant.parse("2026-02-01T14:02:00Z");

    private final Refusals refusals = new Refusals(Duration.ofMinutes(1));

    @Test
    void isTriedAgainAfterWaitsThatDoubleAndGivenUpTheSixthTime() {
        Instant now = NOW;
        for (int minutes : List.of(1, 2, 4, 8, 16)) {
            assertFalse(refusals.last("1", "HIGH", now));
            Instant again = now.plus(Duration.ofMinutes(minutes));
            assertTrue(refusals.held("1", "HIGH", again.minusMillis(1)));
            assertFalse(refusals.held("1", "HIGH", again));
            assertTrue(refusals.refused("1", "HIGH"));
            now = again;
        }
        assertTrue(refusals.last("1", "HIGH", now));
        assertFalse(refusals.refused("1", "HIGH"));
    }

    @Test
    void whatSaysSomethingElseByNowIsTriedAtOnce() {
        refusals.last("1", "HIGH", NOW);
        assertFalse(refusals.held("1", "resolved", NOW));
        assertFalse(refusals.held("2", "HIGH", NOW));
    }

    @Test
    void whatWasTakenIsNotRefused() {
        refusals.last("1", "HIGH", NOW);
        refusals.taken("1");
        assertFalse(refusals.refused("1", "HIGH"));
    }
}
