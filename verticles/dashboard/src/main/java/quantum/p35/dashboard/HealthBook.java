package quantum.p35.dashboard;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;
import quantum.p35.api.HealthReport;
import quantum.p35.api.HealthReport.Level;
import quantum.p35.api.Verticles;
import quantum.p35.api.Verticles.Deployed;
import quantum.p35.dashboard.Health.Component;

/**
 * What every instance last said about itself, and what its silence means.
 *
 * <p>An instance that ends in order says so and is forgotten. Others report every 5 s; one that is silent for 15 s is DOWN,
 * unless the runtime runs no more instances than are heard: then it was undeployed and is forgotten. After 10 minutes of
 * silence everything is forgotten, and at once what ran on a node that left the cluster: the runtimes of the others tell
 * how it left.
 */
final class HealthBook {

    static final Duration SILENT = Duration.ofSeconds(15);
    static final Duration FORGOTTEN = Duration.ofMinutes(10);

    private static final String REDIS = "redis";
    private static final String INSIGHT = "insight";
    private static final List<String> FIGURES = List.of("processed", "pending", "lag", "behindSeconds");
    /** Down the stream of data; what is not listed comes after it. */
    private static final List<String> ORDER =
            List.of("runtime", REDIS, "ingest", "aggregate", INSIGHT, "drift", "discord", "dashboard");

    private record Name(String component, String instance, String node) {}

    private record Place(String component, String node) {}

    private record Heard(HealthReport report, Instant at) {}

    private final Map<Name, Heard> book = new HashMap<>();

    /** Null: there is no cluster. */
    private final Set<String> redisAnsweredOn = new HashSet<>();

    /** @param now when it arrived: clocks of other processes are not to be trusted */
    void take(HealthReport report, Instant now) {
        Name name = new Name(report.component(), report.instance(), report.node());
        if (report.last()) {
            book.remove(name);
            return;
        }
        book.put(name, new Heard(report, now));
        if (report.component().equals(REDIS) && report.level() == Level.UP) {
            redisAnsweredOn.add(report.node());
        }
    }

    /** @param answer of all nodes; null when the runtime does not answer */
    Health health(Verticles.Answer answer, Health.Process process, Instant now) {
        forget(answer, now);
        List<Component> components = new ArrayList<>();
        book.values().forEach(heard -> components.add(component(heard, now)));
        if (answer == null) {
            components.add(new Component(
                    "runtime", "", Level.DEGRADED, "does not say which verticles should run", Map.of(), null, null));
        } else {
            answer.verticles().stream()
                    .filter(HealthBook::lacking)
                    .map(HealthBook::missing)
                    .forEach(components::add);
            answer.nodes().stream()
                    .filter(node -> node.error() != null)
                    .map(HealthBook::silentNode)
                    .forEach(components::add);
        }
        components.sort(Comparator.comparingInt(HealthBook::place)
                .thenComparing(Component::component)
                .thenComparing(Component::node, Comparator.nullsFirst(Comparator.naturalOrder()))
                .thenComparing(Component::instance));
        Level worst = components.stream()
                .map(Component::level)
                .max(Comparator.naturalOrder())
                .orElse(Level.DOWN);
        return new Health(
                worst,
                sentence(components),
                now,
                process,
                ingest(now),
                components,
                answer == null ? null : answer.verticles());
    }

    /**
     * What keeps this process from being ready, a sentence each; empty when it is.
     *
     * @param answer of this process
     */
    List<String> notReady(Verticles.Answer answer) {
        if (answer == null) {
            return List.of("the runtime does not say which verticles run");
        }
        List<String> missing = answer.verticles().stream()
                // other people's verticles are shown, and decide nothing for those who ask ours
                .filter(verticle -> ORDER.contains(verticle.name()))
                .filter(verticle -> verticle.running() < verticle.wanted())
                .map(verticle -> verticle.name() + ": " + lack(verticle))
                .collect(Collectors.toCollection(ArrayList::new));
        // insight reports of Redis: a process without one has to believe the others
        boolean asks = answer.verticles().stream()
                .anyMatch(verticle -> verticle.name().equals(INSIGHT) && verticle.wanted() > 0);
        if (asks ? !redisAnsweredOn.contains(answer.node()) : redisAnsweredOn.isEmpty()) {
            missing.add("Redis has not answered since the start"
                    + book.values().stream()
                            .map(Heard::report)
                            .filter(report -> report.component().equals(REDIS)
                                    && (!asks || Objects.equals(report.node(), answer.node())))
                            .map(report -> ": " + report.sentence())
                            .findFirst()
                            .orElse(""));
        }
        return missing;
    }

