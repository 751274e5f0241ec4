package quantum.p35.drift;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import quantum.p35.api.Alert;
import quantum.p35.api.Keys;
import quantum.p35.api.WindowName;
import quantum.p35.testkit.Catalogues;

class WordingTest {

    private static final Instant NOW = Instant.parse("2026-02-01T14:05:00Z");

    private final Wording wording = new Wording(null, Catalogues.fromConf(), Keys.DEFAULT);

    @Test
    void aShareIsOfWhatIsNotRepeated() {
        Draft draft = Draft.begun("leverage_ratio_exceeded", NOW);
        draft.rule = AlertRules.GATE_SHARE;
        draft.window = WindowName.FIVE_MINUTES;
        Figures figures = new Figures(90, 2020, 120, 0.045, 0.66, 0.85, 0.4, 60L, null);
        assertEquals(
                "leverage_ratio_exceeded stops 75 % of decisions"
                        + " (90 of 120 in the last 5 minutes, 1 900 repeats left out).",
                wording.sentence(draft, look(Verdict.FIRES, figures, "")));
        draft.state = Alert.State.RESOLVED;
        draft.resolved = NOW.plusSeconds(600);
        assertEquals(
                "leverage_ratio_exceeded is over after 10 minutes: now 75 %"
                        + " (90 of 120 in the last 5 minutes, 1 900 repeats left out).",
                wording.sentence(draft, look(Verdict.FIRES, figures, "")));
    }

    private static Evaluation look(Verdict verdict, Figures figures, String because) {
        return new Evaluation("", "", WindowName.FIVE_MINUTES, verdict, null, figures, because, List.of());
    }

    /** Each look of an alert that goes on firing says what is true of that look. */
    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            source_silent | FIRES | the newest is 8 minutes old | Nothing is proposed: the newest is 8 minutes old.
            source_silent | CLEAR | the newest is 0 seconds old | Nothing was proposed, but now: the newest is 0 seconds old; this ends when that lasts.
            source_silent | HOLDS | counting is behind | Nothing was proposed; now: counting is behind.
            ingest_behind | CLEAR | everything is counted | Counting was behind, but now: everything is counted; this ends when that lasts.
            symbol_stuck | FIRES | BTCUSDT: no EXECUTE | No EXECUTE in the last 5 minutes for BTCUSDT.
            symbol_stuck | CLEAR | none is stuck | BTCUSDT had no EXECUTE, but now: none is stuck; this ends when that lasts.
            p33:stale | HOLDS | no decisions in the last 5 minutes | p33:stale stopped 60 of 90 decisions in the last 5 minutes that had any.
            execute_low | HOLDS | no decisions in the last 5 minutes | Only 60 of 90 decisions executed in the last 5 minutes that had any.
            """)
    void whatFiresSaysWhatIsTrueNow(String reason, Verdict verdict, String because, String sentence) {
        Draft draft = Draft.begun(reason, NOW);
        draft.rule = reason;
        draft.window = WindowName.FIVE_MINUTES;
        draft.score = reason.equals(AlertRules.SYMBOL_STUCK) ? 1 : 60;
        draft.total = 90;
        draft.symbols = List.of(new Alert.Symbol("BTCUSDT", 40));
        draft.certainty = because;
        assertEquals(sentence, wording.sentence(draft, look(verdict, Figures.none(), because)));
    }
}
