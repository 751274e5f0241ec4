package quantum.p35.dashboard;

import java.util.List;
import quantum.p35.api.GateCount;
import quantum.p35.api.Gates;

/** {@code ./p35 c}: the gates' shares, with a warning over 40 %. */
final class GatesText {

    private final Ink ink;

    GatesText(Ink ink) {
        this.ink = ink;
    }

    String print(Gates.Answer answer) {
        String title = "GATES" + (answer.symbol() == null ? "" : "  " + Columns.cut(answer.symbol(), 40));
        Page page = Page.titled(title, ink.bold(title), Figures.window(answer.window()), ink)
                .unlessCurrent(answer.state(), ink);
        if (answer.gates().isEmpty()) {
            return page.line(Figures.count(answer.total()) + " decisions, and no gate stopped one.")
                    .print();
        }
        new GateTable(ink).print(page, Figures.count(answer.total()) + " decisions", answer.gates());
        List<GateCount> warnings =
                answer.gates().stream().filter(GateTable::warns).toList();
        if (!warnings.isEmpty()) {
            page.line("");
        }
        warnings.forEach(gate -> page.line(ink.alarm("WARNING  " + Columns.cut(gate.gate(), 44) + " holds "
                + Figures.percent(gate.share()) + ", over 40 %")));
        return page.print();
    }
}
