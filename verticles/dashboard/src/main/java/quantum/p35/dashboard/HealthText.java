package quantum.p35.dashboard;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import quantum.p35.api.HealthReport.Level;

/** {@code ./p35 e}: how the service is, a line for each instance. */
final class HealthText {

    private static final String INDENT = " ".repeat(22);

    private final Ink ink;

    HealthText(Ink ink) {
        this.ink = ink;
    }

    String print(Health health) {
        String state = "HEALTH  " + health.state();
        Health.Process process = health.process();
        String aside = "version " + process.version() + ", up "
                + Durations.words(Duration.ofSeconds(process.uptimeSeconds())) + memory(process);
        Page page = Page.titled(state, ink.of(health.state(), state), aside, ink);
        page.wrapped(health.sentence(), "", "").line("");
        page.line("  processed " + figure(health.ingest(), "processed") + "   pending "
                + figure(health.ingest(), "pending") + "   lag " + figure(health.ingest(), "lag") + "   behind "
                + figure(health.ingest(), "behindSeconds") + " s" + ofWhom(health));
        page.line("");
        health.components().forEach(component -> component(page, component));
        return page.print();
    }

    /** When ingest is down its figures are those of before. One that begins beside others that read changes nothing. */
    private static String ofWhom(Health health) {
        List<Level> levels = health.components().stream()
                .filter(one -> one.component().equals("ingest"))
                .map(Health.Component::level)
                .toList();
        if (levels.isEmpty()) {
            return "   (no ingest tells)";
        }
        return levels.stream().allMatch(Level.DOWN::equals) ? "   (as last known)" : "";
    }

    private void component(Page page, Health.Component component) {
        String level = component.level().name();
        String first = shape(component.level()) + " " + Columns.left(component.component(), 10) + " "
                + Columns.left(level, 8) + " ";
        String lines = Columns.wrap(component.sentence(), first, INDENT);
        page.line(ink.of(component.level(), first)
                + lines.substring(first.length()).stripTrailing());
    }

    /** The level is not told by colour alone. */
    static String shape(Level level) {
        return switch (level) {
            case UP -> "●";
            case DEGRADED -> "▲";
            case DOWN -> "✖";
        };
    }

    private static String figure(Map<String, Object> figures, String name) {
        Object value = figures.get(name);
        return switch (value) {
            case null -> "?";
            case Integer count -> Figures.count(count);
            case Long count -> Figures.count(count);
            default -> Columns.cut(value.toString(), 20);
        };
    }

    private static String memory(Health.Process process) {
        return process.residentBytes() == null ? "" : ", " + process.residentBytes() / (1 << 20) + " MB";
    }
}
