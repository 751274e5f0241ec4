package quantum.p35.dashboard;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The command {@code ./p35} as a person runs it, against a service that writes down what it is asked. */
class CommandTest {

    private static final Path COMMAND = Path.of(System.getProperty("p35.root"), "p35");

    @TempDir
    private Path folder;

    private final List<String> asked = new CopyOnWriteArrayList<>();
    private final List<String> authorizations = new CopyOnWriteArrayList<>();
    private final Map<String, String> headers = new HashMap<>(Map.of("P35-State", "BLOCKED", "P35-Breaches", "1"));
    private volatile int status = 200;
    private volatile String body = "the answer\n";
    private HttpServer service;

    private record Run(int status, String out, String err) {

        String firstLine() {
            assertEquals("", err);
            return out.lines().findFirst().orElse("");
        }
    }

    @BeforeEach
    void start() throws IOException {
        service = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        service.createContext("/", exchange -> {
            asked.add(exchange.getRequestURI().toString());
            authorizations.add(String.valueOf(exchange.getRequestHeaders().getFirst("Authorization")));
            headers.forEach(exchange.getResponseHeaders()::set);
            byte[] answer = body.getBytes(StandardCharsets.UTF_8);
            exchange.sendResponseHeaders(status, answer.length);
            exchange.getResponseBody().write(answer);
            exchange.close();
        });
        service.start();
    }

    @AfterEach
    void stop() {
        service.stop(0);
    }

    private String url() {
        return "http://127.0.0.1:" + service.getAddress().getPort();
    }

    private Run p35(String... words) throws Exception {
        return run(COMMAND, Map.of("P35_URL", url()), words);
    }

    private Run run(Path command, Map<String, String> environment, String... words) throws Exception {
        List<String> line = new ArrayList<>(List.of(command.toString()));
        line.addAll(Arrays.asList(words));
        Path out = folder.resolve("out");
        Path err = folder.resolve("err");
        ProcessBuilder builder = new ProcessBuilder(line)
                .directory(folder.toFile())
                .redirectOutput(out.toFile())
                .redirectError(err.toFile());
        builder.environment().keySet().removeIf(name -> name.startsWith("P35_") || name.equals("JAVA_HOME"));
        builder.environment().putAll(environment);
        Process process = builder.start();
        if (!process.waitFor(20, TimeUnit.SECONDS)) {
            process.destroyForcibly();
            throw new AssertionError("still running after 20 s: " + line);
        }
        return new Run(process.exitValue(), Files.readString(out), Files.readString(err));
    }

    @ParameterizedTest(name = "p35 {0}")
    @CsvSource(
            delimiter = '|',
            value = {
                "a | /api/v1/why?format=text&window=5m",
                "a --window 15m | /api/v1/why?format=text&window=15m",
                "a --window=1h --json | /api/v1/why?format=json&window=1h",
                "b | /api/v1/symbols?format=text&window=5m",
                "b BTCUSDT 币安人生USDT | /api/v1/symbols?format=text&window=5m&symbol=BTCUSDT%2C%E5%B8%81%E5%AE%89%E4%BA%BA%E7%94%9FUSDT",
                "c --no-color | /api/v1/gates?format=text&window=5m&limit=10",
                "e --json | /api/v1/health?format=json",
                "guide | /api/v1/guide?format=text",
                "guide a:b/c+d | /api/v1/guide/a:b%2Fc%2Bd?format=text",
                "guide 币 | /api/v1/guide/%E5%B8%81?format=text",
            })
    void aWordAsksItsQuestion(String words, String question) throws Exception {
        Run run = p35(words.split(" "));
        assertEquals(0, run.status, run.err);
        assertTrue(run.out.startsWith("the answer\n"), run.out);
        assertEquals(
                List.of(question), asked.stream().map(CommandTest::sameCase).toList());
        assertEquals("", run.err);
    }

    /** curl writes %e5 or %E5, as its version likes. */
    private static String sameCase(String uri) {
        return java.util.regex.Pattern.compile("%[0-9a-f]{2}", java.util.regex.Pattern.CASE_INSENSITIVE)
                .matcher(uri)
                .replaceAll(escape -> escape.group().toUpperCase(java.util.Locale.ROOT));
    }

    @ParameterizedTest(name = "{0} with {1} breaches exits {2}")
    @CsvSource({
        "BLOCKED, 1, 2",
        "TRADING, 0, 0",
        "UNCLEAR, 12, 2",
        "REDIS_DOWN, 1, 1",
        "BEHIND, 0, 1",
        "NO_DATA, 0, 1",
        "SILENT, 3, 1"
    })
    void driftTellsItsVerdictByItsExitStatus(String state, String breaches, int exit) throws Exception {
        headers.putAll(Map.of("P35-State", state, "P35-Breaches", breaches));
        assertEquals(exit, p35("d", "--json").status);
        assertEquals(List.of("/api/v1/drift?format=json&window=5m&threshold=40"), asked);
    }

