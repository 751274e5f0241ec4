package quantum.p35.dashboard;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import quantum.p35.api.Outcome;
import quantum.p35.api.State;
import quantum.p35.api.Why;

/** {@code ./p35 a}: the answer first, then the evidence, then what to do. */
final class WhyText {

    private static final int BAR = 28;

    private final Ink ink;

    WhyText(Ink ink) {
        this.ink = ink;
    }

    String print(Why.Answer why) {
        String state = why.state().name();
        Page page = Page.titled(state, ink.of(why.state(), state), Figures.window(why.window()), ink);
        page.wrapped(why.sentence(), "", "");
        if (!unread(why)) {
            page.line("");
            decisions(page, why);
        }
        if (!why.gates().isEmpty()) {
            page.line("");
            new GateTable(ink).print(page, "Reasons", why.gates());
        }
        if (why.none() > 0) {
            page.line(ink.quiet("  " + Figures.count(why.none()) + " without a reported reason"));
        }
        list(page, "Do this", why.actions());
        list(page, "Note", why.findings());
        return page.print();
    }

    /** Whether its zeros are those of a service that has not read Redis yet. */
    private static boolean unread(Why.Answer why) {
        return why.state() == State.REDIS_DOWN && why.window().total() == 0 && why.lastExecute() == null;
    }

    private void decisions(Page page, Why.Answer why) {
        long total = why.window().total();
        page.line(ink.bold("Decisions") + ink.quiet("  " + Figures.count(total)));
        for (Outcome outcome : Outcome.values()) {
            long count = why.decisions().getOrDefault(outcome, 0L);
            double share = total == 0 ? 0 : (double) count / total;
            page.line("  " + ink.of(outcome, Columns.left(outcome.name(), 9))
                    + Columns.right(Figures.count(count), 10)
                    + Columns.right(Figures.percent(share), 9) + "  "
                    + ink.of(outcome, Columns.left(Figures.bar(share, BAR), BAR))
                    + ink.quiet("  " + healthy(outcome)));
        }
        page.line(ink.quiet("  skip rate " + Figures.percent(why.skipRate()) + ", last EXECUTE "
                + lastExecute(why.lastExecute(), why.asOf())));
    }

    /** The operators' own baseline. */
    private static String healthy(Outcome outcome) {
        return switch (outcome) {
            case EXECUTE, SKIP -> "healthy 30–50 %";
            case BLOCKED -> "healthy 10–20 %";
            case ERROR, UNKNOWN -> "healthy under 5 %";
        };
    }

    private static String lastExecute(Instant time, Instant now) {
        return time == null
                ? "never"
                : Figures.near(time, now, "") + " (" + Durations.words(Duration.between(time, now)) + " ago)";
    }

    private void list(Page page, String title, List<String> lines) {
        if (lines.isEmpty()) {
            return;
        }
        page.line("").line(ink.bold(title));
        lines.forEach(line -> page.wrapped(line, "  • ", "    "));
    }
}
