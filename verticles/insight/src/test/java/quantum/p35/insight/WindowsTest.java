package quantum.p35.insight;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import java.time.Instant;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import quantum.p35.api.WindowName;

class WindowsTest {

    private static final Instant FIRST = Instant.parse("2026-02-01T13:00:00Z");

    private final Windows windows = new Windows();

    /** One decision in every minute from 13:00 to 14:06. */
    private void oneDecisionAMinute() {
        for (int minute = 0; minute <= 66; minute++) {
            put(FIRST.plusSeconds(60L * minute), 1);
        }
    }

    private void put(Instant minute, long decisions) {
        windows.put(Bucket.of(minute, name -> name)
                .add("decision:SKIP", Long.toString(decisions))
                .add("reason:cooldown", Long.toString(decisions))
                .build());
    }

    private long total(WindowName window, String at) {
        return windows.counts(window, Instant.parse(at)).total();
    }

    static Stream<Arguments> moments() {
        return Stream.of(
                arguments("2026-02-01T14:05:37Z", WindowName.ONE_MINUTE, 2),
                arguments("2026-02-01T14:05:37Z", WindowName.FIVE_MINUTES, 6),
                arguments("2026-02-01T14:05:00Z", WindowName.FIVE_MINUTES, 6),
                arguments("2026-02-01T14:05:59.999Z", WindowName.FIVE_MINUTES, 6),
                arguments("2026-02-01T14:05:37Z", WindowName.FIFTEEN_MINUTES, 16),
                arguments("2026-02-01T14:05:37Z", WindowName.ONE_HOUR, 61),
                arguments("2026-02-01T13:02:00Z", WindowName.FIVE_MINUTES, 3));
    }

    @ParameterizedTest(name = "{1} at {0} holds {2} minutes")
    @MethodSource("moments")
    void coversTheCurrentMinuteAndTheWholeOnesBefore(String at, WindowName window, long minutes) {
        oneDecisionAMinute();
        assertEquals(minutes, total(window, at));
        assertEquals(minutes, windows.buckets(window, Instant.parse(at)).size());
    }

    @Test
    void slidesWithoutNewDecisions() {
        put(Instant.parse("2026-02-01T14:00:00Z"), 5);
        assertEquals(5, total(WindowName.FIVE_MINUTES, "2026-02-01T14:05:59Z"));
        assertEquals(0, total(WindowName.FIVE_MINUTES, "2026-02-01T14:06:00Z"));
        assertEquals(5, total(WindowName.FIFTEEN_MINUTES, "2026-02-01T14:06:00Z"));
    }

    @Test
    void lateEventCountsInItsOwnMinute() {
        oneDecisionAMinute();
        assertEquals(6, total(WindowName.FIVE_MINUTES, "2026-02-01T14:05:37Z"));
        put(Instant.parse("2026-02-01T14:02:00Z"), 11);
        assertEquals(16, total(WindowName.FIVE_MINUTES, "2026-02-01T14:05:37Z"));
        put(Instant.parse("2026-02-01T14:05:00Z"), 21);
        assertEquals(36, total(WindowName.FIVE_MINUTES, "2026-02-01T14:05:37Z"));
    }

    @Test
    void minuteThatIsGoneCountsNoMore() {
        oneDecisionAMinute();
        total(WindowName.FIVE_MINUTES, "2026-02-01T14:05:37Z");
        windows.put(
                Bucket.of(Instant.parse("2026-02-01T14:03:00Z"), name -> name).build());
        windows.forget(Instant.parse("2026-02-01T14:04:00Z"));
        assertEquals(4, total(WindowName.FIVE_MINUTES, "2026-02-01T14:05:37Z"));
    }

    @Test
    void trimKeepsTheHourOnly() {
        oneDecisionAMinute();
        windows.trim(Instant.parse("2026-02-01T14:05:37Z"));
        assertNull(windows.minute(Instant.parse("2026-02-01T13:04:00Z")));
        assertEquals(61, total(WindowName.ONE_HOUR, "2026-02-01T14:05:37Z"));
    }
}
