package quantum.p35.ingest;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;

import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import quantum.p35.api.Finding;

class EventTimeTest {

    /** 2026-02-01T14:05:37.250Z */
    private static final String ID = "1769954737250-3";

    private static final Instant ADDED = Instant.parse("2026-02-01T14:05:37.250Z");

    @ParameterizedTest(name = "{0}: {1}")
    @CsvSource({
        "seconds, 1769954700, 2026-02-01T14:05:00Z",
        "decimal seconds, 1769954700.000, 2026-02-01T14:05:00Z",
        "decimal seconds never round into the next minute, 1769954699.9999999999999, 2026-02-01T14:04:59.999999999Z",
        "a point and nothing behind it, 1769954700., 2026-02-01T14:05:00Z",
        "a plus sign, +1769954700, 2026-02-01T14:05:00Z",
        "a double as Java prints it, 1.7699547E9, 2026-02-01T14:05:00Z",
        "milliseconds, 1769954700123, 2026-02-01T14:05:00.123Z",
        "decimal milliseconds, 1769954700123.5, 2026-02-01T14:05:00.123500Z",
        "milliseconds as Java prints a double, 1.769954700123E12, 2026-02-01T14:05:00.123Z",
        "ISO 8601, 2026-02-01T14:05:00Z, 2026-02-01T14:05:00Z",
        "ISO 8601 with a fraction, 2026-02-01T14:05:00.123456Z, 2026-02-01T14:05:00.123456Z",
        "ISO 8601 without seconds, 2026-02-01T14:05Z, 2026-02-01T14:05:00Z",
        "ISO 8601 without a zone is UTC, 2026-02-01T14:05:00, 2026-02-01T14:05:00Z",
        "ISO 8601 with a zone, 2026-02-01T15:05:00+01:00, 2026-02-01T14:05:00Z",
        "ISO 8601 with a short zone, 2026-02-01T15:05:00+01, 2026-02-01T14:05:00Z",
        "ISO 8601 with a zone without colon, 2026-02-01T15:05:00+0100, 2026-02-01T14:05:00Z",
        "ISO 8601 of a day, 2026-02-01, 2026-02-01T00:00:00Z",
        "a blank for the T, 2026-02-01 14:05:00, 2026-02-01T14:05:00Z",
        "60 s ahead, 1769954797.250, 2026-02-01T14:06:37.250Z",
        "48 h behind, 1769781937.250, 2026-01-30T14:05:37.250Z",
    })
    void readableTimestampsAreTaken(String what, String timestamp, Instant time) {
        EventTime read = EventTime.of(timestamp, ID);
        assertEquals(time, read.time(), what);
        assertNull(read.finding(), what);
    }

    @ParameterizedTest(name = "{0}: {1}")
    @CsvSource({
        "shell text, $(date +%s), TIMESTAMP_UNREADABLE",
        "not a number, NaN, TIMESTAMP_UNREADABLE",
        "infinite, -Infinity, TIMESTAMP_UNREADABLE",
        "a sign alone, -, TIMESTAMP_UNREADABLE",
        "a point alone, ., TIMESTAMP_UNREADABLE",
        "two points, 1769954700.1.2, TIMESTAMP_UNREADABLE",
        "an exponent without digits, 1e, TIMESTAMP_UNREADABLE",
        "a suffix of Java, 1769954700d, TIMESTAMP_UNREADABLE",
        "digits of another script, １７６９９５４７００, TIMESTAMP_UNREADABLE",
        "a thirteenth month, 2026-13-01T14:05:00Z, TIMESTAMP_UNREADABLE",
        "a day that is none, 2026-02-30T14:05:00Z, TIMESTAMP_UNREADABLE",
        "None, None, TIMESTAMP_UNREADABLE",
        "more than 60 s ahead, 1769954797.251, TIMESTAMP_OUT_OF_RANGE",
        "more than 48 h behind, 1769781937.249, TIMESTAMP_OUT_OF_RANGE",
        "zero, 0, TIMESTAMP_OUT_OF_RANGE",
        "negative, -1769954700, TIMESTAMP_OUT_OF_RANGE",
        "negative milliseconds, -1769954700123, TIMESTAMP_OUT_OF_RANGE",
        "microseconds, 1769954700123456, TIMESTAMP_OUT_OF_RANGE",
        "20 digits, 17699547001234567890, TIMESTAMP_OUT_OF_RANGE",
        "minus 20 digits, -17699547001234567890, TIMESTAMP_OUT_OF_RANGE",
        "larger than a double, 1e400, TIMESTAMP_OUT_OF_RANGE",
        "smaller than a double, -1E+400, TIMESTAMP_OUT_OF_RANGE",
    })
    void otherTimestampsGiveTheTimeOfTheEntryAndAFinding(String what, String timestamp, Finding finding) {
        assertEquals(new EventTime(ADDED, finding), EventTime.of(timestamp, ID), what);
    }

    @Test
    void aMissingTimestampGivesTheTimeOfTheEntryAndAFinding() {
        assertEquals(new EventTime(ADDED, Finding.TIMESTAMP_MISSING), EventTime.of(null, ID));
    }

    @Test
    void aTimestampOfAMegabyteIsUnreadable() {
        assertEquals(
                Finding.TIMESTAMP_UNREADABLE,
                EventTime.of("1".repeat(1_000_000), ID).finding());
    }

    @ParameterizedTest
    @CsvSource({
        "1769954737250, 2026-02-01T14:05:37.250Z",
        "1-1, 1970-01-01T00:00:00.001Z",
        "18446744073709551615-18446744073709551615, 9999-12-31T23:59:59.999Z",
        "'', 1970-01-01T00:00:00Z",
        "not an id, 1970-01-01T00:00:00Z",
        "-5-0, 1970-01-01T00:00:00Z",
    })
    void idsGivenByHandHaveATimeWithinTheYearsOfFourDigits(String id, Instant time) {
        assertEquals(time, EventTime.of(null, id).time());
    }
}