    @Test
    void driftTakesAThreshold() throws Exception {
        p35("d", "12.5", "--window", "1m");
        assertEquals(List.of("/api/v1/drift?format=text&window=1m&threshold=12.5"), asked);
    }

    @Test
    void driftOfWhatIsNoDashboardIsNotAnswered() throws Exception {
        headers.clear();
        assertEquals(1, p35("d").status);
    }

    @Test
    void allAsksEverythingAndSucceedsWhateverDriftFinds() throws Exception {
        Run run = p35("all");
        assertEquals(0, run.status, run.err);
        assertEquals(
                List.of("/api/v1/why", "/api/v1/symbols", "/api/v1/gates", "/api/v1/drift", "/api/v1/health"),
                asked.stream().map(uri -> uri.split("\\?")[0]).toList());
        assertEquals("the answer\n\nthe answer\n\nthe answer\n\nthe answer\n\nthe answer\n", run.out);
    }

    @Test
    void whatIsNotATerminalGetsNoColour() throws Exception {
        p35("a");
        assertFalse(asked.getFirst().contains("color"), asked::toString);
    }

    @Test
    void theTokenIsSentAndStandsOnNoCommandLine() throws Exception {
        String token = "s3\"cr\\et";
        Path spy = folder.resolve("bin/curl");
        Files.createDirectories(spy.getParent());
        Files.writeString(
                spy, "#!/bin/sh\necho \"$@\" >>'" + folder.resolve("seen") + "'\nexec /usr/bin/curl \"$@\"\n");
        assertTrue(spy.toFile().setExecutable(true));
        Map<String, String> environment =
                Map.of("P35_URL", url(), "P35_TOKEN", token, "PATH", spy.getParent() + ":" + System.getenv("PATH"));

        assertEquals(0, run(COMMAND, environment, "a").status);
        assertEquals(List.of("Bearer " + token), authorizations);
        assertFalse(Files.readString(folder.resolve("seen")).contains("cr"), "the token was on curl's command line");
    }

    @Test
    void aServiceThatIsNotThereIsNamedInOneLine() throws Exception {
        for (String word : List.of("a", "d", "all")) {
            Run run = run(COMMAND, Map.of("P35_URL", "http://127.0.0.1:1/"), word);
            assertEquals(1, run.status, word);
            assertEquals("", run.out);
            assertEquals(
                    "p35: no service answers at http://127.0.0.1:1"
                            + ": start it with './p35 run' (or './p35 demo'), or set P35_URL\n",
                    run.err);
        }
    }

    @Test
    void aRefusalIsToldInItsOwnWords() throws Exception {
        status = 503;
        body = "{\"error\":{\"code\":\"unavailable\",\"message\":\"insight says \\\"no\\\"\"}}";
        Run run = p35("d");
        assertEquals(1, run.status);
        assertEquals("p35: " + url() + " says: insight says \"no\"\n", run.err);
        assertEquals("", run.out);
    }

    @ParameterizedTest(name = "p35 {0}")
    @CsvSource(
            delimiter = '|',
            value = {
                "x | p35: there is no 'x': ./p35 help lists what there is",
                "a --nope | p35: there is no option '--nope': ./p35 help lists what there is",
                "a --window 7m | p35: --window is '7m': it must be one of 1m, 5m, 15m, 1h",
                "a --window | p35: --window is '': it must be one of 1m, 5m, 15m, 1h",
                "a BTCUSDT | p35: 'a' takes nothing more, and 'BTCUSDT' was given: ./p35 help",
                "d lots | p35: PERCENT is 'lots': it must be a number over 0, up to 100",
                "d 1 2 | p35: 'd' takes one word, and '2' was given too: ./p35 help",
                "a --watch=0 | p35: --watch is '0': it must be a number of seconds over 0",
            })
    void aMistakeIsNamed(String words, String message) throws Exception {
        Run run = p35(words.split(" "));
        assertEquals(1, run.status);
        assertEquals(message + "\n", run.err);
        assertEquals(List.of(), asked);
    }

    @Test
    void watchingAsksAgainUntilItIsEnded() throws Exception {
        ProcessBuilder builder = new ProcessBuilder(COMMAND.toString(), "a", "--watch", "0.05")
                .redirectErrorStream(true)
                .redirectOutput(folder.resolve("screen").toFile());
        builder.environment().put("P35_URL", url());
        Process process = builder.start();
        long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(20);
        while (asked.size() < 3 && System.nanoTime() < deadline) {
            Thread.sleep(10);
        }
        process.destroy();
        assertTrue(process.waitFor(20, TimeUnit.SECONDS), "it ends when told to");
        assertTrue(asked.size() >= 3, "asked " + asked.size() + " times in 20 s");
        assertTrue(Files.readString(folder.resolve("screen")).contains("the answer"));
    }

