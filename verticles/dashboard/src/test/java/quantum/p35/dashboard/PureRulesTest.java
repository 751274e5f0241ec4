package quantum.p35.dashboard;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import quantum.p35.api.Secret;

class PureRulesTest {

    private static final Instant NOW = Samples.NOW;
    private static final Path ROOT = Path.of("webroot");

    @ParameterizedTest(name = "{0} is loopback: {1}")
    @CsvSource({
        "127.0.0.1:8035, true",
        "127.3.4.5, true",
        "localhost, true",
        "LOCALHOST:80, true",
        "[::1]:8035, true",
        "[::1], true",
        "0.0.0.0, false",
        "192.168.0.4:8035, false",
        "127.0.0.1.evil.example, false",
        "localhost.evil.example:8035, false",
        "evil.example, false",
        "'', false",
        "127.0.0.1:80:80, false"
    })
    void onlyTheMachineItselfIsLoopback(String authority, boolean loopback) {
        assertEquals(loopback, Loopback.isAuthority(authority));
    }

    @Test
    void withoutATokenOnlyLoopbackIsListenedOn() {
        var refused =
                assertThrows(IllegalArgumentException.class, () -> new DashboardConfig(1, "0.0.0.0", 8035, null, ROOT));
        assertEquals(
                "dashboard.host is '0.0.0.0': without a token only a loopback address may be listened on:"
                        + " set P35_API_TOKEN or P35_API_TOKEN_FILE, or use 127.0.0.1",
                refused.getMessage());
        assertEquals("0.0.0.0", new DashboardConfig(1, "0.0.0.0", 8035, new Secret("s"), ROOT).host());
    }

    @Test
    void aTokenThatNoHeaderCanCarryIsRefusedWithoutPrintingIt() {
        var refused = assertThrows(
                IllegalArgumentException.class,
                () -> new DashboardConfig(1, "127.0.0.1", 8035, new Secret("two words"), ROOT));
        assertTrue(refused.getMessage().startsWith("dashboard.token is '<hidden>'"), refused.getMessage());
        assertFalse(refused.getMessage().contains("two"), refused.getMessage());
    }

    @Test
    void aPortOutOfRangeIsRefused() {
        var refused = assertThrows(
                IllegalArgumentException.class, () -> new DashboardConfig(1, "127.0.0.1", 70_000, null, ROOT));
        assertEquals("dashboard.port is '70000': it must be 0 to 65535 (0 takes any free one)", refused.getMessage());
    }

    @Test
    void aSessionLastsAWeekAndOnlyUnderItsToken() {
        SessionCookie cookie = new SessionCookie(new Secret("secret"));
        String session = cookie.issue(NOW);

        assertTrue(cookie.valid(session, NOW.plus(Duration.ofDays(6))));
        assertFalse(cookie.valid(session, NOW.plus(Duration.ofDays(7))));
        assertFalse(new SessionCookie(new Secret("another")).valid(session, NOW));
        assertFalse(session.contains("secret"));
    }

    @ParameterizedTest
    @CsvSource({"''", "x", "99999999999.", "99999999999.00", ".abc", "abc.def", "99999999999999999999.aa"})
    void aForgedSessionIsNotValid(String forged) {
        assertFalse(new SessionCookie(new Secret("secret")).valid(forged, NOW));
    }

    @Test
    void aSessionCannotBeProlonged() {
        SessionCookie cookie = new SessionCookie(new Secret("secret"));
        String session = cookie.issue(NOW);
        String longer = "9" + session;
        assertFalse(cookie.valid(longer, NOW));
        assertNull(new Access(new Secret("secret")).session("wrong", NOW));
        assertNull(new Access(new Secret("secret")).session(null, NOW));
    }

    @ParameterizedTest(name = "width of ''{0}''")
    @CsvSource({"BTCUSDT, 7", "币安人生USDT, 12", "ＡＢ, 4", "'', 0", "e\u0301, 1", "…, 1", "😀, 2"})
    void widthIsWhatATerminalShows(String text, int width) {
        assertEquals(width, Columns.width(text));
    }

    @Test
    void wideTextIsPaddedAndCutToWholeColumns() {
        assertEquals("币安  |", Columns.left("币安", 6) + "|");
        assertEquals("  币安|", Columns.right("币安", 6) + "|");
        assertEquals("币… |", Columns.left("币安人生", 4) + "|");
        assertEquals(4, Columns.width(Columns.left("a币安人生", 4)));
    }

    @Test
    void whatATerminalWouldObeyIsReplaced() {
        assertEquals("a·[31mb··c", Columns.printable("a\u001b[31mb\n\u202ec"));
    }

    @ParameterizedTest(name = "{0} of 8 columns")
    @CsvSource({"0, ''", "0.0001, ▏", "0.5, ████", "0.53, ████▎", "1, ████████", "7, ████████"})
    void aBarIsDrawnInEighths(double share, String bar) {
        assertEquals(bar, Figures.bar(share, 8));
    }

    @ParameterizedTest
    @CsvSource({"PT1M, 1m", "PT90M, 90m", "PT48H, 48h", "P2D, 48h", "PT5S, 5s", "PT0S, 0s"})
    void durationsAreWrittenAsPeopleDo(Duration duration, String text) {
        assertEquals(text, Durations.print(duration));
    }

    @ParameterizedTest
    @CsvSource({"PT12S, 12 s", "PT3M, 3 min", "PT2H5M, 2 h 5 min", "P3DT4H, 3 d 4 h", "PT-5S, 0 s"})
    void durationsAreToldRoughly(Duration duration, String words) {
        assertEquals(words, Durations.words(duration));
    }

    @Test
    void aSilenceThatBeganAMomentAgoHasAllItsTimeLeft() {
        String text = new SilencesText(Ink.PLAIN).print(AlertSamples.silences(), Samples.NOW.plusMillis(300));
        assertTrue(text.contains("(2 h 0 min left)"), text);
    }

    @Test
    void aLineIsNotBrokenInsideANumber() {
        String text = "x".repeat(74) + " (1 234 of 2 000 are 62 % of it)";
        assertEquals("x".repeat(74) + "\n(1 234 of 2 000 are 62 % of it)\n", Columns.wrap(text, "", ""));
    }

    @Test
    void csvQuotesWhatItMustAndDefusesFormulas() {
        Csv csv = new Csv(List.of("a", "b"), List.of(List.of("x,\"y\"\n", "=1+1"), List.of(-1L, "plain")));
        assertEquals("a,b\r\n\"x,\"\"y\"\"\n\",'=1+1\r\n-1,plain\r\n", csv.print());
    }
}
