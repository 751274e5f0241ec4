package quantum.p35.drift;

import java.time.Duration;
import java.util.Locale;

/** Figures as a person reads them. */
final class Words {

    private Words() {}

    /** {@code 1 234}. */
    static String number(long number) {
        return String.format(Locale.ROOT, "%,d", number).replace(',', ' ');
    }

    /** {@code 1 decision}, {@code 41 decisions}. */
    static String count(long number, String one) {
        return number(number) + " " + (number == 1 ? one : one + "s");
    }

    /** Rounded down: true of "at least". */
    static String atLeast(double share) {
        return "at least " + (long) Math.floor(100 * share + 1e-9) + " %";
    }

    /** Rounded up: true of "at most". */
    static String atMost(double share) {
        return "at most " + (long) Math.ceil(100 * share - 1e-9) + " %";
    }

    /** Of a share: {@code 62 %}; what is there is never 0 %, and what is not all is never 100 %. */
    static String percent(double share) {
        long rounded = Math.round(100 * share);
        if (rounded == 0 && share > 0) {
            return "under 1 %";
        }
        return rounded == 100 && share < 1 ? "over 99 %" : rounded + " %";
    }

    /** The two largest units that matter: {@code 45 seconds}, {@code 7 minutes}, {@code 3 h 20 min}, {@code 2 days}. */
    static String span(Duration span) {
        if (span.compareTo(Duration.ofMinutes(2)) < 0) {
            return count(span.toSeconds(), "second");
        }
        if (span.compareTo(Duration.ofHours(2)) < 0) {
            return span.toMinutes() + " minutes";
        }
        if (span.compareTo(Duration.ofDays(2)) < 0) {
            return span.toHours() + " h" + (span.toMinutesPart() == 0 ? "" : " " + span.toMinutesPart() + " min");
        }
        return span.toDays() + " days";
    }
}
