package quantum.p35.dashboard;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import quantum.p35.api.Alerts.Which;
import quantum.p35.api.Explain;
import quantum.p35.api.HealthReport;
import quantum.p35.api.HealthReport.Level;
import quantum.p35.api.Silences;
import quantum.p35.api.State;
import quantum.p35.api.Symbols;
import quantum.p35.api.Verticles;
import quantum.p35.api.Verticles.Deployed;
import quantum.p35.api.Why;
import quantum.p35.api.Window;
import quantum.p35.api.WindowName;

/** What people see in a terminal, letter by letter. {@code -Dgolden.write=true} writes the files anew: then read them. */
class TextGoldenTest {

    private static final Path GOLDEN = Path.of("src/test/resources/golden");

    static Stream<Arguments> pages() {
        return Stream.of(
                page("why", new WhyText(Ink.PLAIN).print(Samples.why(WindowName.FIVE_MINUTES))),
                page("why-colour", new WhyText(Ink.COLOUR).print(Samples.why(WindowName.FIVE_MINUTES))),
                page("why-unread", new WhyText(Ink.PLAIN).print(unread())),
                page("gates", new GatesText(Ink.PLAIN).print(Samples.gates(null))),
                page("symbol-gates", new GatesText(Ink.PLAIN).print(Samples.gates(Samples.CJK))),
                page("symbols", new SymbolsText(Ink.PLAIN).print(Samples.symbols(), Set.of(), 2)),
                page("symbols-named", new SymbolsText(Ink.PLAIN).print(onlyBtc(), List.of("BTCUSDT", "XYZ"), 2)),
                page("drift", new DriftText(Ink.PLAIN).print(Samples.drift(State.BLOCKED, 40, true))),
                page("drift-none", new DriftText(Ink.PLAIN).print(Samples.drift(State.TRADING, 62.5, false))),
                page("drift-behind", new DriftText(Ink.PLAIN).print(Samples.drift(State.BEHIND, 40, false))),
                page("timeline", new TimelineText(Ink.PLAIN).print(timeline())),
                page("decisions", new DecisionsText(Ink.PLAIN).print(Samples.recent())),
                page("guide", new GuideText(Ink.PLAIN).print(Samples.GUIDE, false)),
                page("guide-gate", new GuideText(Ink.PLAIN).print(Samples.GUIDE, true)),
                page("alerts", new AlertsText(Ink.PLAIN).print(AlertSamples.alerts(Which.ACTIVE), Which.ACTIVE)),
                page("alerts-recent", new AlertsText(Ink.PLAIN).print(AlertSamples.alerts(Which.RECENT), Which.RECENT)),
                page("alerts-none", new AlertsText(Ink.PLAIN).print(AlertSamples.none(), Which.ACTIVE)),
                page("alerts-blind", new AlertsText(Ink.PLAIN).print(AlertSamples.blind(), Which.ACTIVE)),
                page("silences", new SilencesText(Ink.PLAIN).print(AlertSamples.silences(), Samples.NOW)),
                page("silences-none", new SilencesText(Ink.PLAIN).print(noSilences(), Samples.NOW)),
                page("silence", new SilencesText(Ink.PLAIN).added(AlertSamples.OF_A_SYMBOL, List.of())),
                page("explain", new ExplainText(Ink.PLAIN).print(AlertSamples.explain(12), null)),
                page("explain-gate", new ExplainText(Ink.PLAIN).print(AlertSamples.explain(0), Samples.TOP)),
                page("explain-none", new ExplainText(Ink.PLAIN).print(noExplanation(), "nope")),
                page("discord-test", new DiscordTestText(Ink.PLAIN).print(AlertSamples.discord())),
                page("verticles", new VerticlesText(Ink.PLAIN).print(new Verticles.Answer(health().verticles()))),
                page("verticles-nodes", new VerticlesText(Ink.PLAIN).print(nodes())),
                page("health", new HealthText(Ink.PLAIN).print(health())),
                page("health-down", new HealthText(Ink.PLAIN).print(down())));
    }

    private static Arguments page(String name, String text) {
        return Arguments.of(name, text);
    }

