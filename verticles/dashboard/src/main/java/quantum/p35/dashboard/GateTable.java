package quantum.p35.dashboard;

import java.util.List;
import quantum.p35.api.GateCount;

/** Gates, a line each: name, count, share, distinct plans, bar; the alarming ones over 40 % are marked. */
final class GateTable {

    /** The operators' warning line. */
    static final double WARNING = 0.40;

    private static final int NAME = 40;
    private static final int BAR = 14;

    private final Ink ink;

    GateTable(Ink ink) {
        this.ink = ink;
    }

    void print(Page page, String title, List<GateCount> gates) {
        page.line(ink.bold(Columns.left(title, NAME + 2))
                + ink.quiet(Columns.right("count", 9) + Columns.right("share", 9) + Columns.right("plans", 7)));
        gates.forEach(gate -> page.line(row(gate)));
    }

    private String row(GateCount gate) {
        String name = Columns.left(gate.gate(), NAME);
        return (warns(gate) ? ink.alarm("! " + name) : "  " + name)
                + Columns.right(Figures.count(gate.count()), 9)
                + Columns.right(Figures.percent(gate.share()), 9)
                + Columns.right(gate.plans() == null ? "–" : Figures.count(gate.plans()), 7)
                + " " + ink.of(gate.kind(), Figures.bar(gate.share(), BAR - 2));
    }

    static boolean warns(GateCount gate) {
        return gate.share() > WARNING && gate.kind().alarming();
    }
}
