package quantum.p35.api;

import io.vertx.codegen.annotations.Nullable;
import java.time.Instant;
import java.util.List;

/** What is nobody told of, and until when? */
public final class Silences {

    private Silences() {}

    public record Question() {}

    /** @param silences not yet over, the first to end first */
    public record Answer(List<Silence> silences) {}

    /** Answered by the {@link Silence}. @param symbol null for all @param note why; null is an empty one */
    public record Add(
            String gate,
            @Nullable String symbol,
            Instant until,
            String by,
            @Nullable String note) {}

    /** Answered by the {@link Silence} that was; NOT_FOUND when it is over already. */
    public record Remove(String id) {}
}
