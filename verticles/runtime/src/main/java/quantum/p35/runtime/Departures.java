package quantum.p35.runtime;

import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import quantum.p35.api.HealthBeat;
import quantum.p35.api.HealthReport.Level;

/**
 * Which nodes are gone, and whether that was meant: one that ends in order says so before. One that did not is told of
 * until it is back and ten minutes have passed: it may die again.
 */
final class Departures {

    private static final Duration TOLD = Duration.ofMinutes(10);
    private static final DateTimeFormatter CLOCK =
            DateTimeFormatter.ofPattern("HH:mm:ss").withZone(ZoneOffset.UTC);

    private final int expected;
    private final Set<String> leaving = new HashSet<>();
    private final Map<String, Instant> lost = new TreeMap<>();

    /** @param expected how many nodes the configuration names */
    Departures(int expected) {
        this.expected = expected;
    }

    void onGoodbye(String node) {
        leaving.add(node);
    }

    /** Whether nobody had expected it. */
    boolean onLeft(String node, Instant now) {
        if (leaving.remove(node)) {
            return false;
        }
        lost.put(node, now);
        return true;
    }

    /** @param names of the nodes that are there */
    HealthBeat.Condition condition(List<String> names, Instant now) {
        if (names.isEmpty()) {
            return new HealthBeat.Condition(
                    Level.DOWN, "this process is out of the cluster for good: restart it", Map.of("nodes", 0));
        }
        boolean lacking = names.size() < expected;
        lost.entrySet()
                .removeIf(one -> one.getValue().plus(TOLD).isBefore(now)
                        // when all are there it came back by another name
                        && (names.contains(one.getKey()) || !lacking));
        String of = lacking ? " of " + expected : "";
        String there = names.size() == 1 && !lacking
                ? "the only node"
                : names.size() + of + " nodes: " + String.join(", ", names);
        String gone = lost.entrySet().stream()
                .map(one -> "; " + one.getKey() + " left at " + CLOCK.format(one.getValue()) + " without saying goodbye"
                        + (names.contains(one.getKey()) ? ", and is back" : ""))
                .collect(Collectors.joining());
        return new HealthBeat.Condition(
                gone.isEmpty() && !lacking ? Level.UP : Level.DEGRADED, there + gone, Map.of("nodes", names.size()));
    }
}
