package quantum.p35.dashboard;

import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import quantum.p35.api.GateCount;
import quantum.p35.api.Outcome;
import quantum.p35.api.Symbols;
import quantum.p35.api.Symbols.SymbolCount;

/** {@code ./p35 b}: a block for each symbol, its gates under it. */
final class SymbolsText {

    private static final int BAR = 16;

    private final Ink ink;

    SymbolsText(Ink ink) {
        this.ink = ink;
    }

    /** @param wanted symbols that were named; one that has no decision is said to have none */
    String print(Symbols.Answer answer, Collection<String> wanted, int most) {
        Page page = Page.titled("SYMBOLS", ink.bold("SYMBOLS"), Figures.window(answer.window()), ink)
                .unlessCurrent(answer.state(), ink);
        List<SymbolCount> shown = answer.symbols().stream().limit(most).toList();
        if (shown.isEmpty() && wanted.isEmpty()) {
            page.line("No symbol had a decision.");
        }
        shown.forEach(symbol -> block(page, symbol, answer.asOf()));
        Set<String> found = shown.stream().map(SymbolCount::symbol).collect(Collectors.toSet());
        wanted.stream()
                .filter(symbol -> !found.contains(symbol))
                .sorted()
                .forEach(symbol -> page.line(ink.bold(Columns.cut(symbol, 32)) + "  no decisions in this window"));
        int more = answer.symbols().size() - shown.size();
        if (more > 0) {
            page.line(ink.quiet("and " + Figures.count(more) + " more: name them, as ./p35 b "
                    + Columns.cut(answer.symbols().get(shown.size()).symbol(), 32)));
        }
        return page.print();
    }

    private void block(Page page, SymbolCount symbol, Instant now) {
        long executed = symbol.decisions().getOrDefault(Outcome.EXECUTE, 0L);
        double executeShare = symbol.total() == 0 ? 0 : (double) executed / symbol.total();
        String figures = Columns.right(Figures.count(symbol.total()), 9) + " decisions   EXECUTE "
                + Columns.right(Figures.percent(executeShare), 7) + "   SKIP "
                + Columns.right(Figures.percent(symbol.skipRate()), 7);
        page.line(ink.bold(Columns.left(symbol.symbol(), 18)) + figures);
        page.line("  "
                + (symbol.stuckSince() == null
                        ? ink.quiet("last EXECUTE " + last(symbol, now))
                        : ink.alarm("stuck since " + Figures.near(symbol.stuckSince(), now, "") + " ("
                                + Durations.words(Duration.between(symbol.stuckSince(), now)) + ")")));
        symbol.gates().forEach(gate -> page.line(gate(gate)));
        page.line("");
    }

    /** Not known where it is not kept: of {@code other}, which is many, and of those past the bound of what is kept. */
    private static String last(SymbolCount symbol, Instant now) {
        if (symbol.lastExecute() != null) {
            return Figures.near(symbol.lastExecute(), now, "");
        }
        boolean executed = symbol.decisions().getOrDefault(Outcome.EXECUTE, 0L) > 0;
        return executed || symbol.symbol().equals(Symbols.OTHER) ? "not known" : "never";
    }

    private String gate(GateCount gate) {
        return "  " + Columns.left(gate.gate(), 42) + Columns.right(Figures.count(gate.count()), 8)
                + Columns.right(Figures.percent(gate.share()), 9) + "  "
                + ink.of(gate.kind(), Figures.bar(gate.share(), BAR));
    }
}
