package quantum.p35.dashboard;

import java.util.List;
import quantum.p35.api.HealthReport.Level;
import quantum.p35.api.Verticles.Deployed;

/** {@code ./p35 verticles}: how many instances of each run and should, and why fewer do. */
final class VerticlesText {

    private final Ink ink;

    VerticlesText(Ink ink) {
        this.ink = ink;
    }

    String print(List<Deployed> verticles) {
        Page page = new Page();
        page.line(ink.bold(Columns.left("VERTICLES", 22)) + ink.quiet("running  wanted"));
        verticles.forEach(verticle -> row(page, verticle));
        return page.print();
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
                verticle.name() + ": " + verticle.running() + " of " + verticle.wanted() + " instances run"
                        + (verticle.error() == null ? "." : ": " + verticle.error()),
                "",
                "");
    }
}
