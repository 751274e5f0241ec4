package quantum.p35.api;

import io.vertx.codegen.annotations.Nullable;
import java.time.Instant;
import java.util.List;
import java.util.Set;

/**
 * One entry of the stream, normalised: what is counted.
 *
 * @param entryId id in the stream, {@code <ms>-<seq>}
 * @param time event time; the minute that it falls in is the bucket that counts it
 * @param gate never null; {@link Gate#NONE} when no reason was reported
 * @param symbol null when absent
 * @param planId null when absent
 * @param unknownTexts raw verdicts that stayed UNKNOWN and raw reasons that ended uncatalogued, each at most
 *     {@value #MAX_UNKNOWN_TEXT} characters; mostly empty
 */
public record Decision(
        String entryId,
        Instant time,
        Outcome outcome,
        Gate gate,
        @Nullable String symbol,
        @Nullable String planId,
        Set<Finding> findings,
        List<String> unknownTexts) {

    public static final int MAX_UNKNOWN_TEXT = 120;

    public Decision {
        findings = Set.copyOf(findings);
        unknownTexts = List.copyOf(unknownTexts);
    }
}
