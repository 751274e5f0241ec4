package quantum.p35.dashboard;

import java.time.Duration;
import java.time.Instant;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import quantum.p35.api.CatalogueEntry;
import quantum.p35.api.Drift;
import quantum.p35.api.Finding;
import quantum.p35.api.GateCount;
import quantum.p35.api.GateKind;
import quantum.p35.api.Gates;
import quantum.p35.api.Guide;
import quantum.p35.api.Outcome;
import quantum.p35.api.Recent;
import quantum.p35.api.Severity;
import quantum.p35.api.State;
import quantum.p35.api.Symbols;
import quantum.p35.api.Symbols.SymbolCount;
import quantum.p35.api.Timeline;
import quantum.p35.api.Why;
import quantum.p35.api.Window;
import quantum.p35.api.WindowName;

/** One fixed moment: 14:05:37, and no exchange snapshot since 14:02. */
final class Samples {

    static final Instant NOW = Instant.parse("2026-02-01T14:05:37Z");
    static final String TOP = "p33_permit_denied:no_exchange_snapshot";
    static final String CJK = "币安人生USDT";

    static final Window WINDOW = window(WindowName.FIVE_MINUTES);

    static final List<GateCount> GATES = List.of(
            gate(TOP, GateKind.BLOCKING, 1234, 41L),
            gate("no_position", GateKind.BENIGN, 286, 96L),
            gate("leverage_ratio_exceeded", GateKind.BLOCKING, 92, 30L),
            gate("binance_error", GateKind.ERROR, 21, 21L),
            gate("new_gate_#s", GateKind.BLOCKING, 1, null));

    static final List<String> ACTIONS = List.of(
            "redis-cli HGETALL quantum:state:positions:BTCUSDT",
            "no or stale snapshot → restart the exchange data pipeline, and wait until the age of the snapshot is under"
                    + " a minute again (1–5 min)");

    static final Guide.Answer GUIDE = new Guide.Answer(List.of(
            new CatalogueEntry(
                    "p33_permit_denied",
                    GateKind.BLOCKING,
                    List.of("p33_permit_missing_or_denied", "missing_or_denied_p33_permit"),
                    List.of(),
                    List.of("no_exchange_snapshot", "stale"),
                    false,
                    "20–30 %",
                    "P3.3, the position state brain, issued no permit for the trade",
                    List.of(
                            "redis-cli GET quantum:permit:p33:<plan_id>",
                            "redis-cli HGETALL quantum:state:positions:<S> (age of the snapshot)"),
                    List.of(
                            new CatalogueEntry.Action(
                                    "no or stale snapshot", "restart the exchange data pipeline", "1–5 min"),
                            new CatalogueEntry.Action(null, "clear the hold", null)),
                    null),
            new CatalogueEntry(
                    "duplicate_plan",
                    GateKind.BENIGN,
                    List.of("Duplicate plan_id"),
                    List.of(),
                    List.of(),
                    true,
                    null,
                    "the plan was seen in the last minutes",
                    List.of(),
                    List.of(),
                    null),
            new CatalogueEntry(
                    "churn_blacklist", GateKind.BLOCKING, null, null, null, false, null, null, null, null, null)));

    private Samples() {}

    static Window window(WindowName name) {
        return new Window(name, name.from(NOW), NOW, 2000);
    }

    private static GateCount gate(String gate, GateKind kind, long count, Long plans) {
        String family = gate.split(":")[0];
        return new GateCount(gate, family, kind, count, GateCount.share(count, 2000), plans, null);
    }

    static Map<Outcome, Long> outcomes(long execute, long skip, long blocked, long error, long unknown) {
        Map<Outcome, Long> outcomes = new EnumMap<>(Outcome.class);
        outcomes.put(Outcome.EXECUTE, execute);
        outcomes.put(Outcome.SKIP, skip);
        outcomes.put(Outcome.BLOCKED, blocked);
        outcomes.put(Outcome.ERROR, error);
        outcomes.put(Outcome.UNKNOWN, unknown);
        return outcomes;
    }

    static Why.Answer why(WindowName window) {
        return new Why.Answer(
                State.BLOCKED,
                "Not trading: " + TOP + " stops 62 % of decisions (1 234 of 2 000 in the last " + window.words()
                        + ", 41 plans, 8 symbols) since 14:02.",
                NOW,
                Instant.parse("2026-02-01T14:02:00Z"),
                TOP,
                window(window),
                outcomes(300, 300, 1300, 60, 40),
                0.15,
                GATES,
                366,
                Instant.parse("2026-02-01T14:05:31Z"),
                List.of("4 % of decisions have no readable timestamp"),
                ACTIONS);
    }

    static Gates.Answer gates(String symbol) {
        return new Gates.Answer(State.BLOCKED, NOW, WINDOW, symbol, 2000, GATES);
    }

    static Symbols.Answer symbols() {
        return new Symbols.Answer(
                State.BLOCKED,
                NOW,
                WINDOW,
                List.of(
                        new SymbolCount(
                                "BTCUSDT",
                                250,
                                outcomes(10, 40, 190, 6, 4),
                                196,
                                0.16,
                                GATES.getFirst(),
                                GATES.subList(0, 2),
                                Instant.parse("2026-02-01T14:05:31Z"),
                                null),
                        new SymbolCount(
                                CJK,
                                80,
                                outcomes(0, 20, 60, 0, 0),
                                60,
                                0.25,
                                GATES.getFirst(),
                                GATES.subList(0, 1),
                                null,
                                Instant.parse("2026-02-01T13:40:00Z")),
                        new SymbolCount("0GUSDT", 3, outcomes(3, 0, 0, 0, 0), 0, 0, null, List.of(), NOW, null)));
    }

    static Drift.Answer drift(State state, double threshold, boolean breach) {
        List<Drift.Breach> breaches = breach
                ? List.of(new Drift.Breach(TOP, 0.617, 1234, 2000, Severity.HIGH, ACTIONS.getFirst()))
                : List.of();
        return new Drift.Answer(state, NOW, WINDOW, threshold, breaches);
    }

    static Timeline.Answer timeline(Duration window, Duration step) {
        return new Timeline.Answer(
                NOW,
                Instant.parse("2026-02-01T14:04:00Z"),
                NOW,
                step,
                List.of(TOP, "no_position"),
                List.of(
                        new Timeline.Point(
                                Instant.parse("2026-02-01T14:04:00Z"),
                                outcomes(30, 40, 50, 0, 0),
                                Map.of(TOP, 45L, "no_position", 20L)),
                        new Timeline.Point(Instant.parse("2026-02-01T14:05:00Z"), outcomes(0, 0, 0, 0, 0), Map.of())));
    }

    static Recent.Answer recent() {
        return new Recent.Answer(
                NOW,
                10_000,
                false,
                List.of(
                        new Recent.Entry(
                                "1769954737000-0",
                                NOW,
                                Outcome.BLOCKED,
                                TOP,
                                CJK,
                                "a1b2c3d4e5f60718",
                                Set.of(Finding.TIMESTAMP_MISSING),
                                Map.of("error", "=cmd|'/c calc'\u001b[31m, \"quoted\"")),
                        new Recent.Entry(
                                "1769954736000-0",
                                NOW.minusSeconds(1),
                                Outcome.EXECUTE,
                                "none",
                                null,
                                null,
                                Set.of(),
                                Map.of())));
    }
}
