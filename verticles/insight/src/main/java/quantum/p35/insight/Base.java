package quantum.p35.insight;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Stream;
import quantum.p35.api.Gate;
import quantum.p35.api.GateCatalogue;
import quantum.p35.api.Outcome;
import quantum.p35.api.WindowName;

/**
 * The decisions that a verdict is about: those of a window without repeats.
 *
 * @param size how many
 * @param repeats how many were left out
 * @param execute decisions that became trades
 * @param unknown decisions whose verdict nobody could read
 * @param none decisions without a reported reason that did not execute
 * @param gates by count
 */
record Base(WindowName window, long size, long repeats, long execute, long unknown, long none, List<Cause> gates) {

    static Base of(WindowName window, Counts counts, GateCatalogue catalogue) {
        long repeats = 0;
        List<Cause> gates = new ArrayList<>();
        for (Map.Entry<String, Long> entry : counts.gatesByCount()) {
            Gate gate = catalogue.gate(entry.getKey());
            if (gate.repeat()) {
                repeats += entry.getValue();
            } else {
                gates.add(new Cause(
                        entry.getKey(), gate.family(), gate.kind(), entry.getValue(), List.of(entry.getKey())));
            }
        }
        long size = Math.max(0, counts.total() - repeats);
        long execute = Math.min(size, counts.of(Outcome.EXECUTE));
        return new Base(
                window,
                size,
                repeats,
                execute,
                Math.min(size - execute, counts.of(Outcome.UNKNOWN)),
                // an executed decision has no reason either
                Math.max(0, counts.none() - execute),
                List.copyOf(gates));
    }

    /** Decisions that did not become trades. */
    long stopped() {
        return size - execute;
    }

    long count(String gate) {
        return gates.stream()
                .filter(cause -> cause.code().equals(gate))
                .mapToLong(Cause::count)
                .sum();
    }

    /** Whether {@code count} is at least so many percent of the base; nothing is a share of nothing. */
    boolean holds(long count, int percent) {
        return size > 0 && count * 100 >= size * percent;
    }

    /**
     * The largest gate, or family, that holds at least so many percent; null when none does. A family is only a cause when
     * none of its own gates is one: the gate says more.
     */
    Cause largest(Predicate<Cause> which, int percent, GateCatalogue catalogue) {
        Stream<Cause> single = gates.stream().filter(which);
        Stream<Cause> families = families(catalogue).stream().filter(which).filter(family -> family.members().stream()
                .noneMatch(member -> holds(count(member), percent)));
        return Stream.concat(single, families)
                .filter(cause -> holds(cause.count(), percent))
                // the first of equals: a gate before its family
                .reduce((a, b) -> b.count() > a.count() ? b : a)
                .orElse(null);
    }

    /** The families of which more than one gate occurs. */
    private List<Cause> families(GateCatalogue catalogue) {
        Map<String, List<Cause>> byFamily = new LinkedHashMap<>();
        gates.forEach(gate -> byFamily.computeIfAbsent(gate.family(), family -> new ArrayList<>())
                .add(gate));
        byFamily.values().removeIf(members -> members.size() < 2);
        List<Cause> families = new ArrayList<>();
        byFamily.forEach((family, gates) -> families.add(new Cause(
                family + ":*",
                family,
                gates.getFirst().kind(),
                gates.stream().mapToLong(Cause::count).sum(),
                members(family, gates, catalogue))));
        return families;
    }

    /** What occurs now, and what the catalogue names: an earlier minute may hold other details. */
    private static List<String> members(String family, List<Cause> gates, GateCatalogue catalogue) {
        Set<String> codes = new LinkedHashSet<>();
        gates.forEach(gate -> codes.add(gate.code()));
        codes.add(family);
        catalogue.entry(family).ifPresent(entry -> entry.details().forEach(detail -> codes.add(family + ":" + detail)));
        return List.copyOf(codes);
    }
}
