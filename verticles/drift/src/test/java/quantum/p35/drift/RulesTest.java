package quantum.p35.drift;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static quantum.p35.api.Outcome.BLOCKED;
import static quantum.p35.api.Outcome.ERROR;
import static quantum.p35.api.Outcome.EXECUTE;
import static quantum.p35.api.Outcome.SKIP;
import static quantum.p35.api.Outcome.UNKNOWN;
import static quantum.p35.drift.Verdict.CLEAR;
import static quantum.p35.drift.Verdict.FIRES;
import static quantum.p35.drift.Verdict.HOLDS;

import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import quantum.p35.api.Alert;
import quantum.p35.api.Severity;
import quantum.p35.api.State;

/** Every rule, row by row: what is seen, and what the rule says. */
class RulesTest {

    private static final String STALE = "p33_permit_denied:stale";
    private static final String HOLD = "p33_permit_denied:reconcile_hold_active";
    private static final String FAMILY = "p33_permit_denied:*";
    private static final String NONE = "none";

    /** @param words that the reason given holds */
    private record Row(
            String name, Scene scene, String rule, String reason, Verdict verdict, Severity severity, String words) {

        @Override
        public String toString() {
            return rule + ": " + name;
        }
    }

    private static Row row(String name, Scene scene, String rule, Verdict verdict, String words) {
        return new Row(name, scene, rule, rule, verdict, null, words);
    }

    private static Row gate(String name, Scene scene, Verdict verdict, String words) {
        return new Row(name, scene, AlertRules.GATE_SHARE, STALE, verdict, null, words);
    }

    /** So many percent of so many decisions of the last 5 minutes were stopped by one gate, the others executed. */
    private static Scene stopped(int percent, int decisions) {
        long count = Math.round(decisions * percent / 100.0);
        return new Scene().now(count, BLOCKED, STALE).now(decisions - count, EXECUTE, NONE);
    }

    static Stream<Row> oneGate() {
        return Stream.of(
                new Row("70 % of 300", stopped(70, 300), "gate_share", STALE, FIRES, Severity.HIGH, "at least 62 %"),
                new Row("50 % of 300", stopped(50, 300), "gate_share", STALE, FIRES, Severity.MEDIUM, "at least 42 %"),
                new Row("95 % of 300", stopped(95, 300), "gate_share", STALE, FIRES, Severity.CRITICAL, "(285 of 300"),
                gate("44 % of 300 may be chance", stopped(44, 300), HOLDS, "but at least 35 % with 99.8 % confidence"),
                gate("44 % of 30 000 is none", stopped(44, 30_000), FIRES, "at least 43 % with 99 % confidence"),
                gate("37 % is neither", stopped(37, 300), HOLDS, "40 % would fire"),
                gate("35 % is 5 points under it", stopped(35, 300), CLEAR, "35 % (105 of 300 decisions"),
                gate("9 decisions are too few", stopped(100, 9), HOLDS, "9 decisions, 20 needed"),
                gate(
                        "few decisions can end it",
                        stopped(0, 9).firing(STALE, "gate_share", Severity.HIGH, null),
                        CLEAR,
                        "0 %"),
                gate(
                        "no decisions end it",
                        new Scene().firing(STALE, "gate_share", Severity.HIGH, null),
                        CLEAR,
                        "no decisions in the last 5 minutes"),
                gate(
                        "repeats do not count",
                        stopped(70, 300).now(3000, SKIP, "duplicate_plan"),
                        FIRES,
                        "3 000 repeats left out"),
                gate(
                        "old decisions do not fire",
                        stopped(70, 300).newest(180),
                        HOLDS,
                        "newest decision is 3 minutes old"),
                gate("old decisions may end it", stopped(10, 300).newest(180), CLEAR, "10 %"),
                gate("old figures say nothing", stopped(10, 300).heard(45), HOLDS, "the figures are 45 seconds old"),
                gate(
                        "Redis away says nothing",
                        stopped(70, 300).state(State.REDIS_DOWN),
                        HOLDS,
                        "Redis does not answer"),
                gate("behind says nothing", stopped(70, 300).behind(90), HOLDS, "counting is 90 seconds behind"),
                gate(
                        "sticky gates are worth less",
                        stopped(70, 100).before(300, EXECUTE, NONE).pairs(390, 380),
                        HOLDS,
                        "so sticky that 100 decisions say no more than"),
                gate(
                        "under 100 pairs stickiness is not known",
                        stopped(70, 100).pairs(99, 99),
                        FIRES,
                        "70 of 100 decisions in the last 5 minutes)"),
                gate(
                        "where 5 minutes hold too little, 15 tell",
                        stopped(60, 25).quarter(60, BLOCKED, STALE).quarter(5, EXECUTE, NONE),
                        FIRES,
                        "of the last 15 minutes"),
                new Row(
                        "an uncatalogued gate is a gate",
                        new Scene().now(70, BLOCKED, "new_gate").now(30, EXECUTE, NONE),
                        "gate_share",
                        "new_gate",
                        FIRES,
                        Severity.MEDIUM,
                        "at least"),
                new Row(
                        "a gate of kind quality is one too",
                        new Scene().now(90, BLOCKED, "unreported_gate"),
                        "gate_share",
                        "unreported_gate",
                        FIRES,
                        Severity.CRITICAL,
                        "at least"),
                new Row(
                        "a benign gate that an alert is about ends",
                        new Scene()
                                .now(90, SKIP, "no_position")
                                .firing("no_position", "gate_share", Severity.HIGH, null),
                        "gate_share",
                        "no_position",
                        CLEAR,
                        null,
                        "never alerts"));
    }

