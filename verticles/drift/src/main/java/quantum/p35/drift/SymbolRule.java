package quantum.p35.drift;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.function.Predicate;
import quantum.p35.api.Alert;
import quantum.p35.api.GateCatalogue;
import quantum.p35.api.GateCount;
import quantum.p35.api.Outcome;
import quantum.p35.api.Symbols;
import quantum.p35.api.WindowName;

/**
 * {@code symbol_stuck}: symbols that get decisions for 15 minutes and never an EXECUTE, mostly because gates of kind blocking
 * or error stop them. One incident that lists its symbols.
 *
 * <p>Many symbols are looked at and each has few decisions, so chance alone would show one now and then. A symbol counts
 * only when its decisions hold at least as many fresh ones as any rule needs, repeats of the symbol's last gate left out, and
 * when it is sure that at least half of them were stopped.
 *
 * <p>It is over when none of the symbols that the alert names is without an EXECUTE and mostly stopped by the plain figures.
 * That is less than what it takes to fire, so it does not flap; and among hundreds of symbols some other one nearly always
 * is, so these are not asked.
 */
final class SymbolRule {

    private static final String RULE = AlertRules.SYMBOL_STUCK;
    private static final WindowName WINDOW = WindowName.FIFTEEN_MINUTES;
    private static final double MOSTLY = 0.5;
    private static final int NAMED = 5;

    private final Sight sight;
    private final GateCatalogue catalogue;

    SymbolRule(Sight sight, GateCatalogue catalogue) {
        this.sight = sight;
        this.catalogue = catalogue;
    }

    /**
     * @param told reasons of gates and families that alert, or did so lately: symbols that are stopped by them are explained
     * @param cause why the rule may not fire at all; null when it may
     * @param silence why there are no figures to judge, told by an alert of its own; null when there are
     */
    Evaluation evaluation(Set<String> told, String cause, String silence) {
        Base base = sight.base(WINDOW);
        if (sight.blind() != null) {
            return holds(sight.blind());
        }
        if (base.size() == 0) {
            String none = "no decisions in the last " + WINDOW.words();
            return sight.ofNothing(base) == Verdict.HOLDS ? holds(none) : said(Verdict.CLEAR, List.of(), none);
        }
        if (silence != null) {
            return holds(silence);
        }
        if (sight.before().size() == 0) {
            return holds("decisions are not yet older than " + WINDOW.words());
        }
        if (sight.look().symbols() == null) {
            return holds("no figures by symbol: does insight run?");
        }
        List<Stuck> suspects = sight.look().symbols().stream()
                .map(this::of)
                .filter(this::suspect)
                .toList();
        List<Stuck> sure = suspects.stream().filter(this::sure).toList();
        List<Stuck> unexplained =
                sure.stream().filter(symbol -> !told.contains(symbol.gate)).toList();
        if (!unexplained.isEmpty() && cause == null) {
            return said(Verdict.FIRES, unexplained, stuck(unexplained));
        }
        if (suspects.isEmpty()) {
            return said(Verdict.CLEAR, List.of(), "no symbol without an EXECUTE is mostly stopped");
        }
        if (sight.look().firing(RULE) && suspects.stream().noneMatch(this::named)) {
            return said(
                    Verdict.CLEAR,
                    List.of(),
                    "none of the symbols that it names is still without an EXECUTE and stopped");
        }
        if (sure.isEmpty()) {
            Stuck first = suspects.getFirst();
            return holds(
                    "%s has no EXECUTE, but its %s say no more than %.0f fresh ones, %d needed, of which %s were stopped"
                            .formatted(
                                    first.symbol,
                                    Words.count(first.size, "decision"),
                                    sight.confidence().drawn(first.size),
                                    needed(),
                                    Words.atLeast(stopped(first))));
        }
        return holds(
                unexplained.isEmpty()
                        ? "held back, alerts about gates explain " + names(sure)
                        : "held back, " + cause + "; " + stuck(unexplained));
    }

    /** Whether the alert that fires names it. */
    private boolean named(Stuck suspect) {
        return sight.look().alerts().get(RULE).symbols().stream()
                .anyMatch(symbol -> symbol.symbol().equals(suspect.symbol));
    }

    private static String stuck(List<Stuck> symbols) {
        return names(symbols) + ": no EXECUTE in the last " + WINDOW.words() + ", "
                + Words.number(symbols.stream().mapToLong(Stuck::stopped).sum())
                + " of "
                + Words.count(symbols.stream().mapToLong(Stuck::size).sum(), "decision")
                + " stopped by gates";
    }

    /**
     * @param size its decisions without repeats
     * @param gate that stops it most; null when none does
     */
    private record Stuck(String symbol, long size, long executed, long stopped, String gate) {}

    private Stuck of(Symbols.SymbolCount symbol) {
        Predicate<GateCount> repeat = gate -> catalogue.gate(gate.gate()).repeat();
        long repeats = symbol.gates().stream()
                .filter(repeat)
                .mapToLong(GateCount::count)
                .sum();
        String gate = symbol.gates().stream()
                .filter(repeat.negate())
                .filter(candidate -> catalogue.gate(candidate.gate()).kind().alarming())
                .map(GateCount::gate)
                .findFirst()
                .orElse(null);
        return new Stuck(
                symbol.symbol(),
                symbol.total() - repeats,
                symbol.decisions().getOrDefault(Outcome.EXECUTE, 0L),
                symbol.stopped(),
                gate);
    }

    /** By the plain figures. */
    private boolean suspect(Stuck symbol) {
        return symbol.executed == 0 && symbol.size >= needed() && symbol.stopped >= MOSTLY * symbol.size;
    }

    private boolean sure(Stuck symbol) {
        return sight.confidence().drawn(symbol.size) >= needed() && stopped(symbol) >= MOSTLY;
    }

    /** The share that gates stopped at least. */
    private double stopped(Stuck symbol) {
        return sight.surely()
                .of(Math.min(symbol.stopped, symbol.size), symbol.size)
                .low();
    }

    private int needed() {
        return sight.rules().evidence().decisions();
    }

    private static String names(List<Stuck> symbols) {
        List<String> names =
                new ArrayList<>(symbols.stream().limit(NAMED).map(Stuck::symbol).toList());
        if (symbols.size() > NAMED) {
            names.add(Words.number(symbols.size() - NAMED) + " more");
        }
        return String.join(", ", names);
    }

    /** Without figures and symbols: those of an alert that fires stay. */
    private Evaluation holds(String because) {
        return new Evaluation(RULE, RULE, WINDOW, Verdict.HOLDS, null, Figures.none(), because, List.of());
    }

    private Evaluation said(Verdict verdict, List<Stuck> symbols, String because) {
        // what this rule counts is symbols
        long all = sight.look().symbols() == null ? 0 : sight.look().symbols().size();
        return new Evaluation(
                RULE,
                RULE,
                WINDOW,
                verdict,
                verdict == Verdict.FIRES ? sight.rules().rule(RULE).severity() : null,
                Figures.of(symbols.size(), all),
                because,
                symbols.stream()
                        .limit(NAMED)
                        .map(symbol -> new Alert.Symbol(symbol.symbol, symbol.stopped))
                        .toList());
    }
}
