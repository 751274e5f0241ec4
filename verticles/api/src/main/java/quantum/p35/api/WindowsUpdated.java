package quantum.p35.api;

import io.vertx.codegen.annotations.Nullable;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;

/**
 * The four windows, as of now: at most once a second, at least every 10 s.
 *
 * @param newest time, by its entry id, of the newest counted decision; null when none was ever counted
 * @param behind how long the oldest entry that is not yet counted has waited; zero when none waits
 */
public record WindowsUpdated(
        Instant asOf,
        State state,
        List<Counts> windows,
        @Nullable Instant newest,
        Duration behind) {

    public Counts of(WindowName window) {
        return windows.stream()
                .filter(counts -> counts.window().name() == window)
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("the message lacks the window " + window.code()));
    }

    /**
     * @param gates every gate of the window by count, without {@code none}; plans are null
     * @param none decisions without a reported reason
     * @param quality data-quality findings by name
     * @param repeatPairs decisions that had one before them of the same symbol
     * @param repeatSame those of them with the same gate
     */
    public record Counts(
            Window window,
            Map<Outcome, Long> decisions,
            List<GateCount> gates,
            long none,
            Map<String, Long> quality,
            long repeatPairs,
            long repeatSame) {}
}
