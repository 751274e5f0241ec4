package quantum.p35.api;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;

/** How did it come about? */
public final class Timeline {

    private Timeline() {}

    /**
     * @param window how far back from now: at most 48 h by minutes, 35 days by hours
     * @param step whole minutes, or whole hours
     */
    public record Question(Duration window, Duration step) {}

    /**
     * @param gates the largest gates of the whole period, at most 8; the points count just these
     * @param points oldest first, without gaps; the last one is still growing
     */
    public record Answer(
            Instant asOf, Instant from, Instant to, Duration step, List<String> gates, List<Point> points) {}

    /** @param at begin of the step */
    public record Point(Instant at, Map<Outcome, Long> decisions, Map<String, Long> gates) {}
}
