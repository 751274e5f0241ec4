package quantum.p35.insight;

import java.time.Instant;
import java.util.Map;
import quantum.p35.api.WindowName;

/**
 * What insight knows.
 *
 * @param asOf when it was read from Redis
 * @param outage null while Redis answers
 * @param windows as of then
 */
record Facts(Instant asOf, Outage outage, Progress progress, Map<WindowName, Counts> windows) {

    /** @param since of the last answer, or of the start when there was none @param reason a sentence without its end */
    record Outage(Instant since, String reason) {}

    Counts counts(WindowName window) {
        return windows.getOrDefault(window, Counts.NONE);
    }
}
