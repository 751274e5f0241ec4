package quantum.p35.api;

import io.vertx.codegen.annotations.Nullable;
import java.time.Instant;
import java.util.List;

/** Which gates stop how much? */
public final class Gates {

    private Gates() {}

    /**
     * @param symbol only this symbol's gates; null for all
     * @param limit how many gates at most, largest first
     */
    public record Question(WindowName window, @Nullable String symbol, int limit) {}

    /**
     * @param total all decisions of the window (of the symbol when one was asked for); shares are of this
     * @param gates by count, without {@code none}; with their past when all symbols were asked for
     */
    public record Answer(
            State state,
            Instant asOf,
            Window window,
            @Nullable String symbol,
            long total,
            List<GateCount> gates) {}
}