    static Stream<Row> families() {
        Scene both =
                new Scene().now(100, BLOCKED, STALE).now(100, BLOCKED, HOLD).now(80, EXECUTE, NONE);
        Scene one = new Scene().now(200, BLOCKED, STALE).now(20, BLOCKED, HOLD).now(80, EXECUTE, NONE);
        return Stream.of(
                new Row("its gates together", both, "family_share", FAMILY, FIRES, Severity.HIGH, "200 of 280"),
                new Row("one of its gates alerts", one, "family_share", FAMILY, HOLDS, null, "alert about " + STALE),
                new Row(
                        "one of its gates still alerts",
                        new Scene()
                                .now(110, BLOCKED, STALE)
                                .now(100, BLOCKED, HOLD)
                                .now(80, EXECUTE, NONE)
                                .firing(STALE, "gate_share", Severity.HIGH, null),
                        "family_share",
                        FAMILY,
                        HOLDS,
                        null,
                        "held back"),
                new Row(
                        "gone altogether",
                        stopped(0, 100).firing(FAMILY, "family_share", Severity.HIGH, null),
                        "family_share",
                        FAMILY,
                        CLEAR,
                        null,
                        ""));
    }

    static Stream<Row> stuck() {
        Scene hours = stopped(60, 100)
                .quarter(120, BLOCKED, STALE)
                .quarter(80, EXECUTE, NONE)
                .before(500, BLOCKED, STALE)
                .before(400, EXECUTE, NONE);
        Scene over = stopped(20, 100).quarter(180, BLOCKED, STALE).before(800, BLOCKED, STALE);
        Scene begun = stopped(90, 100).quarter(150, BLOCKED, STALE).before(900, EXECUTE, NONE);
        return Stream.of(
                new Row(
                        "in every window",
                        hours,
                        "gate_stuck",
                        STALE,
                        FIRES,
                        Severity.HIGH,
                        "in the hour, there at least"),
                new Row("not in the last 5 minutes", over, "gate_stuck", STALE, CLEAR, null, "in the last 5 minutes"),
                new Row(
                        "just begun",
                        stopped(60, 300),
                        "gate_stuck",
                        STALE,
                        HOLDS,
                        null,
                        "too little is known of the time"),
                new Row("not in the hour", begun, "gate_stuck", STALE, CLEAR, null, "in the last hour"));
    }

    static Stream<Row> growing() {
        return Stream.of(
                new Row(
                        "from 5 to 35 %",
                        grown(5, 35), "gate_growing", STALE, FIRES, Severity.MEDIUM, "from 5 % to 35 %"),
                new Row("from 25 to 34 %", grown(25, 34), "gate_growing", STALE, HOLDS, null, "10 points needed"),
                new Row("from 25 to 29 %", grown(25, 29), "gate_growing", STALE, CLEAR, null, "from 25 % to 29 %"),
                new Row(
                        "nothing known of before",
                        stopped(35, 300),
                        "gate_growing",
                        STALE,
                        CLEAR,
                        null,
                        "too little is"),
                new Row("gate_share tells", grown(5, 70), "gate_growing", STALE, CLEAR, null, "another rule tells"),
                new Row(
                        "no more in the last 5 minutes",
                        new Scene()
                                .now(100, EXECUTE, NONE)
                                .quarter(120, BLOCKED, STALE)
                                .quarter(80, EXECUTE, NONE)
                                .before(900, EXECUTE, NONE),
                        "gate_growing",
                        STALE,
                        HOLDS,
                        null,
                        "no more in the last 5 minutes"),
                new Row(
                        "another gate gave way",
                        new Scene()
                                .now(105, BLOCKED, STALE)
                                .now(195, EXECUTE, NONE)
                                .before(45, BLOCKED, STALE)
                                .before(85, EXECUTE, NONE)
                                .before(770, BLOCKED, HOLD),
                        "gate_growing",
                        STALE,
                        HOLDS,
                        null,
                        "only because " + HOLD + " gave way"),
                new Row(
                        "while it fires the share before stays",
                        grown(30, 35).firing(STALE, "gate_growing", Severity.MEDIUM, 0.05),
                        "gate_growing",
                        STALE,
                        FIRES,
                        Severity.MEDIUM,
                        "from 5 % to 35 %"),
                new Row(
                        "and ends it when the share is back",
                        grown(30, 9).firing(STALE, "gate_growing", Severity.MEDIUM, 0.05),
                        "gate_growing",
                        STALE,
                        CLEAR,
                        null,
                        "from 5 % to 9 %"));
    }

