package quantum.p35.simulator;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class ArrivalsTest {

    private static final Instant START = Instant.parse("2026-02-01T12:00:00Z");

    @Test
    void manyShortLooksGiveTheRateOfOneLongLook() {
        Arrivals arrivals = new Arrivals(1, START);
        List<Instant> times = new ArrayList<>();
        for (int i = 1; i <= 10_000; i++) {
            times.addAll(arrivals.until(START.plusMillis(100L * i), 5));
        }
        assertEquals(5_000, times.size(), 250);
        assertEquals(times.stream().sorted().toList(), times);
    }

    @Test
    void nothingComesWhileSilentOrWhenTheClockGoesBack() {
        Arrivals arrivals = new Arrivals(1, START);
        assertTrue(arrivals.until(START.plusSeconds(60), 0).isEmpty());
        assertTrue(arrivals.until(START, 1000).isEmpty());
        arrivals.until(START.plusSeconds(61), 1000).forEach(time -> assertTrue(time.isAfter(START.plusSeconds(60))));
    }
}
