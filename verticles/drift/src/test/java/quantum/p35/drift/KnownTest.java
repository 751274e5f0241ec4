package quantum.p35.drift;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;
import quantum.p35.api.Keys;
import quantum.p35.api.State;
import quantum.p35.api.WindowsUpdated;

class KnownTest {

    private static final Instant BEFORE = Scene.NOW.plusSeconds(3600);

    private Instant now = BEFORE;
    private long nanos;
    private final Known known =
            new Known(() -> AlertRules.DEFAULT, Keys.DEFAULT, Scene.CATALOGUE, () -> now, () -> nanos);

    private static WindowsUpdated of(Instant asOf) {
        return new WindowsUpdated(asOf, State.TRADING, List.of(), asOf, Duration.ZERO);
    }

    @Test
    void clockThatIsSetBackCostsOneLookAndNotAnHour() {
        known.onWindows(of(BEFORE));
        assertTrue(known.fresh(now));
        now = Scene.NOW;
        assertFalse(known.fresh(now), "windows of the future say nothing about now");
        WindowsUpdated next = of(now);
        known.onWindows(next);
        assertSame(next, known.windows());
        assertTrue(known.fresh(now));
    }

    @Test
    void anInsightThatLostRedisDoesNotHideWhatAnotherSays() {
        WindowsUpdated good = of(now);
        known.onWindows(good);
        known.onWindows(of(now.minusSeconds(20)));
        known.onWindows(of(now.plusSeconds(600)));
        assertSame(good, known.windows());
        nanos = Duration.ofSeconds(31).toNanos();
        WindowsUpdated alone = of(now.minusSeconds(20));
        known.onWindows(alone);
        assertSame(alone, known.windows());
    }

    @Test
    void windowsThatNobodyToldAgainGetOldWhateverTheClockSays() {
        known.onWindows(of(now));
        nanos = Duration.ofSeconds(31).toNanos();
        assertFalse(known.fresh(now));
    }

    @Test
    void windowsOfLongAgoAreNotFreshThoughJustHeard() {
        known.onWindows(of(now.minusSeconds(40)));
        assertFalse(known.fresh(now));
    }
}
