package quantum.p35.insight;

import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;

/**
 * The steps of a timeline: as many as cover the period, aligned to whole steps of UTC, the last one still growing.
 *
 * @param from begin of the first step
 * @param hours whether it is read from the hour hashes: past 48 h there are no minutes any more
 */
record Steps(Instant from, Duration step, int count, boolean hours) {

    static final int MAX_POINTS = 2880;

    private static final Duration MINUTE = Duration.ofMinutes(1);
    private static final Duration HOUR = Duration.ofHours(1);
    private static final Duration MAX_BY_MINUTES = Duration.ofHours(48);
    private static final Duration MAX = Duration.ofDays(35);

    /**
     * @throws IllegalArgumentException when the question cannot be answered; the message says what can
     */
    static Steps of(Duration window, Duration step, Instant now) {
        if (step == null || step.compareTo(MINUTE) < 0 || !isWhole(step, MINUTE)) {
            throw new IllegalArgumentException("step is " + words(step) + ": it must be whole minutes, at least 1m");
        }
        if (window == null || window.compareTo(step) < 0 || window.compareTo(MAX) > 0) {
            throw new IllegalArgumentException("window is " + words(window) + ": it must be at least one step ("
                    + words(step) + ") and at most 35d");
        }
        boolean hours = window.compareTo(MAX_BY_MINUTES) > 0;
        if (hours && !isWhole(step, HOUR)) {
            throw new IllegalArgumentException("step is " + words(step) + " and window is " + words(window)
                    + ": past 48h there are only hours, so the step must be whole hours");
        }
        // at most 48 h of minutes or 35 days of hours: never over MAX_POINTS
        int count = Math.toIntExact(window.plus(step).minusMillis(1).dividedBy(step));
        long stepSeconds = step.toSeconds();
        Instant last = Instant.ofEpochSecond(Math.floorDiv(now.getEpochSecond(), stepSeconds) * stepSeconds);
        return new Steps(last.minus(step.multipliedBy(count - 1L)), step, count, hours);
    }

    private static boolean isWhole(Duration duration, Duration unit) {
        return unit.multipliedBy(duration.dividedBy(unit)).equals(duration);
    }

    /** {@code 90m}, {@code 2h}: as the question writes it. */
    private static String words(Duration duration) {
        if (duration == null) {
            return "missing";
        }
        if (!isWhole(duration, MINUTE)) {
            return duration.toSeconds() + "s";
        }
        return isWhole(duration, HOUR) ? duration.toHours() + "h" : duration.toMinutes() + "m";
    }

    Instant begin(int index) {
        return from.plus(step.multipliedBy(index));
    }

    /** Of the step that this instant falls in; it may be outside. */
    int index(Instant time) {
        return Math.toIntExact(Math.floorDiv(Duration.between(from, time).toSeconds(), step.toSeconds()));
    }

    /** Begin of every minute, or hour, up to now, oldest first. */
    List<Instant> parts(Instant now) {
        List<Instant> parts = new ArrayList<>();
        for (Instant part = from;
                !part.isAfter(now);
                part = part.plus(1, hours ? ChronoUnit.HOURS : ChronoUnit.MINUTES)) {
            parts.add(part);
        }
        return parts;
    }
}
