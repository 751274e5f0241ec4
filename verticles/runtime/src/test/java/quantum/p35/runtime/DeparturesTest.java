package quantum.p35.runtime;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

class DeparturesTest {

    private static final Instant START = Instant.parse("2026-02-01T14:02:03Z");
    private static final List<String> BOTH = List.of("a", "b");
    private static final List<String> ONE = List.of("a");

    private final Departures departures = new Departures(2);

    @Test
    void whoSaidGoodbyeIsLackingAndNotMissed() {
        departures.onGoodbye("b");

        assertFalse(departures.onLeft("b", START));
        assertEquals("DEGRADED 1 of 2 nodes: a", said(ONE, START));
        assertEquals("UP 2 nodes: a, b", said(BOTH, START));
    }

    @Test
    void whoIsTheOnlyOneThatIsExpectedLacksNobody() {
        assertEquals("UP the only node", said(new Departures(1), ONE, START));
    }

    @Test
    void whoDidNotComeBackIsToldOfUntilItDoesOrAnotherOneIsThereInItsPlace() {
        departures.onLeft("b", START);
        Instant late = START.plusSeconds(7200);

        assertEquals("DEGRADED 1 of 2 nodes: a; b left at 14:02:03 without saying goodbye", said(ONE, late));
        assertEquals("UP 2 nodes: a, renamed", said(List.of("a", "renamed"), late));
    }

    @Test
    void whoDidNotIsToldOfForTenMinutesAlsoWhenItIsBack() {
        assertTrue(departures.onLeft("b", START));

        assertEquals("DEGRADED 1 of 2 nodes: a; b left at 14:02:03 without saying goodbye", said(ONE, START));
        assertEquals(
                "DEGRADED 2 nodes: a, b; b left at 14:02:03 without saying goodbye, and is back",
                said(BOTH, START.plusSeconds(600)));
        assertEquals("UP 2 nodes: a, b", said(BOTH, START.plusSeconds(601)));
    }

    @Test
    void whoIsOutOfTheClusterItselfIsDown() {
        assertEquals("DOWN this process is out of the cluster for good: restart it", said(List.of(), START));
    }

    @Test
    void aGoodbyeCountsOnce() {
        departures.onGoodbye("b");
        departures.onLeft("b", START);

        assertTrue(departures.onLeft("b", START.plusSeconds(60)));
    }

    private String said(List<String> names, Instant now) {
        return said(departures, names, now);
    }

    private static String said(Departures departures, List<String> names, Instant now) {
        var condition = departures.condition(names, now);
        return condition.level() + " " + condition.sentence();
    }
}
