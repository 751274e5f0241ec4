package quantum.p35.api;

import io.vertx.codegen.annotations.Nullable;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;

/** How did it come about? */
public final class Timeline {

    private Timeline() {}

    /**
     * @param window how far back from its end; not looked at when there is a begin, else needed
     * @param step whole minutes, or whole hours when the period begins over 48 h ago
     * @param from begin, at most 35 days ago; null: as the window says
     * @param to end; null: now
     */
    public record Question(
            @Nullable Duration window,
            Duration step,
            @Nullable Instant from,
            @Nullable Instant to) {

        /** Up to now. */
        public Question(Duration window, Duration step) {
            this(window, step, null, null);
        }
    }

    /**
     * @param gates the largest gates of the whole period, at most 8; the points count just these
     * @param to end of the period that was asked for, or {@code asOf}: then the last step is still growing
     * @param points oldest first, without gaps
     */
    public record Answer(
            Instant asOf, Instant from, Instant to, Duration step, List<String> gates, List<Point> points) {}

    /** @param at begin of the step */
    public record Point(Instant at, Map<Outcome, Long> decisions, Map<String, Long> gates) {}
}
