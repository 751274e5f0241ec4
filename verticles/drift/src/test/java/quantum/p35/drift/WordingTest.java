package quantum.p35.drift;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.time.Instant;
import org.junit.jupiter.api.Test;
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
                wording.sentence(draft, figures));
        draft.state = Alert.State.RESOLVED;
        draft.resolved = NOW.plusSeconds(600);
        assertEquals(
                "leverage_ratio_exceeded is over after 10 minutes: now 75 %"
                        + " (90 of 120 in the last 5 minutes, 1 900 repeats left out).",
                wording.sentence(draft, figures));
    }
}
