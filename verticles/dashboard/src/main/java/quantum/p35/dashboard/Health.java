package quantum.p35.dashboard;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import quantum.p35.api.HealthReport.Level;
import quantum.p35.api.Verticles.Deployed;

/**
 * How the service is: the answer of {@code /health}.
 *
 * @param state the worst level of all components
 * @param ingest processed, pending, lag and behindSeconds, as far as ingest has told them
 * @param verticles null when the runtime does not answer
 */
record Health(
        Level state,
        String sentence,
        Instant asOf,
        Process process,
        Map<String, Object> ingest,
        List<Component> components,
        List<Deployed> verticles) {

    /**
     * @param instance empty when it is about the whole component
     * @param at when it was last heard of; null when never
     * @param node the process that it runs in; null when there is no cluster
     */
    record Component(
            String component,
            String instance,
            Level level,
            String sentence,
            Map<String, Object> figures,
            Instant at,
            @JsonInclude(JsonInclude.Include.NON_NULL) String node) {}

    /** @param residentBytes null where the system does not tell */
    record Process(String version, long uptimeSeconds, Long residentBytes, long heapBytes) {}

    /** Whether a reader would notice the difference; figures tick all the time. */
    boolean saysTheSameAs(Health other) {
        return other != null
                && sentence.equals(other.sentence)
                && components.stream()
                        .map(Health::news)
                        .toList()
                        .equals(other.components.stream().map(Health::news).toList());
    }

    private static List<Object> news(Component component) {
        return List.of(component.component, component.instance, component.level, component.sentence);
    }
}
