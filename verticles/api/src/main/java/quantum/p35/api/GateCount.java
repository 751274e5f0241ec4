package quantum.p35.api;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.util.List;

/**
 * One gate in a window.
 *
 * @param count decisions that it stopped
 * @param share of all decisions of the window, 3 decimals
 * @param plans distinct plans that it stopped (HyperLogLog, about 1 % error); null when not known: an uncatalogued gate,
 *     or a window that the plan keys no longer cover
 * @param symbols the symbols that it stops most, at most 3; null where the question is not about symbols
 */
public record GateCount(
        String gate,
        String family,
        GateKind kind,
        long count,
        double share,
        Long plans,
        @JsonInclude(JsonInclude.Include.NON_NULL) List<String> symbols) {

    /** {@code count / total} with 3 decimals; 0 of 0 is 0. */
    public static double share(long count, long total) {
        return total == 0 ? 0 : Math.round(1000.0 * count / total) / 1000.0;
    }
}
