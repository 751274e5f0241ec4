package quantum.p35.api;

import io.vertx.codegen.annotations.Nullable;
import java.time.Instant;

/**
 * Nobody is to be told of these alerts for a while. A value of {@link Keys#silences()}.
 *
 * @param gate gate code, family, or the name of a rule
 * @param symbol only alerts that concern nothing but this symbol; null for all
 * @param note why; may be empty, never null
 */
public record Silence(
        String id, String gate, @Nullable String symbol, Instant from, Instant until, String by, String note) {}
