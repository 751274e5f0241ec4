package quantum.p35.dashboard;

import quantum.p35.api.Recent;

/** The newest decisions, a line each. */
final class DecisionsText {

    private final Ink ink;

    DecisionsText(Ink ink) {
        this.ink = ink;
    }

    String print(Recent.Answer recent) {
        String aside = "of the newest " + Figures.count(recent.scanned()) + " entries"
                + (recent.complete() ? "" : "; older ones were not looked at");
        Page page = Page.titled("DECISIONS", ink.bold("DECISIONS"), aside, ink);
        if (recent.decisions().isEmpty()) {
            page.line("None matches.");
        }
        recent.decisions().forEach(entry -> page.line(row(entry)));
        return page.print();
    }

    private String row(Recent.Entry entry) {
        return Figures.clock(entry.time()) + " "
                + ink.of(entry.outcome(), Columns.left(entry.outcome().name(), 7)) + " "
                + Columns.left(entry.symbol() == null ? "–" : entry.symbol(), 13) + " "
                + Columns.left(entry.gate(), 32) + " "
                + ink.quiet(Columns.cut(entry.planId() == null ? "–" : entry.planId(), 16));
    }
}
