package quantum.p35.api;

import io.vertx.codegen.annotations.Nullable;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** The newest raw entries that match, with their normalised form. */
public final class Recent {

    private Recent() {}

    /** Null means any. @param limit 1 to 500 */
    public record Question(
            @Nullable String symbol,
            @Nullable String gate,
            @Nullable Outcome outcome,
            int limit) {}

    /**
     * @param scanned how many of the newest entries were looked at
     * @param complete false when older entries exist that were not looked at
     */
    public record Answer(Instant asOf, int scanned, boolean complete, List<Entry> decisions) {}

    /** @param fields the entry as it stands in the stream, each value cut to 2 000 characters */
    public record Entry(
            String id,
            Instant time,
            Outcome outcome,
            String gate,
            @Nullable String symbol,
            @Nullable String planId,
            Set<Finding> findings,
            Map<String, String> fields) {}
}
