package quantum.p35.dashboard;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import quantum.p35.api.Addresses;
import quantum.p35.api.Alerts;
import quantum.p35.api.DiscordTest;
import quantum.p35.api.Explain;
import quantum.p35.api.Failure;
import quantum.p35.api.Silences;
import quantum.p35.api.Verticles;
import quantum.p35.api.Verticles.Deployed;

/** The words of {@code ./p35} about alerts and verticles, through the real HTTP API to the bus. */
class AlertCommandTest {

    private static final Path COMMAND = Path.of(System.getProperty("p35.root"), "p35");
    private static final String TOKEN = "s3cret";

    private static final AtomicReference<Object> heard = new AtomicReference<>();
    private static volatile DiscordTest.Answer discord;
    private static Service service;

    @TempDir
    private Path folder;

    private record Run(int status, String out, String err) {}

    @BeforeAll
    static void start() {
        service = Service.guardedBy(TOKEN);
        service.<Alerts.Question>answer(Addresses.DRIFT_ALERTS, question -> AlertSamples.alerts(question.state()));
        answer(Addresses.DRIFT_ACKNOWLEDGE, AlertSamples.TOP);
        answer(Addresses.DRIFT_SILENCES, AlertSamples.silences());
        answer(Addresses.DRIFT_SILENCE, AlertSamples.SILENCE);
        answer(Addresses.DRIFT_UNSILENCE, AlertSamples.SILENCE);
        answer(Addresses.DRIFT_EXPLAIN, AlertSamples.explain(0));
        service.answer(Addresses.DISCORD_TEST, question -> discord);
        service.runs(new Deployed("ingest", 1, 1, null));
        answer(Addresses.RUNTIME_SCALE, new Deployed("ingest", 3, 3, null));
        service.answer(Addresses.RUNTIME_REDEPLOY, command -> {
            heard.set(command);
            throw Failure.NOT_FOUND.because("no verticle \"nope\"");
        });
    }

    private static void answer(String address, Object answer) {
        service.answer(address, question -> {
            heard.set(question);
            return answer;
        });
    }

    @AfterAll
    static void stop() {
        service.close();
    }

    private Run p35(String... words) throws Exception {
        List<String> line = new ArrayList<>(List.of(COMMAND.toString()));
        line.addAll(Arrays.asList(words));
        Path out = folder.resolve("out");
        Path err = folder.resolve("err");
        ProcessBuilder builder =
                new ProcessBuilder(line).redirectOutput(out.toFile()).redirectError(err.toFile());
        builder.environment().keySet().removeIf(name -> name.startsWith("P35_"));
        builder.environment().put("P35_URL", "http://127.0.0.1:" + service.port);
        builder.environment().put("P35_TOKEN", TOKEN);
        builder.environment().put("USER", "o\"la");
        Process process = builder.start();
        if (!process.waitFor(20, TimeUnit.SECONDS)) {
            process.destroyForcibly();
            throw new AssertionError("still running after 20 s: " + line);
        }
        return new Run(process.exitValue(), Files.readString(out), Files.readString(err));
    }

    private Run done(String... words) throws Exception {
        Run run = p35(words);
        assertEquals(0, run.status, run.err);
        assertEquals("", run.err);
        return run;
    }

    @Test
    void alertsAreToldWorstFirst() throws Exception {
        List<String> heads = done("alerts")
                .out
                .lines()
                .filter(line -> line.startsWith("✖") || line.startsWith("▲"))
                .map(line -> line.split(" +")[2])
                .toList();
        assertEquals(List.of("execute_low", Samples.TOP, "unlisted"), heads);
        assertTrue(done("alerts", "--recent").out.contains("● HIGH     binance_error"));
        assertTrue(done("alerts", "--json").out.startsWith("{\"asOf\""));
    }

    @ParameterizedTest(name = "p35 ack {0}")
    @CsvSource({
        "p35_alert_1769954530_execute_low, execute_low",
        "execute_low, execute_low",
        "no_exchange, p33_permit_denied:no_exchange_snapshot",
        "unlisted, unlisted"
    })
    void anAlertIsAcknowledgedByItsIdItsNameOrAPartOfIt(String word, String reason) throws Exception {
        assertEquals(
                "Acknowledged: p33_permit_denied:no_exchange_snapshot, HIGH.\n",
                done("ack", word, "I \"do\" it,", "back\\slash\t币 & co").out);
        Alerts.Acknowledge command = (Alerts.Acknowledge) heard.get();
        assertEquals("p35_alert_1769954530_" + reason, command.id());
        assertEquals("I \"do\" it, back\\slash 币 & co", command.note());
        assertTrue(command.by().startsWith("o\"la@"), command.by());
    }

