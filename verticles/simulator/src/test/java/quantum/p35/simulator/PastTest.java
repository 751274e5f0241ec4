package quantum.p35.simulator;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class PastTest {

    private static final Instant END = Instant.parse("2026-02-01T12:00:00Z");

    private static List<OrderedWriter.Numbered> all() {
        Past past = new Past(new Traffic(1, false), SimulatorConfig.DEFAULT, 1, END);
        List<OrderedWriter.Numbered> all = new ArrayList<>();
        while (!past.finished()) {
            all.addAll(past.next());
        }
        return all;
    }

    @Test
    void fillsTheTwoHoursBeforeTheEnd() {
        List<OrderedWriter.Numbered> all = all();
        Duration first = Duration.between(all.getFirst().entry().at(), END);
        Duration last = Duration.between(all.getLast().entry().at(), END);
        assertTrue(first.compareTo(Duration.ofMinutes(119)) > 0, "begins " + first + " before");
        assertTrue(last.isPositive() && last.compareTo(Duration.ofSeconds(10)) < 0, "ends " + last + " before");
        assertEquals(36_000, all.size(), 4_000);
    }

    @Test
    void idsRiseAndTellTheTime() {
        EntryId last = EntryId.ZERO;
        for (OrderedWriter.Numbered numbered : all()) {
            assertTrue(numbered.id().compareTo(last) > 0);
            assertEquals(numbered.entry().at().toEpochMilli(), numbered.id().millis());
            last = numbered.id();
        }
    }

    @Test
    void idRisesEvenWhenTheClockGoesBack() {
        EntryId id = new EntryId(1000, 3);
        assertEquals(new EntryId(1000, 4), id.next(Instant.ofEpochMilli(900)));
        assertEquals(new EntryId(1001, 0), id.next(Instant.ofEpochMilli(1001)));
        assertEquals(id, EntryId.of("1000-3"));
    }
}