    /** 300 decisions now, 900 before. */
    private static Scene grown(int before, int now) {
        return stopped(now, 300).before(9L * before, BLOCKED, STALE).before(900 - 9L * before, EXECUTE, NONE);
    }

    /** Stopped by so many different gates that none of them alerts. */
    private static Scene executing(int execute, int decisions) {
        long each = (decisions - execute) / 4;
        return new Scene()
                .now(execute, EXECUTE, NONE)
                .now(each, SKIP, "no_position")
                .now(each, SKIP, "action_hold")
                .now(each, BLOCKED, "cooldown")
                .now(each, BLOCKED, "not_in_allowlist");
    }

    static Stream<Row> outcomes() {
        Scene gateToo = stopped(95, 300);
        return Stream.of(
                row("10 % execute", executing(30, 300), "execute_low", FIRES, "at most 16 %"),
                row("18 % execute may be chance", executing(54, 300), "execute_low", HOLDS, "20 % is the threshold"),
                row("25 % execute", executing(75, 300), "execute_low", CLEAR, "25 %"),
                row("no decisions", new Scene(), "execute_low", CLEAR, "no decisions in the last 15 minutes"),
                row(
                        "none of few executes",
                        executing(0, 24).symbol("A", 0, 12, "cooldown").symbol("B", 0, 12, "cooldown"),
                        "execute_low",
                        FIRES,
                        "at most 18 %"),
                row(
                        "it executes again",
                        executing(60, 100).quarter(300, SKIP, "no_position"),
                        "execute_low",
                        HOLDS,
                        "no more in the last 5 minutes"),
                row(
                        "a little too low for an hour",
                        executing(45, 300).before(135, EXECUTE, NONE).before(765, SKIP, "no_position"),
                        "execute_low",
                        FIRES,
                        "in the hour at most"),
                row("a gate alert says more", gateToo, "execute_low", HOLDS, "the alert about " + STALE),
                row("a gate alert says more of BLOCKED", gateToo, "blocked_high", HOLDS, "held back"),
                row(
                        "behind a lesser alert it is told",
                        new Scene().now(150, BLOCKED, STALE).now(150, BLOCKED, "cooldown"),
                        "blocked_high",
                        FIRES,
                        "at least"),
                row(
                        "85 % SKIP",
                        new Scene().now(255, SKIP, "no_position").now(45, EXECUTE, NONE), "skip_high", FIRES, ""),
                row(
                        "repeats are no SKIP",
                        new Scene().now(900, SKIP, "duplicate_plan").now(100, EXECUTE, NONE),
                        "skip_high",
                        CLEAR,
                        "0 % (0 of 100 decisions"),
                row(
                        "20 % ERROR",
                        new Scene().now(60, ERROR, "exception").now(240, EXECUTE, NONE), "error_high", FIRES, ""),
                row(
                        "5 % ERROR",
                        new Scene().now(15, ERROR, "exception").now(285, EXECUTE, NONE), "error_high", CLEAR, ""),
                row(
                        "12 % UNKNOWN",
                        new Scene().now(36, UNKNOWN, NONE).now(264, EXECUTE, NONE), "unknown_high", FIRES, ""),
                row(
                        "one sticky symbol of UNKNOWN",
                        new Scene()
                                .now(9, UNKNOWN, NONE)
                                .now(41, EXECUTE, NONE)
                                .before(100, SKIP, "no_position")
                                .pairs(140, 130),
                        "unknown_high",
                        HOLDS,
                        "gates are so sticky"),
                row(
                        "few independent ones of UNKNOWN",
                        new Scene()
                                .now(12, UNKNOWN, NONE)
                                .now(88, EXECUTE, NONE)
                                .before(100, SKIP, "no_position")
                                .pairs(190, 160),
                        "unknown_high",
                        HOLDS,
                        "5 needed"),
                row(
                        "2 % UNKNOWN",
                        new Scene().now(6, UNKNOWN, NONE).now(294, EXECUTE, NONE), "unknown_high", CLEAR, ""),
                row(
                        "silence is told by another alert",
                        executing(30, 300).newest(400),
                        "execute_low",
                        HOLDS,
                        "held back while source_silent fires"));
    }

