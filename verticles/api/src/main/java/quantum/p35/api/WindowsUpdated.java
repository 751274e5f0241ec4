package quantum.p35.api;

import java.time.Instant;
import java.util.List;
import java.util.Map;

/** The four windows, as of now: at most once a second, at least every 10 s. */
public record WindowsUpdated(Instant asOf, State state, List<Counts> windows) {

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
