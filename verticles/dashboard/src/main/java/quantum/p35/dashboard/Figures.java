package quantum.p35.dashboard;

import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import quantum.p35.api.Window;

/** Numbers and times as a person reads them; all times are UTC. */
final class Figures {

    private static final DateTimeFormatter CLOCK =
            DateTimeFormatter.ofPattern("HH:mm:ss").withZone(ZoneOffset.UTC);
    private static final DateTimeFormatter MINUTE =
            DateTimeFormatter.ofPattern("HH:mm").withZone(ZoneOffset.UTC);
    private static final DateTimeFormatter DAY =
            DateTimeFormatter.ofPattern("MM-dd HH:mm").withZone(ZoneOffset.UTC);
    private static final String EIGHTHS = " ▏▎▍▌▋▊▉";

    private Figures() {}

    /** {@code 1 234}. */
    static String count(long count) {
        return String.format(Locale.ROOT, "%,d", count).replace(',', ' ');
    }

    /** {@code 61.7 %}. */
    static String percent(double share) {
        return String.format(Locale.ROOT, "%.1f %%", 100 * share);
    }

    /** {@code 40} or {@code 12.5}. */
    static String number(double number) {
        return number == Math.rint(number) ? Long.toString((long) number) : Double.toString(number);
    }

    static String clock(Instant time) {
        return CLOCK.format(time);
    }

    static String minute(Instant time) {
        return MINUTE.format(time);
    }

    static String day(Instant time) {
        return DAY.format(time);
    }

    /** The time of day, with the date when it is over half a day away. {@code none} for null. */
    static String near(Instant time, Instant now, String none) {
        if (time == null) {
            return none;
        }
        return Math.abs(now.getEpochSecond() - time.getEpochSecond()) < 43_200 ? minute(time) : day(time);
    }

    /** {@code 5m  14:00:00 – 14:05:37 UTC}. */
    static String window(Window window) {
        return window.name().code() + "  " + clock(window.from()) + " – " + clock(window.to()) + " UTC";
    }

    /** A bar of so many columns at 100 %, in eighths of a column; anything over zero shows. No trailing spaces. */
    static String bar(double share, int columns) {
        int eighths = (int) Math.round(Math.min(1, share) * columns * 8);
        if (share > 0 && eighths == 0) {
            eighths = 1;
        }
        String rest = eighths % 8 == 0 ? "" : EIGHTHS.substring(eighths % 8, eighths % 8 + 1);
        return "█".repeat(eighths / 8) + rest;
    }
}
