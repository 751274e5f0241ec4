package quantum.p35.api;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.vertx.codegen.annotations.Nullable;
import java.util.List;

/**
 * One gate in a window.
 *
 * @param count decisions that it stopped
 * @param share of all decisions of the window, 3 decimals
 * @param plans distinct plans that it stopped (HyperLogLog, about 1 % error); null when not known: an uncatalogued gate,
 *     or a window that the plan keys no longer cover
 * @param symbols the symbols that it stops most, at most 3; null where the question is not about symbols
 * @param before its share in the hour before the window; null where it is not known, or not asked for
 * @param trend decisions that it stopped, in steps of 2 minutes over the last hour, oldest first, the last one still
 *     growing; null where it is not asked for
 */
public record GateCount(
        String gate,
        String family,
        GateKind kind,
        long count,
        double share,
        @Nullable Long plans,
        @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable List<String> symbols,
        @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable Double before,
        @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable List<Long> trend) {

    /** Without its past. */
    public GateCount(
            String gate, String family, GateKind kind, long count, double share, Long plans, List<String> symbols) {
        this(gate, family, kind, count, share, plans, symbols, null, null);
    }

    /** The same with its past. */
    public GateCount with(Double shareBefore, List<Long> lastHour) {
        return new GateCount(gate, family, kind, count, share, plans, symbols, shareBefore, lastHour);
    }

    /** {@code count / total} with 3 decimals; 0 of 0 is 0. */
    public static double share(long count, long total) {
        return total == 0 ? 0 : Math.round(1000.0 * count / total) / 1000.0;
    }
}
