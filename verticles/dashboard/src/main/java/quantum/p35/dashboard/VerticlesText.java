package quantum.p35.dashboard;

import quantum.p35.api.HealthReport.Level;
import quantum.p35.api.Verticles;
import quantum.p35.api.Verticles.Deployed;

/** {@code ./p35 verticles}: how many instances of each run and should, and why fewer do. */
final class VerticlesText {

    private final Ink ink;

    VerticlesText(Ink ink) {
        this.ink = ink;
    }

    String print(Verticles.Answer answer) {
        Page page = new Page();
        page.line(ink.bold(Columns.left("VERTICLES", 22)) + ink.quiet("running  wanted"));
        if (answer.nodes().size() < 2) {
            answer.verticles().forEach(verticle -> row(page, verticle));
        } else {
            answer.nodes().forEach(node -> node(page, node, answer));
        }
        return page.print();
    }

    private void node(Page page, Verticles.Node node, Verticles.Answer answer) {
        page.line("");
        page.line(ink.bold(node.name()) + (node.name().equals(answer.node()) ? ink.quiet("  (here)") : ""));
        if (node.error() != null) {
            page.wrapped(HealthText.shape(Level.DOWN) + " " + node.error(), "", "  ");
        }
        answer.verticles().stream()
                .filter(verticle -> node.name().equals(verticle.node()))
                .forEach(verticle -> row(page, verticle));
    }

    private void row(Page page, Deployed verticle) {
        Level level = HealthBook.level(verticle);
        page.line(ink.of(level, HealthText.shape(level) + " " + Columns.left(verticle.name(), 20))
                + Columns.right(Figures.count(verticle.running()), 7)
                + Columns.right(Figures.count(verticle.wanted()), 8));
        if (verticle.error() != null) {
            page.wrapped(verticle.error(), "    ", "    ");
        }
    }

    /** After a command. */
    String changed(Deployed verticle) {
        return Columns.wrap(
                verticle.name() + (verticle.node() == null ? "" : " on " + verticle.node()) + ": " + verticle.running()
                        + " of " + verticle.wanted() + " instances run"
                        + (verticle.error() == null ? "." : ": " + verticle.error()),
                "",
                "");
    }
}
