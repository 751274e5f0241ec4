package quantum.p35.ingest;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import quantum.p35.api.Decision;
import quantum.p35.api.Finding;
import quantum.p35.api.Outcome;
import quantum.p35.testkit.Catalogues;

/** The rows of the outcome table, in its order; {@code -} is an absent field. */
class OutcomeTableTest {

    private final Normaliser normaliser = new Normaliser(Catalogues.fromConf());

    private Decision decide(String executed, String verdict, String would, String error) {
        Map<String, String> fields = new HashMap<>();
        fields.put("executed", executed);
        fields.put("decision", verdict);
        fields.put("would_execute", would);
        fields.put("error", error);
        fields.values().removeIf("-"::equals);
        return normaliser.normalise(new RawEntry("1769991690000-0", fields));
    }

    @ParameterizedTest(name = "{0}: executed {1}, verdict {2}, would {3}, error {4} is {5} by {6}")
    @CsvSource(
            delimiter = '|',
            value = {
                "1 executed|true|-|-|-|EXECUTE|none",
                "1 executed, whatever the reason|true|SKIP|-|duplicate_plan|EXECUTE|none",
                "1 executed, whatever the verdict|yes|GARBAGE|-|free text|EXECUTE|none",
                "1 executed, a passed gate named|true|EXECUTE|-|kill_score_close_ok|EXECUTE|none",
                "2 error|false|ERROR|-|exception: x|ERROR|exception",
                "2 error, nothing said|-|ERROR|-|-|ERROR|none",
                "2 error by a blocking gate|false|FAILED|-|risk_paused|ERROR|risk_paused",
                "2 error, only passed gates|false|FAIL|-|kill_score_open_ok|ERROR|unreported_gate",
                "3 skip|false|SKIP|true|-|SKIP|none",
                "3 skip by a blocking gate|-|SKIPPED|-|risk_paused|SKIP|risk_paused",
                "3 skip, only passed gates|false|SKIP|-|kill_score_close_ok|SKIP|unreported_gate",
                "4 blocked|false|BLOCKED|-|risk_paused|BLOCKED|risk_paused",
                "4 blocked by a broken gate|false|BLOCK|-|exception|BLOCKED|exception",
                "4 denied, nothing said|-|DENIED|-|-|BLOCKED|unreported_gate",
                "4 rejected, only passed gates|false|REJECTED|-|kill_score_close_ok|BLOCKED|unreported_gate",
                "5 verdict alone|-|EXECUTE|-|-|EXECUTE|none",
                "5 verdict alone with a reason|-|RECONCILE_CLOSE|-|risk_paused|EXECUTE|risk_paused",
                "5 verdict alone, only passed gates|-|EXECUTED|-|kill_score_close_ok|EXECUTE|none",
                "5 executed unreadable|perhaps|EXEC|-|-|EXECUTE|none",
                "6 dry run|false|EXECUTE|true|-|SKIP|dry_run",
                "6 dry run, only passed gates|false|EXEC|True|kill_score_open_ok|SKIP|dry_run",
                "7 broken|False|EXECUTE|false|exception: x|ERROR|exception",
                "7 broken, would have executed|False|EXECUTE|true|exception|ERROR|exception",
                "8 blocked|no|EXECUTE|false|risk_layer0_fail:heartbeat_missing|BLOCKED|risk_layer0_fail:heartbeat_missing",
                "8 blocked, would have executed|0|EXECUTED|1|risk_paused|BLOCKED|risk_paused",
                "8 blocked by a benign gate|FALSE|RECONCILE_CLOSE|-|no_position|BLOCKED|no_position",
                "8 blocked, nothing said|false|EXECUTE|false|-|BLOCKED|unreported_gate",
                "8 blocked, only passed gates|false|EXECUTE|-|kill_score_close_ok|BLOCKED|unreported_gate",
                "9 no verdict, broken|false|-|-|binance_error:x|ERROR|binance_error",
                "9 no verdict, benign|false|-|-|no_position|SKIP|no_position",
                "9 no verdict, nothing said|false|-|true|-|SKIP|none",
                "9 no verdict, only passed gates|false|-|-|kill_score_close_ok|SKIP|unreported_gate",
                "9 no verdict, blocking|false|-|-|risk_paused|BLOCKED|risk_paused",
                "9 no verdict, code that nobody knows|false|-|-|new_gate_7|BLOCKED|new_gate_#",
                "9 no verdict, free text|false|-|-|no money left|BLOCKED|unlisted",
                "10 another word|false|PERHAPS|-|risk_paused|UNKNOWN|risk_paused",
                "10 another word, only passed gates|-|PERHAPS|-|kill_score_close_ok|UNKNOWN|unreported_gate",
                "11 nothing at all|-|-|-|-|UNKNOWN|none",
                "11 only a reason|-|-|-|risk_paused|UNKNOWN|risk_paused",
            })
    void theFirstRowThatFitsDecides(
            String row, String executed, String verdict, String would, String error, Outcome outcome, String gate) {
        Decision decision = decide(executed, verdict, would, error);
        assertEquals(outcome, decision.outcome(), row);
        assertEquals(gate, decision.gate().code(), row);
        assertEquals(outcome == Outcome.UNKNOWN, decision.findings().contains(Finding.VERDICT_UNKNOWN), row);
    }

    @ParameterizedTest
    @ValueSource(strings = {"true", "True", "TRUE", "1", "yes"})
    void spellingsOfYes(String executed) {
        assertEquals(Outcome.EXECUTE, decide(executed, "SKIP", "-", "-").outcome());
    }

    @ParameterizedTest
    @ValueSource(strings = {"false", "False", "FALSE", "0", "no"})
    void spellingsOfNo(String executed) {
        assertEquals(Outcome.SKIP, decide(executed, "-", "-", "-").outcome());
    }

    @ParameterizedTest
    @ValueSource(strings = {"skip", "Skip", " SKIP ", "skipped"})
    void verdictsInAnyCase(String verdict) {
        assertEquals(Outcome.SKIP, decide("false", verdict, "-", "-").outcome());
    }

    @Test
    void anUnknownVerdictIsKeptAsItWasWritten() {
        assertEquals(List.of("Perhaps"), decide("false", "Perhaps", "-", "-").unknownTexts());
    }
}
