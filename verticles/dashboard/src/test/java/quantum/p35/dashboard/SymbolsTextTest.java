package quantum.p35.dashboard;

import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import quantum.p35.api.Outcome;
import quantum.p35.api.State;
import quantum.p35.api.Symbols;
import quantum.p35.api.Symbols.SymbolCount;

class SymbolsTextTest {

    @ParameterizedTest
    @CsvSource({"BTCUSDT, 0, never", "BTCUSDT, 3, not known", "other, 0, not known"})
    void neverIsSaidOnlyWhereItIsKnown(String symbol, long executed, String words) {
        SymbolCount row =
                new SymbolCount(symbol, 9, Map.of(Outcome.EXECUTE, executed), 0, 0, null, List.of(), null, null);
        Symbols.Answer answer =
                new Symbols.Answer(State.TRADING, Samples.NOW, Samples.symbols().window(), List.of(row));
        String text = new SymbolsText(Ink.PLAIN).print(answer, List.of(), 10);
        assertTrue(text.contains("last EXECUTE " + words + "\n"), text);
    }
}
