package quantum.p35.ingest;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import quantum.p35.api.Decision;
import quantum.p35.api.Finding;
import quantum.p35.api.Outcome;
import quantum.p35.testkit.Catalogues;
import quantum.p35.testkit.Samples;

class NormaliserTest {

    private static final String ID = "1769954737250-0";
    private static final String NOW = "1769954737";

    private final Normaliser normaliser = new Normaliser(Catalogues.fromConf());

    private Decision normalise(String... namesAndValues) {
        Map<String, String> fields = new HashMap<>();
        for (int i = 0; i < namesAndValues.length; i += 2) {
            fields.put(namesAndValues[i], namesAndValues[i + 1]);
        }
        return normaliser.normalise(new RawEntry(ID, fields));
    }

    private String gateOf(String error) {
        return normalise("executed", "false", "error", error).gate().code();
    }

    static List<Samples.Sample> samples() {
        return Samples.all();
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("samples")
    void whatTradingSystemsReallyWroteIsUnderstood(Samples.Sample sample) {
        Decision decision = normaliser.normalise(new RawEntry(sample.id(), sample.fields()));
        assertEquals(sample.outcome(), decision.outcome());
        assertEquals(sample.gate(), decision.gate().code());
        assertEquals(sample.id(), decision.entryId());
    }

    @Test
    void aPlainEntryHasNothingToComplainAbout() {
        Decision decision = normalise(
                "plan_id",
                "48b33c2d7aafb9f2",
                "symbol",
                "XRPUSDT",
                "decision",
                "SKIP",
                "executed",
                "False",
                "would_execute",
                "False",
                "steps_results",
                "[]",
                "error",
                "duplicate_plan",
                "timestamp",
                NOW);
        assertEquals(Set.of(), decision.findings());
        assertEquals(List.of(), decision.unknownTexts());
        assertEquals("48b33c2d7aafb9f2", decision.planId());
        assertEquals("XRPUSDT", decision.symbol());
        assertTrue(decision.gate().repeat());
    }

    @Test
    void anEntryOfUnknownFieldsIsCountedAsUnknown() {
        Decision decision = normalise("colour", "red");
        assertEquals(Outcome.UNKNOWN, decision.outcome());
        assertTrue(decision.gate().isNone());
        assertEquals(
                Set.of(Finding.TIMESTAMP_MISSING, Finding.SYMBOL_MISSING, Finding.VERDICT_UNKNOWN),
                decision.findings());
        assertEquals(decision, normalise());
    }

    // ---- which field wins

    @Test
    void theEntrysOwnFieldsWinOverTheDetailsUnlessBlank() {
        Decision decision = normalise(
                "symbol",
                " BTCUSDT ",
                "plan_id",
                "  ",
                "executed",
                "false",
                "error",
                "risk_paused",
                "details",
                "{\"symbol\":\"ETHUSDT\",\"plan_id\":\"p\",\"decision\":\"SKIP\",\"executed\":true,\"error\":\"exception\"}");
        assertEquals("BTCUSDT", decision.symbol());
        assertEquals("p", decision.planId());
        assertEquals(Outcome.SKIP, decision.outcome());
        assertEquals("risk_paused", decision.gate().code());
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource(
            delimiter = '|',
            nullValues = "-",
            value = {
                "error first|risk_paused|risk_booting|kill_switch_active|cooldown|risk_paused",
                "then reason|''|risk_booting|kill_switch_active|cooldown|risk_booting",
                "then the error of the details|-|' '|kill_switch_active|cooldown|kill_switch_active",
                "then the reason of the details|-|-|''|cooldown|cooldown",
            })
    void theReasonIsTheFirstThatIsNotBlank(
            String rule, String error, String reason, String inError, String inReason, String gate) {
        Map<String, String> fields = new HashMap<>();
        fields.put("error", error);
        fields.put("reason", reason);
        fields.put("details", "{\"error\":\"" + inError + "\",\"reason\":\"" + inReason + "\"}");
        assertEquals(gate, normaliser.normalise(new RawEntry(ID, fields)).gate().code(), rule);
    }

    @ParameterizedTest
    @CsvSource({"data", "payload"})
    void aSingleFieldWithAnObjectIsUnwrapped(String field) {
        Decision decision = normalise(
                field,
                "{\"symbol\":\"BTCUSDT\",\"executed\":\"false\",\"timestamp\":" + NOW
                        + ",\"details\":\"{\\\"decision\\\":\\\"BLOCKED\\\",\\\"error\\\":\\\"risk_paused\\\"}\"}");
        assertEquals(Outcome.BLOCKED, decision.outcome());
        assertEquals("risk_paused", decision.gate().code());
        assertEquals(Set.of(), decision.findings());
    }

    @Test
    void detailsMayBeAnObjectInAnUnwrappedOne() {
        Decision decision = normalise(
                "data",
                "{\"nested\":{\"error\":\"x\"},\"details\": {\"decision\":\"ERROR\",\"error\":\"exception\"} ,\"symbol\":\"S\"}");
        assertEquals(Outcome.ERROR, decision.outcome());
        assertEquals("exception", decision.gate().code());
        assertEquals("S", decision.symbol());
    }

    @Test
    void dataBesideOtherFieldsIsNotUnwrapped() {
        assertNull(normalise("data", "{\"symbol\":\"BTCUSDT\"}", "executed", "false")
                .symbol());
    }

    // ---- details

    @ParameterizedTest(name = "{0}")
    @CsvSource(
            delimiter = '|',
            value = {
                "cut off|{\"decision\":\"SKIP\",\"sym",
                "text behind it|{\"decision\":\"SKIP\"} and more",
                "array|[1,2]",
                "text|\"SKIP\"",
                "null|null",
                "no JSON|SKIP",
                "single quotes|{'decision':'SKIP'}",
                "a number longer than any|{\"decision\":\"SKIP\",\"qty\":1@}",
            })
    void brokenDetailsAreAFindingAndOtherwiseIgnored(String what, String details) {
        Decision decision = normalise("details", details.replace("@", "1".repeat(5000)), "executed", "false");
        assertTrue(decision.findings().contains(Finding.DETAILS_BROKEN), what);
        assertEquals(Outcome.SKIP, decision.outcome(), what);
        assertTrue(decision.gate().isNone(), what);
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource(
            delimiter = '|',
            value = {
                "NaN as Python writes it|{\"qty\":NaN,\"x\":-Infinity,\"decision\":\"ERROR\"}",
                "a key twice, the last one holds|{\"decision\":\"SKIP\",\"decision\":\"ERROR\"}",
                "numbers for booleans|{\"executed\":0,\"decision\":\"ERROR\"}",
                "objects where texts should be|{\"error\":{\"code\":1},\"symbol\":[],\"decision\":\"ERROR\"}",
                "blanks around it|' {\"decision\":\"ERROR\"} '",
            })
    void unusualDetailsAreUnderstood(String what, String details) {
        Decision decision = normalise("details", details);
        assertEquals(Outcome.ERROR, decision.outcome(), what);
        assertEquals(Set.of(Finding.TIMESTAMP_MISSING, Finding.SYMBOL_MISSING), decision.findings(), what);
    }

    @Test
    void blankDetailsAreNoFinding() {
        assertEquals(
                Set.of(),
                normalise("details", " ", "symbol", "S", "decision", "SKIP", "timestamp", NOW)
                        .findings());
    }

    @Test
    void deepAndHugeDetailsAreBroken() {
        String deep = "{\"a\":".repeat(10_000) + "1" + "}".repeat(10_000);
        String huge = "{\"a\":\"" + "x".repeat(1_000_000) + "\"}";
        assertTrue(normalise("details", deep).findings().contains(Finding.DETAILS_BROKEN));
        assertTrue(normalise("details", huge).findings().contains(Finding.DETAILS_BROKEN));
        assertTrue(normalise("data", huge).findings().contains(Finding.DETAILS_BROKEN));
    }

    // ---- reasons

    @ParameterizedTest(name = "{0}: {1} is {2}")
    @CsvSource(
            delimiter = '|',
            value = {
                "verdict as a reason|SKIP|none",
                "verdict as a reason in another case|blocked|none",
                "None as Python writes it|None|none",
                "passed, then the real one|kill_score_close_ok,duplicate_plan|duplicate_plan",
                "blank behind the comma|kill_score_close_ok, duplicate_plan|duplicate_plan",
                "the first that is left|risk_paused,duplicate_plan|risk_paused",
                "passed by pattern|layer4_kelly_12.5usdt,action_normalized_BUY,cooldown_57s|cooldown",
                "only passed|kill_score_close_ok,kill_score_open_ok|unreported_gate",
                "passed and a verdict|kill_score_close_ok,SKIP|unreported_gate",
                "parts with details|kill_score_close_ok,p33_permit_denied:stale|p33_permit_denied:stale",
                "a text with commas|binance_error:HTTPError 400: {\"code\":-1111, \"msg\":\"Precision\"}|binance_error",
                "an empty part is no code|kill_score_close_ok,,duplicate_plan|unlisted",
                "rate limit|RETRYABLE_RATE_LIMIT: 429, try later|rate_limited",
                "invariant|INVARIANT: qty > 0|invariant_violated",
                "alias with a blank|Duplicate plan_id|duplicate_plan",
                "code with numbers|new_gate_57s|new_gate_#s",
                "free text|Traceback (most recent call last)|unlisted",
            })
    void reasonsComeToOneGate(String rule, String error, String gate) {
        assertEquals(gate, gateOf(error), rule);
        assertEquals(gate, gateOf(error), rule + ", asked again");
    }

    @Test
    void reasonsThatNobodyKnowsAreKeptForTheOperator() {
        assertEquals(
                List.of("new_gate_57s"),
                normalise("executed", "false", "error", "new_gate_57s").unknownTexts());
        assertEquals(
                List.of("Perhaps", "no money\uFFFD left"),
                normalise("decision", "Perhaps", "error", "no\nmoney\u0007 left")
                        .unknownTexts());
        assertEquals(
                120,
                normalise("executed", "false", "error", "no money ".repeat(100_000))
                        .unknownTexts()
                        .getFirst()
                        .length());
    }

    @Test
    void ofAnExecutedPlanNoReasonIsKept() {
        assertEquals(
                List.of(),
                normalise("executed", "true", "error", "no money left").unknownTexts());
    }

    @Test
    void tenThousandDifferentTextsAreOneGate() {
        Set<String> gates = new HashSet<>();
        for (int i = 0; i < 10_000; i++) {
            gates.add(gateOf("free text number " + i));
        }
        assertEquals(Set.of("unlisted"), gates);
    }

    // ---- symbols and plans

    @ParameterizedTest(name = "{0}")
    @CsvSource(
            delimiter = '|',
            nullValues = "-",
            value = {
                "plain|BTCUSDT|BTCUSDT",
                "digits first|1000BONKUSDT|1000BONKUSDT",
                "CJK|币安人生USDT|币安人生USDT",
                "all|ALL|ALL",
                "blanks around it|' BTCUSDT '|BTCUSDT",
                "blanks within it|BTC USDT|BTC USDT",
                "colon|BINANCE:BTCUSDT|BINANCE_BTCUSDT",
                "None|None|-",
                "blank|' '|-",
                "32 characters|ABCDEFGHIJKLMNOPQRSTUVWXYZ123456|ABCDEFGHIJKLMNOPQRSTUVWXYZ123456",
                "33 characters|ABCDEFGHIJKLMNOPQRSTUVWXYZ1234567|ABCDEFGHIJKLMNOPQRSTUVWXYZ123456",
            })
    void symbolsAreTakenAsTheyAre(String what, String symbol, String expected) {
        Decision decision = normalise("symbol", symbol);
        assertEquals(expected, decision.symbol(), what);
        assertEquals(expected == null, decision.findings().contains(Finding.SYMBOL_MISSING), what);
    }

    @Test
    void symbolsHaveNoControlCharactersAndNoHalvesOfCharacters() {
        assertEquals(
                "A\uFFFDB C\uFFFD",
                normalise("symbol", "\u0000A\u0007B\tC\uD83D\n").symbol());
        assertEquals("🚀".repeat(32), normalise("symbol", "🚀".repeat(1_000)).symbol());
        assertNull(normalise("symbol", "\u0000\u2003\u0085").symbol());
    }

    @Test
    void planIdsAreBounded() {
        assertEquals(
                "x".repeat(128), normalise("plan_id", "x".repeat(1_000_000)).planId());
        assertNull(normalise("plan_id", " ").planId());
    }
}
