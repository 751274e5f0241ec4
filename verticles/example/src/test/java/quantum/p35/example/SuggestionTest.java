package quantum.p35.example;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class SuggestionTest {

    @Test
    void fewSymbolsThatHoldMostOfItAreNamedWorstFirst() {
        Suggestion suggestion = Suggestion.of(
                Sample.alert(), Sample.fares(Map.of("BTCUSDT", 30L, "ETHUSDT", 60L, "XRPUSDT", 6L, "LTCUSDT", 4L)), 2);

        assertEquals(
                new Suggestion(
                        "p35_alert_1_insufficient_confidence",
                        List.of("ETHUSDT", "BTCUSDT"),
                        "90 % of what low confidence stopped is ETHUSDT, BTCUSDT: fall back to the model before for"
                                + " these, and retrain."),
                suggestion);
    }

    @Test
    void manySymbolsAlikeAreNotNamed() {
        Suggestion suggestion =
                Suggestion.of(Sample.alert(), Sample.fares(Map.of("BTCUSDT", 30L, "ETHUSDT", 30L, "XRPUSDT", 30L)), 2);

        assertEquals(List.of(), suggestion.symbols());
        assertEquals(
                "Confidence is low for 3 symbols alike: look at the threshold and at the data that all models share,"
                        + " then retrain.",
                suggestion.text());
    }

    @Test
    void otherGatesDoNotCount() {
        Suggestion suggestion = Suggestion.of(Sample.alert(), Sample.fares(Map.of()), 2);

        assertEquals(List.of(), suggestion.symbols());
    }
}
