package quantum.p35.dashboard;

import java.util.Comparator;
import java.util.List;
import quantum.p35.api.Explain;
import quantum.p35.api.Explain.Explanation;
import quantum.p35.api.Explain.Status;

/** {@code ./p35 explain}: why each rule fires or not; without a gate, what does not hold is cut to the largest shares. */
final class ExplainText {

    private static final int CALM_ONES = 10;

    private static final Comparator<Explanation> MOST_TELLING_FIRST = Comparator.<Explanation>comparingInt(
                    explanation -> place(explanation.status()))
            .thenComparing(ExplainText::share, Comparator.reverseOrder());

    private final Ink ink;

    ExplainText(Ink ink) {
        this.ink = ink;
    }

    /** @param gate that was asked about; null for everything */
    String print(Explain.Answer answer, String gate) {
        String title = "EXPLAIN" + (gate == null ? "" : "  " + Columns.cut(gate, 50));
        Page page = Page.titled(title, ink.bold(title), Figures.clock(answer.asOf()) + " UTC", ink);
        if (answer.explanations().isEmpty()) {
            return page.line("No rule looked at " + (gate == null ? "anything yet." : "it: it has no decisions."))
                    .print();
        }
        List<Explanation> all =
                answer.explanations().stream().sorted(MOST_TELLING_FIRST).toList();
        long stirring = all.stream()
                .filter(explanation -> explanation.status() != Status.INACTIVE)
                .count();
        List<Explanation> shown = all.stream()
                .limit(gate == null ? stirring + CALM_ONES : all.size())
                .toList();
        shown.forEach(explanation -> explanation(page, explanation));
        if (shown.size() < all.size()) {
            page.line(ink.quiet("and " + Figures.count(all.size() - shown.size())
                    + " more that do not hold: ./p35 explain GATE tells of one"));
        }
        return page.print();
    }

    private void explanation(Page page, Explanation explanation) {
        String about = explanation.reason().equals(explanation.rule())
                ? explanation.rule()
                : explanation.reason() + "  " + explanation.rule();
        page.line(ink.of(explanation.status(), Columns.left(explanation.status().word(), 11))
                + Columns.left(about, 64)
                + Columns.right(
                        explanation.window() == null ? "" : explanation.window().code(), 5));
        page.wrapped(explanation.sentence(), " ".repeat(11), " ".repeat(11));
    }

    private static int place(Status status) {
        return switch (status) {
            case FIRING -> 0;
            case PENDING -> 1;
            case UNDECIDED -> 2;
            case INACTIVE -> 3;
        };
    }

    private static double share(Explanation explanation) {
        return explanation.share() == null ? 0 : explanation.share();
    }
}
