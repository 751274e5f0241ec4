package quantum.p35.drift;

import java.time.Instant;
import java.time.LocalTime;
import java.time.ZoneId;
import java.time.ZonedDateTime;
import quantum.p35.api.Severity;

/** Whether people are to be left alone, and until when. */
final class Quiet {

    private Quiet() {}

    /**
     * When an alert of this severity may be told: the end of the hours that it falls in; null when at once.
     *
     * @param hours null when there are none
     */
    static Instant until(AlertRules.QuietHours hours, Severity severity, Instant now) {
        if (hours == null || severity.compareTo(hours.below()) >= 0) {
            return null;
        }
        LocalTime from = LocalTime.parse(hours.from());
        LocalTime to = LocalTime.parse(hours.to());
        ZonedDateTime here = now.atZone(ZoneId.of(hours.zone()));
        LocalTime time = here.toLocalTime();
        boolean begun = !time.isBefore(from);
        boolean ended = !time.isBefore(to);
        boolean overMidnight = to.isBefore(from);
        if (overMidnight ? !begun && ended : !begun || ended) {
            return null;
        }
        ZonedDateTime end = here.toLocalDate()
                .plusDays(overMidnight && begun ? 1 : 0)
                .atTime(to)
                .atZone(here.getZone());
        // when clocks go back an hour comes twice: in the second one the first one's end is over
        return (end.toInstant().isAfter(now) ? end : end.withLaterOffsetAtOverlap()).toInstant();
    }
}