    static Stream<Row> symbols() {
        Scene well = new Scene().now(300, EXECUTE, NONE);
        return Stream.of(
                row("40 stopped, none executed", one(well, 0, 40), "symbol_stuck", FIRES, "BADUSDT: no EXECUTE"),
                row("one executed", one(executed(), 1, 39), "symbol_stuck", CLEAR, "no symbol"),
                row("19 decisions are too few", one(executed(), 0, 19), "symbol_stuck", CLEAR, "no symbol"),
                row(
                        "benign gates are no stop",
                        executed().symbol("BADUSDT", 0, 40, "no_position"),
                        "symbol_stuck",
                        CLEAR,
                        "no symbol"),
                row(
                        "sticky decisions are worth less",
                        one(executed().before(150, BLOCKED, STALE).pairs(400, 380), 0, 40),
                        "symbol_stuck",
                        HOLDS,
                        "fresh ones, 20 needed"),
                row(
                        "its gate alerts",
                        one(executed(), 0, 40).firing(STALE, "gate_share", Severity.MEDIUM, null),
                        "symbol_stuck",
                        HOLDS,
                        "alerts about gates explain BADUSDT"),
                row(
                        "its gate did so lately",
                        one(executed(), 0, 40).resolved(STALE, "gate_share"),
                        "symbol_stuck",
                        HOLDS,
                        "alerts about gates explain BADUSDT"),
                row(
                        "its family alerts",
                        one(executed().now(1, BLOCKED, STALE).now(1, BLOCKED, HOLD), 0, 40)
                                .firing(FAMILY, "family_share", Severity.MEDIUM, null),
                        "symbol_stuck",
                        HOLDS,
                        "alerts about gates explain BADUSDT"),
                row(
                        "execute_low fires",
                        executing(10, 300).symbol("BADUSDT", 0, 40, STALE),
                        "symbol_stuck",
                        HOLDS,
                        "execute_low tells of all symbols"));
    }

    private static Scene executed() {
        return new Scene().now(300, EXECUTE, NONE);
    }

    private static Scene one(Scene scene, long executed, long stopped) {
        return scene.symbol("GOODUSDT", 200, 0, NONE).symbol("BADUSDT", executed, stopped, STALE);
    }

    static Stream<Row> service() {
        return Stream.of(
                row("6 minutes", executed().newest(360).state(State.SILENT), "source_silent", FIRES, "6 minutes old"),
                row("4 minutes", executed().newest(240), "source_silent", CLEAR, "4 minutes old"),
                row("behind is no silence", executed().newest(400).behind(400), "source_silent", HOLDS, "behind"),
                row("2 minutes behind", executed().behind(120), "ingest_behind", FIRES, "waits for 2 minutes"),
                row("45 seconds behind", executed().behind(45), "ingest_behind", HOLDS, "60 seconds are allowed"),
                row("not behind", executed(), "ingest_behind", CLEAR, "everything is counted"),
                row("Redis away", executed().state(State.REDIS_DOWN), "ingest_behind", HOLDS, "Redis does not answer"));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource({"oneGate", "families", "stuck", "growing", "outcomes", "symbols", "service"})
    void everyRuleSaysWhatItShould(Row row) {
        Evaluation evaluation = row.scene.evaluation(row.rule, row.reason);
        assertEquals(row.verdict, evaluation.verdict(), evaluation::because);
        assertTrue(evaluation.because().contains(row.words), evaluation::because);
        assertEquals(row.verdict == FIRES, evaluation.severity() != null, evaluation::toString);
        if (row.severity != null) {
            assertEquals(row.severity, evaluation.severity());
        }
    }

    @Test
    void gatesThatNeverAlertAreNotMentioned() {
        List<Evaluation> all = new Scene()
                .now(980, SKIP, "duplicate_plan")
                .now(20, SKIP, "no_position")
                .now(500, SKIP, NONE)
                .evaluations();
        assertFalse(all.stream().anyMatch(evaluation -> evaluation.rule().startsWith("gate_")), all::toString);
    }

    @Test
    void anAlertNamesTheSymbolsThatItsGateStopsMost() {
        Scene scene = stopped(70, 300);
        for (int symbol = 1; symbol <= 7; symbol++) {
            scene.symbol("S" + symbol, 1, symbol, STALE);
        }
        assertEquals(
                List.of(
                        new Alert.Symbol("S7", 7),
                        new Alert.Symbol("S6", 6),
                        new Alert.Symbol("S5", 5),
                        new Alert.Symbol("S4", 4),
                        new Alert.Symbol("S3", 3)),
                scene.evaluation(AlertRules.GATE_SHARE, STALE).symbols());
    }
}
