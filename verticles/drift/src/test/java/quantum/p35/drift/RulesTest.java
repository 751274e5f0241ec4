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

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import quantum.p35.api.Alert;
import quantum.p35.api.Outcome;
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
                        "no decisions do not end it",
                        new Scene().newest(400).firing(STALE, "gate_share", Severity.HIGH, null),
                        HOLDS,
                        "no decisions in the last 5 minutes"),
                gate(
                        "just repeats end it",
                        new Scene().now(30, SKIP, "duplicate_plan").firing(STALE, "gate_share", Severity.HIGH, null),
                        CLEAR,
                        "no decisions in the last 5 minutes"),
                gate(
                        "no decisions since ever end it",
                        new Scene().newest(null).firing(STALE, "gate_share", Severity.HIGH, null),
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
                        "one of its gates is about to alert",
                        new Scene()
                                .now(138, BLOCKED, STALE)
                                .now(12, BLOCKED, HOLD)
                                .now(150, EXECUTE, NONE),
                        "family_share",
                        FAMILY,
                        HOLDS,
                        null,
                        "nearly all of it"),
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
                        "no decisions for an hour",
                        new Scene().newest(4000).firing(FAMILY, "family_share", Severity.HIGH, null),
                        "family_share",
                        FAMILY,
                        HOLDS,
                        null,
                        "no decisions in the last 5 minutes"),
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
                new Row("in every window", hours, "gate_stuck", STALE, FIRES, Severity.HIGH, "in the hour at least"),
                new Row(
                        "not in the last 5 minutes",
                        over,
                        "gate_stuck",
                        STALE,
                        CLEAR,
                        null,
                        "20 % in the last 5 minutes"),
                new Row(
                        "just begun",
                        stopped(60, 300),
                        "gate_stuck",
                        STALE,
                        HOLDS,
                        null,
                        "0 decisions in the 45 before"),
                new Row(
                        "no decisions do not end it",
                        new Scene().quarter(200, BLOCKED, STALE).firing(STALE, "gate_stuck", Severity.HIGH, null),
                        "gate_stuck",
                        STALE,
                        HOLDS,
                        null,
                        "no decisions in the last 5 minutes"),
                new Row("not in the hour", begun, "gate_stuck", STALE, CLEAR, null, "0 % in the 45 before those"));
    }

    /** Of 300 decisions, after an hour in which nothing was stopped. */
    private static Scene family(int stale, int hold, int flight) {
        return new Scene()
                .now(stale, BLOCKED, STALE)
                .now(hold, BLOCKED, HOLD)
                .now(flight, BLOCKED, "p33_permit_denied:cooldown_in_flight")
                .now(300 - stale - hold - flight, EXECUTE, NONE)
                .before(900, EXECUTE, NONE);
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
                        HOLDS,
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
                        CLEAR,
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
                        "what an incident left behind is no growth",
                        grown(5, 35).resolved(STALE, "gate_share"),
                        "gate_growing",
                        STALE,
                        CLEAR,
                        null,
                        "held back, the alert about " + STALE + " ended lately"),
                new Row(
                        "family_share tells",
                        family(51, 51, 51),
                        "gate_growing",
                        STALE,
                        CLEAR,
                        null,
                        "held back, the alert about " + FAMILY + " tells of this gate"),
                new Row(
                        "the family is not enough",
                        family(51, 20, 20),
                        "gate_growing",
                        STALE,
                        FIRES,
                        Severity.MEDIUM,
                        "from 0 % to 17 %"),
                new Row(
                        "its family's alert goes on",
                        family(51, 30, 30).firing(FAMILY, "family_share", Severity.HIGH, null),
                        "gate_growing",
                        STALE,
                        CLEAR,
                        null,
                        "tells of this gate"),
                new Row(
                        "its family's alert ended lately",
                        family(51, 20, 20).resolved(FAMILY, "family_share"),
                        "gate_growing",
                        STALE,
                        CLEAR,
                        null,
                        "held back, the alert about " + FAMILY + " ended lately"),
                new Row(
                        "a warning goes on beside its family",
                        family(51, 51, 51).firing(STALE, "gate_growing", Severity.MEDIUM, 0.0),
                        "gate_growing",
                        STALE,
                        FIRES,
                        Severity.MEDIUM,
                        "from 0 % to 17 %"),
                new Row(
                        "after hours it is no early warning any more",
                        grown(30, 35)
                                .firing(STALE, "gate_growing", Severity.MEDIUM, 0.05)
                                .since(Scene.NOW.minusSeconds(3 * 3600)),
                        "gate_growing",
                        STALE,
                        CLEAR,
                        null,
                        "3 h ago"),
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
        Scene gateToo = stopped(95, 300).lasting();
        return Stream.of(
                row("10 % execute", executing(30, 300).lasting(), "execute_low", FIRES, "at most 14 %"),
                row("18 % execute may be chance", executing(54, 300).lasting(), "execute_low", HOLDS, "20 % is the"),
                row("25 % execute", executing(75, 300).lasting(), "execute_low", CLEAR, "25 %"),
                row("no decisions", new Scene(), "execute_low", HOLDS, "no decisions in the last 15 minutes"),
                row(
                        "none of few executes",
                        executing(0, 12)
                                .lasting()
                                .symbol("A", 0, 12, "cooldown")
                                .symbol("B", 0, 12, "cooldown"),
                        "execute_low",
                        FIRES,
                        "at most 18 %"),
                row("seconds old", executing(0, 300), "execute_low", HOLDS, "not yet older than 15 minutes"),
                row(
                        "6 minutes old",
                        executing(0, 300).quarter(90, EXECUTE, NONE).before(1, EXECUTE, NONE),
                        "execute_low",
                        HOLDS,
                        "not yet before the last 5 minutes"),
                row(
                        "it executes again",
                        executing(60, 100).quarter(1000, SKIP, "no_position").before(1, EXECUTE, NONE),
                        "execute_low",
                        HOLDS,
                        "no more in the last 5 minutes"),
                row(
                        "it stopped just now",
                        executing(0, 1000)
                                .quarter(90, EXECUTE, NONE)
                                .quarter(110, SKIP, "no_position")
                                .before(1, SKIP, NONE),
                        "execute_low",
                        HOLDS,
                        "not yet before the last 5 minutes"),
                row(
                        "a little too low for an hour",
                        executing(23, 150).lasting().before(135, EXECUTE, NONE).before(765, SKIP, "no_position"),
                        "execute_low",
                        FIRES,
                        "in the hour at most"),
                row("a gate alert says more", gateToo, "execute_low", HOLDS, "the alert about " + STALE),
                row(
                        "a gate alert of hours ago does not explain that nothing executes",
                        new Scene()
                                .now(111, BLOCKED, STALE)
                                .now(95, BLOCKED, "cooldown")
                                .now(94, SKIP, "no_position")
                                .lasting()
                                .firing(STALE, "gate_share", Severity.HIGH, null),
                        "execute_low",
                        FIRES,
                        "at most"),
                row(
                        "nor that much is BLOCKED",
                        new Scene()
                                .now(111, BLOCKED, STALE)
                                .now(110, BLOCKED, "cooldown")
                                .now(79, EXECUTE, NONE)
                                .lasting()
                                .firing(STALE, "gate_share", Severity.HIGH, null),
                        "blocked_high",
                        FIRES,
                        "at least"),
                row(
                        "a silenced gate alert explains nothing",
                        stopped(95, 300)
                                .lasting()
                                .firing(STALE, "gate_share", Severity.CRITICAL, null)
                                .silenced(),
                        "execute_low",
                        FIRES,
                        "at most"),
                row("a gate alert says more of BLOCKED", gateToo, "blocked_high", HOLDS, "held back"),
                row(
                        "a lesser alert explains BLOCKED",
                        new Scene()
                                .now(520, BLOCKED, STALE)
                                .now(480, EXECUTE, NONE)
                                .lasting()
                                .before(2000, EXECUTE, NONE),
                        "blocked_high",
                        HOLDS,
                        "the alert about " + STALE),
                row(
                        "a lesser alert does not explain that nothing executes",
                        new Scene()
                                .now(150, BLOCKED, STALE)
                                .now(150, SKIP, "no_position")
                                .now(10, EXECUTE, NONE)
                                .lasting()
                                .before(900, EXECUTE, NONE),
                        "execute_low",
                        FIRES,
                        "at most"),
                row(
                        "BLOCKED by many gates",
                        new Scene()
                                .now(50, BLOCKED, STALE)
                                .now(50, BLOCKED, "cooldown")
                                .now(60, BLOCKED, "risk_paused")
                                .now(100, EXECUTE, NONE)
                                .lasting(),
                        "blocked_high",
                        FIRES,
                        "at least"),
                row(
                        "85 % SKIP",
                        new Scene()
                                .now(255, SKIP, "no_position")
                                .now(45, EXECUTE, NONE)
                                .lasting(),
                        "skip_high",
                        FIRES,
                        "at least"),
                row(
                        "repeats are no SKIP",
                        new Scene()
                                .now(900, SKIP, "duplicate_plan")
                                .now(100, EXECUTE, NONE)
                                .lasting(),
                        "skip_high",
                        CLEAR,
                        "0 % (0 of 200 decisions"),
                row("20 % ERROR", erring(60).lasting(), "error_high", FIRES, "at least"),
                row("20 % ERROR seconds old", erring(60), "error_high", HOLDS, "not yet older than 5 minutes"),
                row("5 % ERROR", erring(15).lasting(), "error_high", CLEAR, "5 %"),
                row(
                        "ERROR by a gate that alerts",
                        new Scene()
                                .now(200, ERROR, "exception")
                                .now(100, EXECUTE, NONE)
                                .lasting(),
                        "error_high",
                        HOLDS,
                        "the alert about exception"),
                row(
                        "ERROR beside a blocking gate that alerts",
                        new Scene()
                                .now(180, BLOCKED, STALE)
                                .now(60, ERROR, "exception")
                                .now(60, EXECUTE, NONE)
                                .lasting(),
                        "error_high",
                        FIRES,
                        "at least"),
                row("12 % UNKNOWN", unknown(36, 300).lasting(), "unknown_high", FIRES, "at least"),
                row("4 % UNKNOWN is healthy", unknown(12, 300).lasting(), "unknown_high", CLEAR, "4 %"),
                row("8 % ERROR is over", erring(24).lasting(), "error_high", CLEAR, "8 %"),
                row("9 % ERROR is neither", erring(27).lasting(), "error_high", HOLDS, "10 %"),
                row("2 % UNKNOWN", unknown(6, 300).lasting(), "unknown_high", CLEAR, "2 %"),
                row(
                        "UNKNOWN that is too sticky to tell",
                        unknown(5, 25)
                                .lasting()
                                .before(100, SKIP, "no_position")
                                .pairs(170, 164),
                        "unknown_high",
                        HOLDS,
                        "gates are so sticky"),
                row(
                        "few independent ones of UNKNOWN",
                        unknown(6, 50)
                                .lasting()
                                .before(100, SKIP, "no_position")
                                .pairs(240, 200),
                        "unknown_high",
                        HOLDS,
                        "5 needed"),
                row(
                        "silence is told by another alert",
                        executing(30, 300).lasting().newest(400),
                        "execute_low",
                        HOLDS,
                        "held back while source_silent fires"));
    }

    private static Scene erring(int errors) {
        return new Scene().now(errors, ERROR, "exception").now(300 - errors, EXECUTE, NONE);
    }

    private static Scene unknown(int unknown, int decisions) {
        return new Scene().now(unknown, UNKNOWN, NONE).now(decisions - unknown, EXECUTE, NONE);
    }

    static Stream<Row> symbols() {
        return Stream.of(
                row("40 stopped, none executed", one(executed(), 0, 40), "symbol_stuck", FIRES, "BADUSDT: no EXECUTE"),
                row("one executed", one(executed(), 1, 39), "symbol_stuck", CLEAR, "no symbol"),
                row("19 decisions are too few", one(executed(), 0, 19), "symbol_stuck", CLEAR, "no symbol"),
                row(
                        "seconds old",
                        one(new Scene().now(300, EXECUTE, NONE), 0, 40),
                        "symbol_stuck",
                        HOLDS,
                        "not yet older than 15 minutes"),
                row(
                        "benign gates are no stop",
                        executed().symbol("BADUSDT", 0, 40, "no_position"),
                        "symbol_stuck",
                        CLEAR,
                        "no symbol"),
                row(
                        "sticky decisions are worth less",
                        one(executed().before(450, BLOCKED, STALE).pairs(1200, 1140), 0, 40),
                        "symbol_stuck",
                        HOLDS,
                        "fresh ones, 20 needed"),
                row(
                        "another one is no reason to go on",
                        one(executed().before(450, BLOCKED, STALE).pairs(1200, 1140), 0, 40)
                                .stuck("GOODUSDT"),
                        "symbol_stuck",
                        CLEAR,
                        "none of the symbols that it names"),
                row(
                        "it is not sure any more",
                        one(executed().before(450, BLOCKED, STALE).pairs(1200, 1140), 0, 40)
                                .stuck("BADUSDT"),
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
                        "silence empties the window",
                        one(executed(), 0, 10).newest(400).stuck("BADUSDT"),
                        "symbol_stuck",
                        HOLDS,
                        "while source_silent fires"),
                row(
                        "its gate only grows",
                        one(executed(), 0, 40).firing(STALE, "gate_growing", Severity.MEDIUM, 0.0),
                        "symbol_stuck",
                        FIRES,
                        "BADUSDT"),
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
                        executing(10, 300).lasting().symbol("BADUSDT", 0, 40, STALE),
                        "symbol_stuck",
                        HOLDS,
                        "execute_low tells of all symbols"));
    }

    private static Scene executed() {
        return new Scene().now(300, EXECUTE, NONE).lasting();
    }

    private static Scene one(Scene scene, long executed, long stopped) {
        return scene.symbol("GOODUSDT", 200, 0, NONE).symbol("BADUSDT", executed, stopped, STALE);
    }

    static Stream<Row> service() {
        return Stream.of(
                row(
                        "6 minutes",
                        executed().newest(360).state(State.SILENT),
                        "source_silent",
                        FIRES,
                        "is over 6 minutes old"),
                row("4 minutes", executed().newest(240), "source_silent", CLEAR, "is 4 minutes old"),
                row("behind is no silence", executed().newest(400).behind(400), "source_silent", HOLDS, "behind"),
                row("2 minutes behind", executed().behind(120), "ingest_behind", FIRES, "waits for over 2 minutes"),
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

    /** A fresh service, 300 decisions within seconds, one gate at 70 %. */
    @ParameterizedTest(name = "{0} symbols, the rest {1}")
    @CsvSource({"1, EXECUTE", "1, SKIP", "7, EXECUTE", "7, SKIP", "30, EXECUTE", "30, SKIP"})
    void anExplosionOnAFreshServiceIsToldOnce(int symbols, Outcome rest) {
        String restGate = rest == SKIP ? "no_position" : NONE;
        for (int secondsOld = 5; secondsOld <= 65; secondsOld += 10) {
            Scene scene = new Scene()
                    .now(210, BLOCKED, STALE)
                    .now(90, rest, restGate)
                    .pairs(300 - symbols, 174)
                    .newest(secondsOld);
            for (int symbol = 0; symbol < symbols; symbol++) {
                scene.symbol("S" + symbol, rest == EXECUTE ? 90 / symbols : 0, 210 / symbols, STALE);
            }
            List<Evaluation> firing =
                    scene.evaluations().stream().filter(Evaluation::fires).toList();
            assertEquals(1, firing.size(), firing::toString);
            assertEquals(STALE, firing.getFirst().reason());
            assertEquals(AlertRules.GATE_SHARE, firing.getFirst().rule());
            assertEquals(Severity.HIGH, firing.getFirst().severity());
        }
    }

    /** 300 repeats and no more than 100 SKIP: the others were ERROR. */
    @Test
    void repeatsThatWereNotSkippedLeaveNoMoreOfAnyOutcomeThanDecisions() {
        Scene scene = new Scene()
                .now(300, ERROR, "duplicate_plan")
                .now(100, SKIP, NONE)
                .lasting();
        Evaluation error = scene.evaluation(AlertRules.ERROR_HIGH, AlertRules.ERROR_HIGH);
        assertEquals(FIRES, error.verdict(), error::because);
        assertEquals(100, error.figures().score());
        assertEquals(1, new Confidence(0.99, 0).of(4, 1).high(), 1e-9, "and were there more, it does not throw");
    }

    @Test
    void symbolsThatMayBeStuckDoNotTakeThePlaceOfThoseThatAre() {
        Evaluation holds = one(executed().before(450, BLOCKED, STALE).pairs(1200, 1140), 0, 40)
                .symbol("WORSEUSDT", 0, 40, HOLD)
                .stuck("BADUSDT")
                .evaluation(AlertRules.SYMBOL_STUCK, AlertRules.SYMBOL_STUCK);
        assertEquals(HOLDS, holds.verdict(), holds::because);
        assertEquals(List.of(), holds.symbols());
        assertEquals(0, holds.figures().total(), "so that the alert keeps its own");
    }

    @Test
    void aRuleThatThrowsHoldsAndTheOthersAreJudged() {
        Scene scene = stopped(70, 300).brokenSymbol();
        assertEquals(FIRES, scene.evaluation(AlertRules.GATE_SHARE, STALE).verdict());
        Evaluation broken = scene.evaluation(AlertRules.SYMBOL_STUCK, AlertRules.SYMBOL_STUCK);
        assertEquals(HOLDS, broken.verdict());
        assertTrue(broken.because().contains("an error of our own"), broken::because);
    }

    @Test
    void whereNobodyTellsOfSilenceAnEmptyWindowEndsAlerts() {
        Map<String, AlertRules.Rule> rules = new HashMap<>(AlertRules.DEFAULT.rules());
        rules.computeIfPresent(
                AlertRules.SOURCE_SILENT, (name, rule) -> new AlertRules.Rule(false, rule.severity(), null, null, 300));
        AlertRules quiet = new AlertRules(null, null, null, rules, null);
        assertTrue(new Scene()
                .newest(4000).firing(STALE, "gate_share", Severity.HIGH, null).evaluations(quiet).stream()
                        .filter(evaluation -> evaluation.reason().equals(STALE))
                        .allMatch(evaluation -> evaluation.verdict() == CLEAR));
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
