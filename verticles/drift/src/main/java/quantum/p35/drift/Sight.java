package quantum.p35.drift;

import java.time.Duration;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.function.ToLongFunction;
import quantum.p35.api.Alert;
import quantum.p35.api.GateCatalogue;
import quantum.p35.api.State;
import quantum.p35.api.Symbols;
import quantum.p35.api.WindowName;
import quantum.p35.api.WindowsUpdated;

/** One look as all rules see it: the windows without repeats, how sticky gates are, and what cannot be known. */
final class Sight {

    private static final int SYMBOLS_SHOWN = 5;

    private final Look look;
    private final AlertRules rules;
    private final Map<WindowName, Base> bases = new EnumMap<>(WindowName.class);
    private final Confidence confidence;
    private final Confidence surely;

    Sight(Look look, AlertRules rules, GateCatalogue catalogue) {
        this.look = look;
        this.rules = rules;
        for (WindowName window : WindowName.values()) {
            bases.put(window, new Base(0, 0, 0, Map.of(), Map.of()));
        }
        look.windows().windows().forEach(counts -> bases.put(counts.window().name(), Base.of(counts, catalogue)));
        double rho = Stickiness.rho(look.windows().of(WindowName.ONE_HOUR), base(WindowName.ONE_HOUR));
        confidence = new Confidence(rules.evidence().confidence(), rho, symbols(look.symbols()));
        surely = confidence.surely();
    }

    private static double[] symbols(List<Symbols.SymbolCount> symbols) {
        if (symbols == null) {
            return new double[0];
        }
        double total = symbols.stream().mapToLong(Symbols.SymbolCount::total).sum();
        return symbols.stream().mapToDouble(symbol -> symbol.total() / total).toArray();
    }

    Look look() {
        return look;
    }

    AlertRules rules() {
        return rules;
    }

    /** Of what is told. */
    Confidence confidence() {
        return confidence;
    }

    /** Of what makes a rule fire. */
    Confidence surely() {
        return surely;
    }

    Base base(WindowName window) {
        return bases.get(window);
    }

    /** The 45 minutes before the last 15. */
    Base before() {
        return between(WindowName.ONE_HOUR, WindowName.FIFTEEN_MINUTES);
    }

    /** What the longer of two windows holds over the shorter one. */
    Base between(WindowName longer, WindowName shorter) {
        return base(longer).before(base(shorter));
    }

    /** Why nothing can be said about decisions now; null when it can. */
    String blind() {
        WindowsUpdated windows = look.windows();
        if (windows.state() == State.REDIS_DOWN) {
            return "Redis does not answer";
        }
        if (windows.state() == State.BEHIND) {
            return "counting is " + Words.span(windows.behind()) + " behind, so the figures are of the past";
        }
        return null;
    }

    /**
     * What a window without decisions says about what they are like. Nothing, and an alert about it goes on until decisions
     * come back, since {@code source_silent} tells of the silence. Where nobody tells of it, or just repeats come: it is over.
     */
    Verdict ofNothing(Base empty) {
        boolean silence = empty.total() == 0 && look.windows().newest() != null;
        return silence && rules.rule(AlertRules.SOURCE_SILENT).enabled() ? Verdict.HOLDS : Verdict.CLEAR;
    }

    /** Why a rule about shares may not fire, whatever the share: too few decisions, or too old; null when it may. */
    String tooLittle(Base base) {
        int needed = rules.evidence().decisions();
        if (base.size() < needed) {
            return Words.count(base.size(), "decision") + ", " + needed + " needed";
        }
        long worth = confidence.effective(base.size());
        if (worth < needed / 2) {
            return "gates are so sticky that " + Words.number(base.size()) + " decisions say no more than "
                    + Words.number(worth) + " independent ones, " + needed / 2 + " needed";
        }
        Duration fresh = Duration.ofSeconds(rules.evidence().freshSeconds());
        Duration age = age();
        if (age.compareTo(fresh) > 0) {
            return "the newest decision is " + Words.span(age) + " old, one of the last " + Words.span(fresh)
                    + " is needed";
        }
        return null;
    }

    /** Of the newest decision; without end when there is none. */
    Duration age() {
        return look.windows().newest() == null
                ? Duration.ofSeconds(Long.MAX_VALUE)
                : Duration.between(look.windows().newest(), look.now());
    }

    /**
     * How far out of its threshold a share must be to end an alert. Small thresholds have less room: what is healthy lies
     * close under them, and that a rule fires only when it is sure keeps an alert from flapping already.
     */
    double clearance(double threshold) {
        return Math.min(rules.evidence().clearBelow(), threshold / 5);
    }

    /** {@code 210 of 300 decisions in the last 5 minutes, worth 33 independent ones; 900 repeats left out}. */
    String seen(long score, Base base, WindowName window) {
        long worth = confidence.effective(base.size());
        return Words.number(score) + " of " + Words.count(base.size(), "decision") + " in the last " + window.words()
                + (worth < base.size() ? ", worth " + Words.number(worth) + " independent ones" : "")
                + (base.repeats() > 0 ? "; " + Words.count(base.repeats(), "repeat") + " left out" : "");
    }

    Figures figures(long score, Base base, Confidence.Bounds bounds, double threshold) {
        Figures plain = Figures.of(score, base.total());
        return new Figures(
                score,
                base.total(),
                base.size(),
                plain.share(),
                bounds.low(),
                bounds.high(),
                threshold,
                confidence.effective(base.size()),
                null);
    }

    /** The symbols that a rule concerns most. */
    List<Alert.Symbol> most(ToLongFunction<Symbols.SymbolCount> concerned) {
        if (look.symbols() == null) {
            return List.of();
        }
        return look.symbols().stream()
                .map(symbol -> new Alert.Symbol(symbol.symbol(), concerned.applyAsLong(symbol)))
                .filter(symbol -> symbol.count() > 0)
                .sorted(Comparator.comparingLong(Alert.Symbol::count).reversed())
                .limit(SYMBOLS_SHOWN)
                .toList();
    }
}