    /** As of a service that never reached its Redis. */
    private static Why.Answer unread() {
        return new Why.Answer(
                State.REDIS_DOWN,
                "Redis has not answered since 14:05: connection refused. No figures were ever read from it.",
                Samples.NOW,
                null,
                null,
                new Window(WindowName.FIVE_MINUTES, WindowName.FIVE_MINUTES.from(Samples.NOW), Samples.NOW, 0),
                Map.of(),
                0,
                List.of(),
                0,
                null,
                List.of(),
                List.of());
    }

    private static Symbols.Answer onlyBtc() {
        Symbols.Answer all = Samples.symbols();
        return new Symbols.Answer(
                all.state(), all.asOf(), all.window(), all.symbols().subList(0, 1));
    }

    private static quantum.p35.api.Timeline.Answer timeline() {
        return Samples.timeline(Duration.ofMinutes(2), Duration.ofMinutes(1));
    }

    private static Silences.Answer noSilences() {
        return new Silences.Answer(List.of());
    }

    private static Explain.Answer noExplanation() {
        return new Explain.Answer(Samples.NOW, List.of());
    }

    private static Health health() {
        HealthBook book = new HealthBook();
        Instant now = Samples.NOW;
        book.take(
                new HealthReport(
                        "ingest",
                        "ingest-1",
                        Level.UP,
                        "reads as p35-host-1, nothing waits",
                        Map.of("processed", 1_234_567, "pending", 3, "lag", "unknown", "behindSeconds", 0),
                        now),
                now);
        book.take(new HealthReport("redis", "7.0.15", Level.UP, "Redis 7.0.15 at 127.0.0.1:6379", Map.of(), now), now);
        book.take(
                new HealthReport(
                        "insight",
                        "i-1",
                        Level.DEGRADED,
                        "answers, but the last look at Redis took 1.9 s, which is"
                                + " more than the second that it may take",
                        Map.of(),
                        now),
                now);
        book.take(
                new HealthReport("discord", "d-1", Level.UP, "no webhook is set: nothing is posted", Map.of(), now),
                now);
        book.take(
                new HealthReport("aggregate", "a-1", Level.UP, "counts", Map.of(), now.minusSeconds(17)),
                now.minusSeconds(17));
        return book.health(
                new Verticles.Answer(List.of(
                        new Deployed("ingest", 1, 1, null),
                        new Deployed("aggregate", 1, 1, null),
                        new Deployed("dashboard", 1, 0, "port 8035 is in use"))),
                new Health.Process("1.2.3", 183_845, 120L << 20, 40L << 20),
                now);
    }

    private static Verticles.Answer nodes() {
        return new Verticles.Answer(
                List.of(new Deployed("ingest", 2, 1, "no Redis", "left"), new Deployed("insight", 1, 1, null, "left")),
                "left",
                List.of(
                        new Verticles.Node("left", null),
                        new Verticles.Node(
                                "right",
                                "node right did not answer within 1 s: its process or the network"
                                        + " is in trouble")));
    }

    private static Health down() {
        HealthBook book = new HealthBook();
        book.take(
                new HealthReport(
                        "ingest",
                        "ingest-1",
                        Level.DOWN,
                        "redis://127.0.0.1:6379/0 cannot be reached",
                        Map.of("processed", 1_234_567, "pending", 3, "lag", 0, "behindSeconds", 0),
                        Samples.NOW),
                Samples.NOW);
        return book.health(
                new Verticles.Answer(List.of(new Deployed("ingest", 1, 1, null))),
                new Health.Process("1.2.3", 183_845, 120L << 20, 40L << 20),
                Samples.NOW);
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("pages")
    void printsExactlyThis(String name, String text) throws IOException {
        Path file = GOLDEN.resolve(name + ".txt");
        if (Boolean.getBoolean("golden.write")) {
            Files.createDirectories(GOLDEN);
            Files.writeString(file, text);
        }
        assertEquals(Files.readString(file), text);
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("pages")
    void staysWithinEightyColumnsAndObeysNoProducer(String name, String text) {
        List<String> wide = new ArrayList<>();
        for (String line : text.replaceAll("\u001b\\[[0-9;]*m", "").split("\n")) {
            if (Columns.width(line) > Columns.WIDTH
                    || line.indexOf('\u001b') >= 0
                    || !line.equals(line.stripTrailing())) {
                wide.add(line);
            }
        }
        assertTrue(wide.isEmpty(), () -> "too wide, ragged, or with an escape: " + wide);
    }
}
