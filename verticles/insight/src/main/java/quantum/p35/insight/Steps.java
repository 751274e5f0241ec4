package quantum.p35.insight;

import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import quantum.p35.api.Timeline;

/**
 * The steps of a timeline: as many as cover the period, aligned to whole steps of UTC.
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
    static Steps of(Timeline.Question question, Instant now) {
        Duration step = question.step();
        if (step == null || step.compareTo(MINUTE) < 0 || !isWhole(step, MINUTE)) {
            throw new IllegalArgumentException("step is " + words(step) + ": it must be whole minutes, at least 1m");
        }
        if (step.compareTo(MAX) > 0) {
            throw new IllegalArgumentException("step is " + words(step) + ": nothing is kept longer than 35d");
        }
        // before any arithmetic: it may be as far away as a date can be
        if (question.to() != null && question.to().isBefore(now.minus(MAX))) {
            throw new IllegalArgumentException("to is " + question.to() + ": nothing is kept longer than 35d");
        }
        Instant newest = newest(question.to(), now);
        Duration window = question.from() == null ? question.window() : Duration.between(question.from(), newest);
        if (question.from() != null && window.isNegative()) {
            throw new IllegalArgumentException("from is " + question.from() + " and to is " + question.to()
                    + ": the period must begin before it ends, and in the past");
        }
        if (question.from() == null && (window == null || window.compareTo(step) < 0)) {
            throw new IllegalArgumentException(
                    "window is " + words(window) + ": it must be at least one step (" + words(step) + ")");
        }
        if (question.from() == null && window.compareTo(MAX) > 0) {
            throw new IllegalArgumentException("window is " + words(window) + ": nothing is kept longer than 35d");
        }
        Duration reach = window.plus(Duration.between(newest, now)).truncatedTo(ChronoUnit.MINUTES);
        if (reach.compareTo(MAX) > 0) {
            throw new IllegalArgumentException(
                    "the period begins " + words(reach) + " ago: nothing is kept longer than 35d");
        }
        boolean hours = reach.compareTo(MAX_BY_MINUTES) > 0;
        if (hours && !isWhole(step, HOUR)) {
            throw new IllegalArgumentException("step is " + words(step) + " and the period begins " + words(reach)
                    + " ago: past 48h there are only hours, so the step must be whole hours");
        }
        Instant last = floor(newest, step);
        // at most 48 h of minutes or 35 days of hours: never over MAX_POINTS
        Instant first = question.from() == null
                ? last.plus(step)
                        .minus(step.multipliedBy(
                                window.plus(step).minusMillis(1).dividedBy(step)))
                : floor(question.from(), step);
        int count = Math.toIntExact(Duration.between(first, last).dividedBy(step)) + 1;
        return new Steps(first, step, count, hours);
    }

    /** The last instant that belongs to the period: its end does not, but now does. */
    private static Instant newest(Instant to, Instant now) {
        return to == null || to.isAfter(now) ? now : to.minusMillis(1);
    }

    private static Instant floor(Instant time, Duration step) {
        long seconds = step.toSeconds();
        return Instant.ofEpochSecond(Math.floorDiv(time.getEpochSecond(), seconds) * seconds);
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

    /** Begin of every minute, or hour, that has begun by now, oldest first. */
    List<Instant> parts(Instant now) {
        List<Instant> parts = new ArrayList<>();
        Instant end = begin(count);
        for (Instant part = from;
                part.isBefore(end) && !part.isAfter(now);
                part = part.plus(1, hours ? ChronoUnit.HOURS : ChronoUnit.MINUTES)) {
            parts.add(part);
        }
        return parts;
    }
}
