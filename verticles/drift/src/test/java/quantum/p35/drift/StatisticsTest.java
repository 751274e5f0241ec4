package quantum.p35.drift;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import quantum.p35.api.Outcome;
import quantum.p35.api.Window;
import quantum.p35.api.WindowName;
import quantum.p35.api.WindowsUpdated;

class StatisticsTest {

    @Test
    void wilsonsIntervalIsThatOfTheBooks() {
        // z = 2.5758: (0.7 + z²/600 ± z·√(0.21/300 + z²/360000)) / (1 + z²/300)
        Confidence.Bounds bounds = new Confidence(0.99, 0).of(210, 300);
        assertEquals(0.6280, bounds.low(), 0.0005);
        assertEquals(0.7633, bounds.high(), 0.0005);
    }

    @ParameterizedTest
    @CsvSource({"0, 300, 300", "0.8, 300, 33", "0.5, 300, 100", "0.8, 2, 0"})
    void aLongRunOfOneSymbolIsWorthLess(double rho, long n, long worth) {
        assertEquals(worth, new Confidence(0.99, rho).effective(n));
    }

    @Test
    void manySymbolsAreWorthMoreThanOneAndLessThanIndependentDecisions() {
        double[] ten = new double[10];
        Arrays.fill(ten, 0.1);
        long worth = new Confidence(0.99, 0.8, ten).effective(100);
        assertTrue(worth > new Confidence(0.99, 0.8).effective(100) && worth < 20, () -> "worth " + worth);
    }

    @Test
    void ofNothingNothingIsKnown() {
        assertEquals(Confidence.Bounds.UNKNOWN, new Confidence(0.99, 0).of(0, 0));
        assertEquals(Confidence.Bounds.UNKNOWN, new Confidence(0.99, 0.9).of(1, 2));
    }

    @Test
    void noneOfIndependentDecisionsBoundsTheShareExactly() {
        // (1 − p)^24 = 0.01
        assertEquals(1 - Math.pow(0.01, 1 / 24.0), new Confidence(0.99, 0).mostOfNone(24, 1), 1e-6);
    }

    @Test
    void stickyDecisionsBoundItLess() {
        Confidence sticky = new Confidence(0.99, 0.8);
        assertTrue(sticky.mostOfNone(75, 1) > sticky.mostOfNone(75, 10));
        assertTrue(sticky.mostOfNone(75, 10) > new Confidence(0.99, 0).mostOfNone(75, 10));
    }

    @Test
    void newcombesDifferenceIsThatOfHisPaper() {
        // Newcombe 1998, table II, 56/70 and 48/80 at 95 %: 0.0524 to 0.3339
        assertEquals(0.0524, new Confidence(0.95, 0).growth(56, 70, 48, 80), 0.0005);
    }

    @ParameterizedTest(name = "{0} of {1} pairs the same: rho {2}")
    @CsvSource({"500, 1000, 0", "900, 1000, 0.8", "1000, 1000, 0.99", "100, 1000, 0", "99, 99, 0"})
    void stickinessIsWhatChanceDoesNotExplain(long same, long pairs, double rho) {
        Base base = new Base(2000, 2000, 1000, Map.of("permit", 1000L), Map.of());
        assertEquals(rho, Stickiness.rho(hour(pairs, same), base), 1e-9);
    }

    @Test
    void oneGateAloneIsNotSticky() {
        Base base = new Base(2000, 2000, 0, Map.of("permit", 2000L), Map.of());
        assertEquals(0, Stickiness.rho(hour(1000, 1000), base));
    }

    private static WindowsUpdated.Counts hour(long pairs, long same) {
        Window window = new Window(WindowName.ONE_HOUR, Scene.NOW, Scene.NOW, 2000);
        return new WindowsUpdated.Counts(window, Map.of(Outcome.SKIP, 2000L), List.of(), 0, Map.of(), pairs, same);
    }
}
