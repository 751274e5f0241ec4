package quantum.p35.api;

import io.vertx.codegen.annotations.Nullable;
import java.time.Instant;
import java.util.List;
import java.util.Map;

/** How does every symbol fare? */
public final class Symbols {

    /** What those symbols are counted as, all together, that are too many for a minute. */
    public static final String OTHER = "other";

    private Symbols() {}

    /** @param gates how many gates to give with each symbol */
    public record Question(WindowName window, int gates) {}

    /** @param symbols by total, busiest first */
    public record Answer(State state, Instant asOf, Window window, List<SymbolCount> symbols) {}

    /**
     * @param decisions every outcome, also those that did not occur
     * @param stopped decisions that gates of kind blocking and error stopped
     * @param skipRate SKIP of all decisions of this symbol
     * @param topGate null when no gate stopped it
     * @param gates its largest gates, as many as asked for
     * @param lastExecute event time; null when there never was one, or when it is not kept: of {@link #OTHER}, and of symbols
     *     past the bound of what is kept
     * @param stuckSince set when it has decisions in the window and no EXECUTE for at least 15 minutes: the last EXECUTE,
     *     or the first minute of decisions within the hour when there was none
     */
    public record SymbolCount(
            String symbol,
            long total,
            Map<Outcome, Long> decisions,
            long stopped,
            double skipRate,
            @Nullable GateCount topGate,
            List<GateCount> gates,
            @Nullable Instant lastExecute,
            @Nullable Instant stuckSince) {}
}