    @Test
    void helpAndVersionNeedNoService() throws Exception {
        for (String word : List.of("help", "--help", "-h")) {
            Run run = p35(word);
            assertEquals(0, run.status);
            assertTrue(run.out.startsWith("p35: why are we not trading"), run.out);
            assertEquals(
                    List.of(),
                    run.out.lines().filter(line -> line.length() > 80).toList());
        }
        assertTrue(p35("--version").out.matches("p35 \\d+\\.\\d+\\.\\d+\n"));
        assertEquals(List.of(), asked);
    }

    @Test
    void worksThroughLinksAndInADistributionThatHasJustItsOwnFiles() throws Exception {
        Path dist = folder.resolve("some where/dist");
        Files.createDirectories(dist.resolve("lib"));
        Files.createFile(dist.resolve("lib/p35-runtime-9.8.7.jar"));
        Files.copy(COMMAND, dist.resolve("p35"));
        assertTrue(dist.resolve("p35").toFile().setExecutable(true));
        Path first = Files.createSymbolicLink(folder.resolve("first"), Path.of("some where/dist/p35"));
        Path second = Files.createSymbolicLink(folder.resolve("second"), first);

        assertEquals("p35 9.8.7\n", run(second, Map.of(), "--version").out);

        Path jdk = fakeJdk("jdk", "21.0.2");
        Run run = run(
                second,
                Map.of("P35_JAVA_HOME", jdk.toString(), "P35_JAVA_OPTS", "-Xmx1g -Da=b"),
                "run",
                "--flag",
                "two words");
        assertEquals(0, run.status, run.err);
        List<String> words = run.out.lines().toList();
        Path real = dist.toRealPath();
        assertEquals(
                List.of(
                        "[-Xmx1g]",
                        "[-Da=b]",
                        "[-Dp35.home=" + real + "]",
                        "[-cp]",
                        "[" + real + "/lib/*]",
                        "[quantum.p35.runtime.Main]",
                        "[run]",
                        "[--flag]",
                        "[two words]"),
                words.subList(words.size() - 9, words.size()));
    }

    /** A java that tells this version, and otherwise its own path and the words that it was given. */
    private Path fakeJdk(String name, String version) throws IOException {
        Path java = folder.resolve(name + "/bin/java");
        Files.createDirectories(java.getParent());
        Files.writeString(java, """
                #!/bin/sh
                [ "$1" = -version ] && { echo 'openjdk version "%s" 2024-01-16' >&2; exit; }
                echo "$0"
                for word; do echo "[$word]"; done
                """.formatted(version));
        assertTrue(java.toFile().setExecutable(true));
        return folder.resolve(name);
    }

    @Test
    void theNewestJavaIsFoundUnlessAFittingOneIsNamed() throws Exception {
        Files.createDirectories(folder.resolve("dist/lib"));
        Path command = Files.copy(COMMAND, folder.resolve("dist/p35"));
        assertTrue(command.toFile().setExecutable(true));
        Path newest = fakeJdk("newest", "999-ea");
        Path fitting = fakeJdk("fitting", "21");
        Path old = fakeJdk("old", "1.8.0_402");
        String path = newest + "/bin:" + System.getenv("PATH");

        assertEquals(
                newest + "/bin/java", run(command, Map.of("PATH", path), "run").firstLine());
        assertEquals(
                newest + "/bin/java",
                run(command, Map.of("PATH", path, "JAVA_HOME", old.toString()), "run")
                        .firstLine());
        assertEquals(
                fitting + "/bin/java",
                run(command, Map.of("PATH", path, "JAVA_HOME", fitting.toString()), "run")
                        .firstLine());
    }

    @Test
    void anOldJavaIsRefusedByName() throws Exception {
        String home = fakeJdk("jdk", "1.8.0_402").toString();
        Run run = run(COMMAND, Map.of("P35_JAVA_HOME", home), "run");
        assertEquals(1, run.status);
        assertEquals("p35: P35_JAVA_HOME is '" + home + "': there is no Java 21 or newer in it\n", run.err);
    }

    @Test
    void nothingIsLeftInTheTemporaryFolder() throws Exception {
        Path scratch = Files.createDirectory(folder.resolve("scratch"));
        run(COMMAND, Map.of("P35_URL", url(), "TMPDIR", scratch.toString()), "all");
        try (Stream<Path> left = Files.list(scratch)) {
            assertEquals(List.of(), left.toList());
        }
    }
}
