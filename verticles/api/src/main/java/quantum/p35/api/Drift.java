package quantum.p35.api;

import io.vertx.codegen.annotations.Nullable;
import java.time.Instant;
import java.util.List;

/** Does one gate hold more than it should? */
public final class Drift {

    private Drift() {}

    /** @param threshold percent of all decisions of the window, over 0 to 100 */
    public record Question(WindowName window, double threshold) {}

    /** @param breaches gates of kind blocking, error and quality at or over the threshold, largest first */
    public record Answer(State state, Instant asOf, Window window, double threshold, List<Breach> breaches) {}

    /**
     * @param severity null when the share is under the lowest alert threshold
     * @param action the first thing to do; null when the guide has none
     */
    public record Breach(
            String gate,
            double share,
            long count,
            long total,
            @Nullable Severity severity,
            @Nullable String action) {}
}