    @Test
    void aNameThatIsNoneOrManyIsRefused() throws Exception {
        Run none = p35("ack", "nope");
        assertEquals(1, none.status);
        assertEquals("p35: no active alert is 'nope': ./p35 alerts lists them\n", none.err);
        Run many = p35("ack", "ex");
        assertEquals(1, many.status);
        assertEquals(
                "p35: 'ex' may be any of these, give more of it:\n" + AlertSamples.TOP.id() + "\n"
                        + AlertSamples.EXECUTE_LOW.id() + "\n",
                many.err);
    }

    @Test
    void aSilenceIsMadeListedAndEnded() throws Exception {
        assertEquals(
                "Silenced: unlisted until 16:05 UTC.\nTo end it: ./p35 unsilence s-1\n",
                done("silence", "unlisted", "2h", "the new producer").out);
        Silences.Add command = (Silences.Add) heard.get();
        assertEquals("unlisted", command.gate());
        assertEquals("the new producer", command.note());
        assertTrue(done("silence").out.startsWith("SILENCES "));
        assertEquals("Not silenced any more: unlisted.\n", done("unsilence", "s/2").out);
        assertEquals(new Silences.Remove("s/2"), heard.get());
    }

    @Test
    void explanationsAreOfOneGateOrOfAll() throws Exception {
        assertTrue(done("explain", "a+b:*").out.startsWith("EXPLAIN  a+b:*"));
        assertEquals(new Explain.Question("a+b:*"), heard.get());
        done("explain");
        assertEquals(new Explain.Question(null), heard.get());
    }

    @Test
    void theTestOfDiscordTellsItsVerdictByItsExitStatus() throws Exception {
        discord = AlertSamples.discord();
        assertEquals(1, p35("discord", "test").status);
        discord = new DiscordTest.Answer(discord.targets().subList(0, 1));
        assertEquals("● ops            posted, edited and deleted a message\n", done("discord", "test").out);
        discord = new DiscordTest.Answer(List.of());
        Run none = p35("discord", "test");
        assertEquals(1, none.status);
        assertEquals("No webhook is configured: set P35_DISCORD_WEBHOOK_URL.\n", none.out);
    }

    @Test
    void verticlesAreListedScaledAndRedeployed() throws Exception {
        assertTrue(done("verticles").out.contains("● ingest"));
        assertEquals("ingest: 3 of 3 instances run.\n", done("scale", "ingest", "03").out);
        assertEquals(new Verticles.Scale("ingest", 3), heard.get());
        done("scale", "ingest", "3", "--node", "left:1");
        assertEquals(new Verticles.Scale("ingest", 3, "left:1"), heard.get());
        p35("redeploy", "nope", "--node=le\"ft");
        assertEquals(new Verticles.Redeploy("nope", "le\"ft"), heard.get());
        Run refused = p35("redeploy", "nope");
        assertEquals(new Verticles.Redeploy("nope"), heard.get());
        assertEquals(1, refused.status);
        assertEquals("p35: http://127.0.0.1:" + service.port + " says: no verticle \"nope\"\n", refused.err);
        assertTrue(done("redeploy", "dashboard").out.startsWith("Accepted: "));
    }

    @ParameterizedTest(name = "p35 {0}")
    @CsvSource(
            delimiter = '|',
            value = {
                "alerts now | p35: 'alerts' takes nothing more, and 'now' was given: ./p35 help",
                "e --recent | p35: --recent goes with 'alerts': ./p35 help",
                "ack | p35: which alert? ./p35 ack ALERT [NOTE]; ./p35 alerts lists them",
                "ack x --watch | p35: --watch goes with questions, and 'ack' does something: ./p35 help",
                "silence x | p35: for how long? ./p35 silence GATE 2h [NOTE]",
                "silence x 2y | p35: '2y' is no time to be silent: give digits and m, h or d, as 30m, 2h or 1d",
                "unsilence | p35: which one? ./p35 unsilence ID; ./p35 silence lists them",
                "explain a b | p35: 'explain' takes one word, and 'b' was given too: ./p35 help",
                "discord | p35: 'discord' takes the word test: ./p35 discord test",
                "scale drift | p35: which one, and how many? ./p35 scale NAME N; ./p35 verticles lists them",
                "scale drift -1 | p35: there is no option '-1': ./p35 help lists what there is",
                "verticles --node a | p35: --node goes with 'scale' and 'redeploy': ./p35 help",
                "redeploy drift --node | p35: which node? --node NODE; ./p35 verticles lists them",
                "redeploy | p35: which one? ./p35 redeploy NAME; ./p35 verticles lists them",
            })
    void aMistakeIsNamed(String words, String message) throws Exception {
        Run run = p35(words.split(" "));
        assertEquals(1, run.status);
        assertEquals(message + "\n", run.err);
        assertEquals("", run.out);
    }
}
