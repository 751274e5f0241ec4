package quantum.p35.insight;

import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import quantum.p35.api.WindowName;

/** Figures as a person reads them. */
final class Words {

    private static final DateTimeFormatter TIME = DateTimeFormatter.ofPattern("HH:mm", Locale.ROOT);
    private static final DateTimeFormatter DATE = DateTimeFormatter.ofPattern("d MMMM", Locale.ENGLISH);
    private static final DateTimeFormatter FULL_DATE = DateTimeFormatter.ofPattern("d MMMM uuuu", Locale.ENGLISH);

    private Words() {}

    /** {@code 1 234}. */
    static String number(long number) {
        return String.format(Locale.ROOT, "%,d", number).replace(',', ' ');
    }

    /** {@code 62 %}; what is there is never 0 %, and what is not all is never 100 %. */
    static String percent(long part, long whole) {
        long rounded = whole == 0 ? 0 : Math.round(100.0 * part / whole);
        if (rounded == 0 && part > 0) {
            return "under 1 %";
        }
        return rounded == 100 && part < whole ? "over 99 %" : rounded + " %";
    }

    /** {@code 1 plan}, {@code 41 plans}. */
    static String count(long number, String one) {
        return number(number) + " " + (number == 1 ? one : one + "s");
    }

    /** {@code 14:02} in UTC, with its date when that is not today's. */
    static String time(Instant time, Instant now) {
        ZonedDateTime then = time.atZone(ZoneOffset.UTC);
        ZonedDateTime today = now.atZone(ZoneOffset.UTC);
        if (then.toLocalDate().equals(today.toLocalDate())) {
            return TIME.format(then);
        }
        return TIME.format(then) + " on " + (then.getYear() == today.getYear() ? DATE : FULL_DATE).format(then);
    }

    /** The two largest units that matter: {@code 45 seconds}, {@code 7 minutes}, {@code 3 h 20 min}, {@code 2 days}. */
    static String span(Duration span) {
        if (span.compareTo(Duration.ofMinutes(2)) < 0) {
            return count(span.toSeconds(), "second");
        }
        if (span.compareTo(Duration.ofHours(2)) < 0) {
            return count(span.toMinutes(), "minute");
        }
        if (span.compareTo(Duration.ofDays(2)) < 0) {
            return span.toHours() + " h" + (span.toMinutesPart() == 0 ? "" : " " + span.toMinutesPart() + " min");
        }
        return count(span.toDays(), "day");
    }

    static String window(WindowName window) {
        return "the last " + window.words();
    }
}
