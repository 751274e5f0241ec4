package quantum.p35.drift;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import quantum.p35.api.Severity;

class QuietTest {

    // Berlin: UTC+1, from 29 March 2026 01:00Z UTC+2, from 25 October 2026 01:00Z UTC+1 again
    @ParameterizedTest(name = "{0}")
    @CsvSource(
            nullValues = "-",
            value = {
                "afternoon,                              22:00, 07:00, 2026-02-01T14:00:00Z, -",
                "evening,                                22:00, 07:00, 2026-02-01T21:00:00Z, 2026-02-02T06:00:00Z",
                "after midnight,                         22:00, 07:00, 2026-02-02T02:00:00Z, 2026-02-02T06:00:00Z",
                "the very end,                           22:00, 07:00, 2026-02-02T06:00:00Z, -",
                "just before the end,                    22:00, 07:00, 2026-02-02T05:59:59Z, 2026-02-02T06:00:00Z",
                "within a day,                           12:00, 14:00, 2026-02-01T12:30:00Z, 2026-02-01T13:00:00Z",
                "within a day and over,                  12:00, 14:00, 2026-02-01T13:00:00Z, -",
                "night in which clocks go forward,       22:00, 07:00, 2026-03-28T22:00:00Z, 2026-03-29T05:00:00Z",
                "end in the hour that does not exist,    22:00, 02:30, 2026-03-29T00:30:00Z, 2026-03-29T01:30:00Z",
                "night in which clocks go back,          22:00, 07:00, 2026-10-24T22:00:00Z, 2026-10-25T06:00:00Z",
                "first of two hours,                     22:00, 02:30, 2026-10-25T00:15:00Z, 2026-10-25T00:30:00Z",
                "second of two hours,                    22:00, 02:30, 2026-10-25T01:15:00Z, 2026-10-25T01:30:00Z"
            })
    void saysWhenTheQuietIsOver(String name, String from, String to, Instant now, Instant end) {
        AlertRules.QuietHours hours = new AlertRules.QuietHours(from, to, "Europe/Berlin", Severity.CRITICAL);
        assertEquals(end, Quiet.until(hours, Severity.HIGH, now));
    }

    @Test
    void severityThatIsToldAllTheSameDoesNotWait() {
        AlertRules.QuietHours hours = new AlertRules.QuietHours("22:00", "07:00", "UTC", Severity.HIGH);
        assertEquals(null, Quiet.until(hours, Severity.HIGH, Instant.parse("2026-02-01T23:00:00Z")));
    }
}
