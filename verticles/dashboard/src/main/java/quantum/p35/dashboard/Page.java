package quantum.p35.dashboard;

import quantum.p35.api.State;

/** A text answer in the making: lines without trailing spaces, a title with something at its right end. */
final class Page {

    private final StringBuilder text = new StringBuilder();

    /** The title at the left, what it is about at the right end of the line. */
    static Page titled(String title, String painted, String aside, Ink ink) {
        Page page = new Page();
        int gap = Math.max(2, Columns.WIDTH - Columns.width(title) - Columns.width(aside));
        return page.line(painted + " ".repeat(gap) + ink.quiet(aside)).line("");
    }

    Page line(String line) {
        text.append(line.stripTrailing()).append('\n');
        return this;
    }

    Page wrapped(String paragraph, String first, String others) {
        text.append(Columns.wrap(paragraph, first, others));
        return this;
    }

    /** A warning when the figures are not about now. */
    Page unlessCurrent(State state, Ink ink) {
        if (!state.current()) {
            line(ink.of(state, state.name()) + ": these figures are not about now; ./p35 a says why")
                    .line("");
        }
        return this;
    }

    String print() {
        return text.toString();
    }
}
