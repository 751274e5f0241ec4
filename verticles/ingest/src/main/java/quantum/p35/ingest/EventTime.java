package quantum.p35.ingest;

import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeFormatterBuilder;
import java.time.format.ResolverStyle;
import java.time.temporal.TemporalAccessor;
import quantum.p35.api.Finding;

/**
 * When it happened: the producer's {@code timestamp} if it can be believed, else the time of the entry's id, which Redis
 * gave when the entry was added.
 *
 * @param finding why the timestamp was not taken; null when it was
 */
record EventTime(Instant time, Finding finding) {

    /** A clock may be this much ahead of that of Redis. */
    static final Duration AHEAD = Duration.ofSeconds(60);

    /** As long as the minute buckets live. */
    static final Duration BEHIND = Duration.ofHours(48);

    /** Numbers beyond it are milliseconds: as seconds it is the year 5138. */
    private static final long LARGEST_SECONDS = 100_000_000_000L;

    /** End of the year 9999: ids can be given by hand, and a later minute has no 12-digit name. */
    private static final long LATEST_MILLIS = 253_402_300_799_999L;

    private static final int MAX_LENGTH = 40;
    private static final int MAX_DIGITS = 18;

    private static final DateTimeFormatter ISO = new DateTimeFormatterBuilder()
            .parseCaseInsensitive()
            .append(DateTimeFormatter.ISO_LOCAL_DATE)
            .optionalStart()
            .appendLiteral('T')
            .append(DateTimeFormatter.ISO_LOCAL_TIME)
            .optionalStart()
            .appendOffset("+HHMM", "Z")
            .optionalEnd()
            .optionalStart()
            .parseLenient()
            .appendOffset("+HH:mm", "Z")
            .toFormatter()
            .withResolverStyle(ResolverStyle.STRICT);

    /** @param timestamp trimmed; null when absent */
    static EventTime of(String timestamp, String entryId) {
        Instant added = added(entryId);
        if (timestamp == null) {
            return new EventTime(added, Finding.TIMESTAMP_MISSING);
        }
        Instant time = read(timestamp);
        if (time == null) {
            return new EventTime(added, Finding.TIMESTAMP_UNREADABLE);
        }
        if (time.isAfter(added.plus(AHEAD)) || time.isBefore(added.minus(BEHIND))) {
            return new EventTime(added, Finding.TIMESTAMP_OUT_OF_RANGE);
        }
        return new EventTime(time, null);
    }

    /** The time in an entry's id; the epoch when it has none, which Redis never gives. */
    private static Instant added(String entryId) {
        long millis = 0;
        for (int i = 0; i < entryId.length() && digit(entryId.charAt(i)); i++) {
            millis = Math.min(10 * millis + entryId.charAt(i) - '0', LATEST_MILLIS);
        }
        return Instant.ofEpochMilli(millis);
    }

    private static Instant read(String text) {
        if (text.length() > MAX_LENGTH) {
            return null;
        }
        return text.length() > 4 && text.charAt(4) == '-' ? iso(text) : number(text);
    }

    private static Instant iso(String text) {
        // Python's str() of a time has a blank where ISO 8601 has a T
        String written = text.length() > 10 && text.charAt(10) == ' ' ? text.replaceFirst(" ", "T") : text;
        try {
            TemporalAccessor time = ISO.parseBest(written, OffsetDateTime::from, LocalDateTime::from, LocalDate::from);
            return switch (time) {
                case OffsetDateTime zoned -> zoned.toInstant();
                case LocalDateTime local -> local.toInstant(ZoneOffset.UTC);
                default -> ((LocalDate) time).atStartOfDay(ZoneOffset.UTC).toInstant();
            };
        } catch (DateTimeException e) {
            return null;
        }
    }

    /** A decimal number by hand: nearly every entry has one, and a double would round into the next minute. */
    private static Instant number(String text) {
        int at = text.charAt(0) == '-' || text.charAt(0) == '+' ? 1 : 0;
        int sign = text.charAt(0) == '-' ? -1 : 1;
        int first = at;
        long whole = 0;
        while (at < text.length() && digit(text.charAt(at))) {
            whole = at - first < MAX_DIGITS ? 10 * whole + text.charAt(at) - '0' : Long.MAX_VALUE;
            at++;
        }
        int digits = at - first;
        long nanos = 0;
        if (at < text.length() && text.charAt(at) == '.') {
            int point = at++;
            long unit = 1_000_000_000;
            while (at < text.length() && digit(text.charAt(at))) {
                unit /= 10;
                nanos += unit * (text.charAt(at) - '0');
                at++;
            }
            digits += at - point - 1;
        }
        if (digits == 0) {
            return null;
        }
        return at == text.length() ? instant(sign, whole, nanos) : scientific(text, at);
    }

    /** {@code 1.770135150E9}, as Java prints a double. */
    private static Instant scientific(String text, int exponent) {
        boolean wellFormed = (text.charAt(exponent) | 0x20) == 'e'
                && text.substring(exponent + 1).matches("[+-]?[0-9]{1,9}");
        if (!wellFormed) {
            return null;
        }
        double value = Double.parseDouble(text);
        double whole = Math.floor(Math.abs(value));
        return instant(value < 0 ? -1 : 1, (long) whole, (long) ((Math.abs(value) - whole) * 1e9));
    }

    /**
     * @param whole not negative; seconds, or milliseconds when it is too large for that
     * @param nanos billionths of that unit
     */
    private static Instant instant(int sign, long whole, long nanos) {
        if (whole > LATEST_MILLIS) {
            return sign < 0 ? Instant.MIN : Instant.MAX;
        }
        return whole > LARGEST_SECONDS
                ? Instant.ofEpochMilli(sign * whole).plusNanos(sign * nanos / 1_000)
                : Instant.ofEpochSecond(sign * whole, sign * nanos);
    }

    private static boolean digit(char c) {
        return c >= '0' && c <= '9';
    }
}
