package quantum.p35.dashboard;

import java.util.Map;
import quantum.p35.api.Outcome;
import quantum.p35.api.Timeline;
import quantum.p35.api.Timeline.Point;

/** The timeline, a line a step: counts by outcome, the share of EXECUTE as a bar, the largest gate. */
final class TimelineText {

    private static final int BAR = 10;

    private final Ink ink;

    TimelineText(Ink ink) {
        this.ink = ink;
    }

    String print(Timeline.Answer timeline) {
        String aside = Figures.day(timeline.from()) + " – " + Figures.day(timeline.to()) + " UTC by "
                + Durations.print(timeline.step());
        Page page = Page.titled("TIMELINE", ink.bold("TIMELINE"), aside, ink);
        page.line(ink.quiet("             EXECUTE   SKIP  BLOCKED  ERROR  UNKNOWN  traded     largest gate"));
        timeline.points().forEach(point -> page.line(row(point)));
        return page.print();
    }

    private String row(Point point) {
        Map<Outcome, Long> decisions = point.decisions();
        long total = decisions.values().stream().mapToLong(Long::longValue).sum();
        double traded = total == 0 ? 0 : (double) decisions.getOrDefault(Outcome.EXECUTE, 0L) / total;
        return Figures.day(point.at()) + "  "
                + cell(decisions, Outcome.EXECUTE, 7)
                + cell(decisions, Outcome.SKIP, 7)
                + cell(decisions, Outcome.BLOCKED, 9)
                + cell(decisions, Outcome.ERROR, 7)
                + cell(decisions, Outcome.UNKNOWN, 9)
                + "  " + ink.of(Outcome.EXECUTE, Columns.left(Figures.bar(traded, BAR), BAR)) + " "
                + largest(point.gates());
    }

    private String cell(Map<Outcome, Long> decisions, Outcome outcome, int width) {
        long count = decisions.getOrDefault(outcome, 0L);
        String cell = Columns.right(count == 0 ? "·" : Figures.count(count), width);
        return count == 0 ? ink.quiet(cell) : ink.of(outcome, cell);
    }

    private static String largest(Map<String, Long> gates) {
        return gates.entrySet().stream()
                .filter(gate -> gate.getValue() > 0)
                .max(Map.Entry.<String, Long>comparingByValue().thenComparing(Map.Entry.comparingByKey()))
                .map(gate -> Columns.cut(gate.getKey(), 15))
                .orElse("");
    }
}