    private void forget(Verticles.Answer answer, Instant now) {
        if (answer != null && !answer.nodes().isEmpty()) {
            Set<String> nodes =
                    answer.nodes().stream().map(Verticles.Node::name).collect(Collectors.toSet());
            book.keySet().removeIf(name -> name.node != null && !nodes.contains(name.node));
        }
        Map<Place, Long> live = book.values().stream()
                .filter(heard -> !silent(heard, now))
                .collect(Collectors.groupingBy(heard -> where(heard.report), Collectors.counting()));
        book.values()
                .removeIf(heard -> silent(heard, now)
                        && (heard.at.plus(FORGOTTEN).isBefore(now) || undeployed(heard, answer, live)));
    }

    private static boolean undeployed(Heard heard, Verticles.Answer answer, Map<Place, Long> live) {
        Place place = where(heard.report);
        if (answer == null
                || place.component.equals(REDIS)
                || silentNodes(answer).contains(heard.report.node())) {
            return false;
        }
        int running = answer.verticles().stream()
                .filter(verticle -> place.equals(new Place(verticle.name(), verticle.node())))
                .mapToInt(Deployed::running)
                .sum();
        return live.getOrDefault(place, 0L) >= running;
    }

    private static Place where(HealthReport report) {
        return new Place(report.component(), report.node());
    }

    /** Nobody knows what runs there. */
    private static List<String> silentNodes(Verticles.Answer answer) {
        return answer.nodes().stream()
                .filter(node -> node.error() != null)
                .map(Verticles.Node::name)
                .toList();
    }

    private static boolean silent(Heard heard, Instant now) {
        return heard.at.plus(SILENT).isBefore(now);
    }

    private static Component component(Heard heard, Instant now) {
        HealthReport report = heard.report;
        return new Component(
                report.component(),
                report.instance(),
                level(heard, now),
                on(report.node())
                        + (silent(heard, now)
                                ? "has not reported since " + Figures.clock(heard.at) + "; then: " + report.sentence()
                                : report.sentence()),
                report.figures(),
                heard.at,
                report.node());
    }

    private static Level level(Heard heard, Instant now) {
        return silent(heard, now) ? Level.DOWN : heard.report.level();
    }

    private static boolean lacking(Deployed verticle) {
        return verticle.running() < verticle.wanted() || verticle.error() != null;
    }

    private static String lack(Deployed verticle) {
        return verticle.running() + " of " + verticle.wanted() + " instances run"
                + (verticle.error() == null ? "" : ": " + verticle.error());
    }

    private static Component missing(Deployed verticle) {
        return new Component(
                verticle.name(),
                "",
                level(verticle),
                on(verticle.node()) + lack(verticle),
                Map.of(),
                null,
                verticle.node());
    }

    private static Component silentNode(Verticles.Node node) {
        return new Component(
                "runtime",
                "",
                node.passing() ? Level.DEGRADED : Level.DOWN,
                on(node.name()) + node.error(),
                Map.of(),
                null,
                node.name());
    }

    /** What stands before a sentence about one of several processes. */
    private static String on(String node) {
        return node == null ? "" : node + ": ";
    }

    static Level level(Deployed verticle) {
        if (!lacking(verticle)) {
            return Level.UP;
        }
        return verticle.running() == 0 ? Level.DOWN : Level.DEGRADED;
    }

    private static int place(Component component) {
        int place = ORDER.indexOf(component.component());
        return place < 0 ? ORDER.size() : place;
    }

    private static String sentence(List<Component> components) {
        List<String> troubled = components.stream()
                .filter(component -> component.level() != Level.UP)
                .sorted(Comparator.comparing(Component::level).reversed())
                .map(component -> component.component() + " is " + component.level())
                .distinct()
                .toList();
        if (components.isEmpty()) {
            return "Nothing has reported yet.";
        }
        return troubled.isEmpty() ? "Everything is up." : String.join(", ", troubled) + ".";
    }

    /**
     * The group's figures are the same for all instances: those of one that can look at it, else the newest that were
     * told.
     */
    private Map<String, Object> ingest(Instant now) {
        Map<String, Object> figures = new LinkedHashMap<>();
        book.values().stream()
                .filter(heard -> heard.report.component().equals("ingest"))
                .max(Comparator.comparing(HealthBook::figuresTold)
                        .thenComparing(heard -> level(heard, now), Comparator.reverseOrder())
                        .thenComparing(Heard::at))
                .ifPresent(best -> FIGURES.stream()
                        .filter(best.report.figures()::containsKey)
                        .forEach(name -> figures.put(name, best.report.figures().get(name))));
        return Collections.unmodifiableMap(figures);
    }

    private static long figuresTold(Heard heard) {
        return FIGURES.stream().filter(heard.report.figures()::containsKey).count();
    }
}
