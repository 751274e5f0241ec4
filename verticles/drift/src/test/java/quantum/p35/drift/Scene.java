package quantum.p35.drift;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import quantum.p35.api.Alert;
import quantum.p35.api.GateCatalogue;
import quantum.p35.api.GateCount;
import quantum.p35.api.Outcome;
import quantum.p35.api.Severity;
import quantum.p35.api.Silence;
import quantum.p35.api.State;
import quantum.p35.api.Symbols;
import quantum.p35.api.Window;
import quantum.p35.api.WindowName;
import quantum.p35.api.WindowsUpdated;
import quantum.p35.testkit.Catalogues;

/** What a look sees, made up of decisions. */
final class Scene {

    static final Instant NOW = Instant.parse("2026-02-01T14:05:37Z");
    static final GateCatalogue CATALOGUE = Catalogues.fromConf();

    private final Map<WindowName, Map<Outcome, Long>> outcomes = new EnumMap<>(WindowName.class);
    private final Map<WindowName, Map<String, Long>> gates = new EnumMap<>(WindowName.class);
    private final List<Symbols.SymbolCount> symbols = new ArrayList<>();
    private final Map<String, Alert> alerts = new HashMap<>();
    private State state = State.TRADING;
    private Duration behind = Duration.ZERO;
    private Instant newest = NOW.minusSeconds(2);
    private final Instant asOf = NOW.minusSeconds(1);
    private long pairs;
    private long same;
    private GateCatalogue catalogue = CATALOGUE;

    /** In the last 5 minutes, and so in the longer windows. */
    Scene now(long count, Outcome outcome, String gate) {
        return in(WindowName.FIVE_MINUTES, count, outcome, gate);
    }

    /** In the 10 minutes before them. */
    Scene quarter(long count, Outcome outcome, String gate) {
        return in(WindowName.FIFTEEN_MINUTES, count, outcome, gate);
    }

    /** In the 45 minutes before the last 15. */
    Scene before(long count, Outcome outcome, String gate) {
        return in(WindowName.ONE_HOUR, count, outcome, gate);
    }

    /** What there is in the last 5 minutes, as much in the 10 before, and in the 45 before those. */
    Scene lasting() {
        Map<Outcome, Long> decisions = Map.copyOf(outcomes.get(WindowName.FIVE_MINUTES));
        Map<String, Long> stoppedBy = Map.copyOf(gates.get(WindowName.FIVE_MINUTES));
        for (WindowName shortest : List.of(WindowName.FIFTEEN_MINUTES, WindowName.ONE_HOUR)) {
            for (WindowName window : WindowName.values()) {
                if (window.compareTo(shortest) >= 0) {
                    decisions.forEach((outcome, count) -> outcomes.get(window).merge(outcome, count, Long::sum));
                    stoppedBy.forEach((gate, count) -> gates.get(window).merge(gate, count, Long::sum));
                }
            }
        }
        return this;
    }

    private Scene in(WindowName shortest, long count, Outcome outcome, String gate) {
        for (WindowName window : WindowName.values()) {
            if (window.compareTo(shortest) >= 0) {
                outcomes.computeIfAbsent(window, any -> new EnumMap<>(Outcome.class))
                        .merge(outcome, count, Long::sum);
                gates.computeIfAbsent(window, any -> new HashMap<>()).merge(gate, count, Long::sum);
            }
        }
        return this;
    }

    /** Of the last 15 minutes, in the table of symbols only. @param gate none for those that execute */
    Scene symbol(String name, long executed, long stopped, String gate) {
        List<GateCount> stoppedBy = stopped == 0 ? List.of() : List.of(gate(gate, stopped, executed + stopped));
        boolean stops = !stoppedBy.isEmpty() && stoppedBy.getFirst().kind().alarming();
        symbols.add(new Symbols.SymbolCount(
                name,
                executed + stopped,
                Map.of(Outcome.EXECUTE, executed, Outcome.BLOCKED, stopped),
                stops ? stopped : 0,
                0,
                stoppedBy.isEmpty() ? null : stoppedBy.getFirst(),
                stoppedBy,
                null,
                null));
        return this;
    }

    /** Something that no rule expects. */
    Scene brokenSymbol() {
        before(1, Outcome.SKIP, "none");
        symbols.add(new Symbols.SymbolCount("X", 20, null, 0, 0, null, List.of(), null, null));
        return this;
    }

    Scene state(State now) {
        state = now;
        return this;
    }

