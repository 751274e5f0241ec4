package quantum.p35.api;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.vertx.codegen.annotations.Nullable;
import java.time.Instant;
import java.util.Map;

/**
 * Would the next operation of this instance succeed, and if not, why? Published every 5 s, on change, and when it ends.
 *
 * @param component the module's word: {@code ingest}, {@code aggregate} …; {@code redis} for the server itself
 * @param instance tells several instances of one component apart
 * @param sentence for a person
 * @param figures numbers and words by name, ready for JSON
 * @param node the process that it runs in; null when there is no cluster
 * @param last whether it ended in order: it is not there any more, and not to be missed
 */
public record HealthReport(
        String component,
        String instance,
        Level level,
        String sentence,
        Map<String, Object> figures,
        Instant at,
        @Nullable String node,
        @JsonInclude(JsonInclude.Include.NON_DEFAULT) boolean last) {

    public HealthReport {
        figures = Map.copyOf(figures);
    }

    public HealthReport(
            String component,
            String instance,
            Level level,
            String sentence,
            Map<String, Object> figures,
            Instant at,
            String node) {
        this(component, instance, level, sentence, figures, at, node, false);
    }

    public HealthReport(
            String component, String instance, Level level, String sentence, Map<String, Object> figures, Instant at) {
        this(component, instance, level, sentence, figures, at, null);
    }

    public enum Level {
        UP,
        DEGRADED,
        DOWN
    }
}
