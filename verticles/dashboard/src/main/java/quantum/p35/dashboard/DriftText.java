package quantum.p35.dashboard;

import quantum.p35.api.Drift;

/** {@code ./p35 d}: which gates hold more than they should, and the first thing to do about each. */
final class DriftText {

    private final Ink ink;

    DriftText(Ink ink) {
        this.ink = ink;
    }

    String print(Drift.Answer drift) {
        Page page = Page.titled("DRIFT", ink.bold("DRIFT"), Figures.window(drift.window()), ink);
        String over = Figures.number(drift.threshold()) + " %";
        if (!drift.state().current()) {
            page.line("Cannot tell: the state is "
                    + ink.of(drift.state(), drift.state().name()) + "; ./p35 a says why.");
        } else if (drift.breaches().isEmpty()) {
            page.line("No drift: of " + Figures.count(drift.window().total())
                    + " decisions no blocking, error or quality gate holds " + over + ".");
        } else {
            int count = drift.breaches().size();
            page.line(ink.alarm(count + (count == 1 ? " gate holds " : " gates hold ") + over + " or more."));
        }
        drift.breaches().forEach(breach -> print(page, breach));
        return page.print();
    }

    private void print(Page page, Drift.Breach breach) {
        page.line("");
        page.line("  " + ink.of(breach.severity(), Columns.left(breach.gate(), 42))
                + Columns.right(Figures.percent(breach.share()), 8)
                + Columns.right(Figures.count(breach.count()) + " of " + Figures.count(breach.total()), 18)
                + "  "
                + ink.of(
                        breach.severity(),
                        breach.severity() == null ? "" : breach.severity().name()));
        if (breach.action() != null) {
            page.wrapped(breach.action(), "    → ", "      ");
        }
    }
}