    Scene behind(int seconds) {
        behind = Duration.ofSeconds(seconds);
        return seconds > 30 ? state(State.BEHIND) : this;
    }

    /** @param secondsAgo null when there never was one */
    Scene newest(Integer secondsAgo) {
        newest = secondsAgo == null ? null : NOW.minusSeconds(secondsAgo);
        return this;
    }

    Scene pairs(long all, long equal) {
        pairs = all;
        same = equal;
        return this;
    }

    Scene catalogue(GateCatalogue other) {
        catalogue = other;
        return this;
    }

    Scene firing(String reason, String rule, Severity severity, Double shareBefore) {
        return alert(reason, rule, severity, shareBefore, Alert.State.FIRING);
    }

    /** {@code symbol_stuck} fires about these. */
    Scene stuck(String... names) {
        firing(AlertRules.SYMBOL_STUCK, AlertRules.SYMBOL_STUCK, Severity.HIGH, null);
        alerts.computeIfPresent(AlertRules.SYMBOL_STUCK, (reason, alert) -> {
            Draft draft = Draft.of(alert);
            draft.symbols =
                    Arrays.stream(names).map(name -> new Alert.Symbol(name, 40)).toList();
            return draft.alert();
        });
        return this;
    }

    /** All alerts that there are so far. */
    Scene since(Instant began) {
        alerts.replaceAll((reason, alert) -> {
            Draft draft = Draft.begun(reason, began);
            draft.rule = alert.rule();
            draft.window = alert.window();
            draft.severity = alert.severity();
            draft.shareBefore = alert.shareBefore();
            return draft.alert();
        });
        return this;
    }

    /** All alerts that there are so far. */
    Scene silenced() {
        alerts.replaceAll((reason, alert) -> {
            Draft draft = Draft.of(alert);
            draft.silenced = new Silence("s1", reason, null, NOW, NOW.plusSeconds(600), "ann", "known");
            return draft.alert();
        });
        return this;
    }

    Scene resolved(String reason, String rule) {
        return alert(reason, rule, Severity.HIGH, null, Alert.State.RESOLVED);
    }

    private Scene alert(String reason, String rule, Severity severity, Double shareBefore, Alert.State alertState) {
        alerts.put(
                reason,
                new Alert(
                        "p35_alert_1_" + reason,
                        reason,
                        rule,
                        WindowName.FIVE_MINUTES,
                        alertState,
                        severity,
                        NOW,
                        NOW,
                        null,
                        0,
                        0,
                        0,
                        0,
                        shareBefore,
                        "",
                        "",
                        Map.of(),
                        List.of(),
                        null,
                        0,
                        null,
                        null,
                        null,
                        null));
        return this;
    }

    List<Evaluation> evaluations() {
        return evaluations(AlertRules.DEFAULT);
    }

    List<Evaluation> evaluations(AlertRules rules) {
        WindowsUpdated windows = new WindowsUpdated(
                asOf,
                state,
                Arrays.stream(WindowName.values()).map(this::counts).toList(),
                newest,
                behind);
        return Evaluations.of(new Look(NOW, windows, symbols, alerts), rules, catalogue);
    }

    /** The one evaluation of this rule about this reason. */
    Evaluation evaluation(String rule, String reason) {
        List<Evaluation> all = evaluations();
        return all.stream()
                .filter(evaluation ->
                        evaluation.rule().equals(rule) && evaluation.reason().equals(reason))
                .findFirst()
                .orElseThrow(() -> new AssertionError(rule + " says nothing of " + reason + ": " + all));
    }

    private WindowsUpdated.Counts counts(WindowName name) {
        Map<Outcome, Long> decisions = outcomes.getOrDefault(name, Map.of());
        Map<String, Long> counts = new HashMap<>(gates.getOrDefault(name, Map.of()));
        long total = decisions.values().stream().mapToLong(Long::longValue).sum();
        Long none = counts.remove("none");
        return new WindowsUpdated.Counts(
                new Window(name, name.from(asOf), asOf, total),
                decisions,
                counts.entrySet().stream()
                        .map(entry -> gate(entry.getKey(), entry.getValue(), total))
                        .sorted(Comparator.comparingLong(GateCount::count).reversed())
                        .toList(),
                none == null ? 0 : none,
                Map.of(),
                pairs,
                same);
    }

    private GateCount gate(String code, long count, long total) {
        return new GateCount(
                code,
                catalogue.gate(code).family(),
                catalogue.gate(code).kind(),
                count,
                GateCount.share(count, total),
                null,
                null);
    }
}
