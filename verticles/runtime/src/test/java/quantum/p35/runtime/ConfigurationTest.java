package quantum.p35.runtime;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.vertx.core.Vertx;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import quantum.p35.aggregate.AggregateConfig;
import quantum.p35.api.Keys;
import quantum.p35.ingest.IngestConfig;

class ConfigurationTest {

    private static final Environment NONE = new Environment(Map.of());

    private static Vertx vertx;

    @TempDir
    private Path folder;

    private Home home;

    @BeforeAll
    static void startVertx() {
        vertx = Vertx.vertx();
    }

    @AfterAll
    static void stopVertx() {
        vertx.close().await();
    }

    @BeforeEach
    void makeHome() throws IOException {
        home = new Home(Files.createDirectories(folder.resolve("home")));
        Files.createDirectories(home.resolve("conf"));
    }

    @Test
    void withoutAFileTheDefaultsCount() throws StartProblem {
        Settings settings = read(NONE, Map.of());

        assertEquals(Keys.DEFAULT, settings.keys());
        assertEquals(IngestConfig.DEFAULT, settings.modules().ingest());
        assertEquals("redis://127.0.0.1:6379/0", settings.redis().toString());
        assertEquals(8035, settings.modules().dashboard().port());
        assertNull(settings.modules().dashboard().token());
        assertEquals(home.resolve("webroot"), settings.modules().dashboard().webroot());
        assertEquals(home.resolve("conf/gates.yaml"), settings.catalogue());
    }

    @Test
    void aKeyOfTheFileLeavesItsNeighboursAtTheirDefaults() throws Exception {
        write("ingest:\n  batchSize: 7\naggregate:\n");

        Settings settings = read(NONE, Map.of());

        IngestConfig standard = IngestConfig.DEFAULT;
        assertEquals(
                new IngestConfig(standard.instances(), 7, standard.batchesInFlight()),
                settings.modules().ingest());
        assertEquals(AggregateConfig.DEFAULT, settings.modules().aggregate());
    }

    @Test
    void aFileOfCommentsOnlyMeansTheDefaults() throws Exception {
        write("# ingest:\n#   batchSize: 7\n");

        assertEquals(IngestConfig.DEFAULT, read(NONE, Map.of()).modules().ingest());
    }

    @ParameterizedTest(name = "file {0}, environment {1}, flag {2} → {3}")
    @CsvSource({"9001,,,9001", "9001,9002,,9002", "9001,9002,9003,9003", "9001,,9003,9003", ",9002,,9002"})
    void theLaterWins(String file, String variable, String flag, int port) throws Exception {
        write(file == null ? "" : "dashboard: {port: " + file + "}");
        Environment environment = new Environment(variable == null ? Map.of() : Map.of("P35_HTTP_PORT", variable));

        Settings settings = read(environment, flag == null ? Map.of() : Map.of("--port", flag));

        assertEquals(port, settings.modules().dashboard().port());
    }

    @Test
    void theNamedFileIsReadInsteadOfTheUsualOne() throws Exception {
        write("dashboard: {port: 9001}");
        Path other = Files.writeString(folder.resolve("other.yaml"), "dashboard: {port: 9002}");

        Environment environment = new Environment(Map.of("P35_CONFIG", other.toString()));

        assertEquals(9002, read(environment, Map.of()).modules().dashboard().port());
        assertEquals(
                9001,
                read(
                                environment,
                                Map.of("--config", home.resolve("conf/p35.yaml").toString()))
                        .modules()
                        .dashboard()
                        .port());
    }

    @Test
    void onAClusterEveryKeyLiesInTheSlotOfTheStream() throws Exception {
        Environment cluster = new Environment(Map.of("P35_REDIS_URL", "redis://a:1,b:2"));

        assertEquals(
                new Keys("quantum:p35:{" + Keys.DEFAULT.stream() + "}", Keys.DEFAULT.stream(), Keys.DEFAULT.group()),
                read(cluster, Map.of()).keys());
        write("redis: {prefix: 'quantum:{p35}'}");
        String problem =
                assertThrows(StartProblem.class, () -> read(cluster, Map.of())).getMessage();
        Text.contains("redis.prefix and redis.stream: 'quantum:{p35}' and ", problem);
    }

    @Test
    void noSecretIsPrinted() throws StartProblem {
        Environment environment =
                new Environment(Map.of("P35_REDIS_URL", "redis://me:s3cret@h:1/2", "P35_API_TOKEN", "t0ken"));

        String printed = read(environment, Map.of()).toString();

        Text.contains("redis://<hidden>@h:1/2", printed);
        assertFalse(printed.contains("s3cret") || printed.contains("t0ken"), printed);
    }

    @Test
    void anyNumberOfInstancesMayBeNone() throws Exception {
        write("ingest: {instances: 0}\naggregate: {instances: 0}\ninsight: {instances: 0}\ndashboard: {instances: 0}");

        assertEquals(0, read(NONE, Map.of()).modules().dashboard().instances());
    }

    static Stream<Arguments> badFiles() {
        return Stream.of(
                Arguments.of(
                        "unknown section",
                        "ingset: {instances: 1}",
                        "ingset is not known: the sections are redis, ingest, aggregate, insight, drift, discord, dashboard, runtime"),
                Arguments.of(
                        "unknown key",
                        "ingest: {batchsize: 1}",
                        "ingest.batchsize is not known: the keys here are instances, batchSize, batchesInFlight"),
                Arguments.of(
                        "a secret in the file",
                        "dashboard: {token: abc}",
                        "dashboard.token is not known: the keys here are instances, host, port, webroot"),
                Arguments.of(
                        "a text where a number belongs",
                        "ingest: {batchSize: many}",
                        "ingest.batchSize is 'many': it must be a whole number"),
                Arguments.of(
                        "a number in quotes",
                        "ingest: {batchSize: '5'}",
                        "ingest.batchSize is '5': it must be a whole number"),
                Arguments.of(
                        "half a number",
                        "ingest: {batchSize: 1.5}",
                        "ingest.batchSize is 1.5: it must be a whole number"),
                Arguments.of(
                        "too large for a number",
                        "ingest: {batchSize: 99999999999}",
                        "ingest.batchSize is 99999999999: it must be a whole number"),
                Arguments.of(
                        "yes where a number belongs",
                        "ingest: {instances: true}",
                        "ingest.instances is true: it must be a whole number"),
                Arguments.of(
                        "a list where a number belongs",
                        "ingest: {instances: [1]}",
                        "ingest.instances is [1]: it must be a whole number"),
                Arguments.of(
                        "a number where a text belongs", "redis: {group: 5}", "redis.group is 5: it must be a text"),
                Arguments.of(
                        "a section where a text belongs",
                        "redis: {group: {a: 1}}",
                        "redis.group is {\"a\":1}: it must be a text"),
                Arguments.of(
                        "no value",
                        "ingest:\n  batchSize:\n",
                        "ingest.batchSize has no value: give one, or delete the line"),
                Arguments.of(
                        "a value where a section belongs",
                        "ingest: 5",
                        "ingest must be a section with keys below it, not a value"),
                Arguments.of("a list of sections", "- ingest", "the configuration must be sections (redis, "),
                Arguments.of(
                        "a URL where a section belongs",
                        "redis: redis://:s3cret@h",
                        "redis must be a section with keys below it, not a value"),
                Arguments.of("out of range", "ingest: {batchSize: 0}", "ingest.batchSize is 0: it must be 1 to 1000"),
                Arguments.of(
                        "a time where a number belongs",
                        "dashboard: {port: 80:35}",
                        "dashboard.port is '80:35': it must be a whole number"),
                Arguments.of(
                        "a variable as a section",
                        "P35_HTTP_PORT: 9001",
                        "P35_HTTP_PORT is not known: the sections are redis, "),
                Arguments.of("a port that there is not", "dashboard: {port: 70000}", "dashboard.port is '70000': "),
                Arguments.of("a blank name", "redis: {stream: ' '}", "redis.stream is ' ': it must be a name"),
                Arguments.of(
                        "open to the world without a token",
                        "dashboard: {host: 0.0.0.0}",
                        "dashboard.host is '0.0.0.0': without a token only a loopback address"),
                Arguments.of(
                        "nobody to hand decisions to",
                        "aggregate: {instances: 0}",
                        "ingest.instances is 1 and aggregate.instances is 0: "),
                Arguments.of(
                        "another scheme",
                        "redis: {url: 'http://me:s3cret@h'}",
                        "redis.url: the Redis URL cannot be used: it does not begin with redis://"),
                Arguments.of(
                        "a list of URLs", "redis: {url: ['redis://me:s3cret@h']}", "redis.url: it must be a text"));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("badFiles")
    void aBadFileIsRefusedByKeyValueAndRule(String name, String content, String complaint) throws IOException {
        write(content);

        String message = problem(NONE, Map.of());

        Text.startsWith(complaint, message);
        assertFalse(message.contains("s3cret"), message);
    }

    static Stream<Arguments> filesThatAreNoYaml() {
        return Stream.of(
                Arguments.of("an open bracket", "ingest:\n  instances: [1\n", 3),
                Arguments.of("a tab", "ingest:\n\tinstances: 1\n", 2),
                Arguments.of("a colon too many", "redis:\n  url: redis: //:s3cret@h\n", 2),
                Arguments.of("the same key twice", "ingest:\n  instances: 1\n  instances: 2\n", 3));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("filesThatAreNoYaml")
    void brokenYamlIsNamedByFileAndLine(String name, String content, int line) throws IOException {
        write(content);

        String message = problem(NONE, Map.of());

        Text.startsWith(home.resolve("conf/p35.yaml") + ", line " + line + ": this is no valid YAML: ", message);
        assertFalse(message.contains("s3cret"), message);
    }

    @Test
    void aFileThatIsNotUtf8IsNamed() throws IOException {
        Path file = home.resolve("conf/p35.yaml");
        Files.write(file, new byte[] {'#', (byte) 0xE9, '\n'});

        assertEquals(file + " cannot be read: it is not UTF-8", problem(NONE, Map.of()));
    }

    @Test
    void aNamedFileThatCannotBeReadIsNamed() {
        Path none = folder.resolve("none.yaml");

        assertEquals(
                none + " cannot be read: there is no such file", problem(NONE, Map.of("--config", none.toString())));
        assertEquals(folder + " cannot be read: it is a folder", problem(NONE, Map.of("--config", folder.toString())));
    }

    @ParameterizedTest(name = "{0}={1}")
    @CsvSource(
            delimiter = '|',
            value = {
                "P35_HTTP_PORT | abc | dashboard.port is 'abc': it must be a whole number (set by P35_HTTP_PORT)",
                "P35_HTTP_PORT | 80 35 | dashboard.port is '80 35': it must be a whole number (set by P35_HTTP_PORT)",
                "P35_HTTP_PORT | 99999 | dashboard.port is '99999': it must be 0 to 65535 (0 takes any free one)"
                        + " (set by P35_HTTP_PORT)",
            })
    void aBadVariableIsNamedBesideItsKey(String variable, String value, String complaint) {
        assertEquals(complaint, problem(new Environment(Map.of(variable, value)), Map.of()));
    }

    @Test
    void aBadRedisUrlInTheEnvironmentIsExplainedWithoutItsPassword() {
        String message = problem(new Environment(Map.of("P35_REDIS_URL", "redis://:s3cret@h:port")), Map.of());

        Text.startsWith("redis.url: the Redis URL cannot be used: ", message);
        Text.contains("(set by P35_REDIS_URL)", message);
        assertFalse(message.contains("s3cret"), message);
    }

    @Test
    void aBadFlagIsNamedBesideItsKey() {
        assertEquals(
                "dashboard.port is 'x': it must be a whole number (set by --port)",
                problem(NONE, Map.of("--port", "x")));
    }

    @Test
    void everythingThatIsWrongIsToldAtOnce() throws IOException {
        write("ingest: {batchSize: many}\nredis: {url: 'http://h', stream: ''}\ninsight: {colour: blue}");

        String message = problem(new Environment(Map.of("P35_HTTP_PORT", "abc")), Map.of());

        Text.contains("ingest.batchSize is 'many'", message);
        Text.contains("redis.url: ", message);
        Text.contains("redis.stream is ''", message);
        Text.contains("insight.colour is not known", message);
        Text.contains("dashboard.port is 'abc'", message);
    }

    private void write(String content) throws IOException {
        Files.writeString(home.resolve("conf/p35.yaml"), content);
    }

    private Settings read(Environment environment, Map<String, String> flags) throws StartProblem {
        Path file = Configuration.file(flags, environment, home);
        return Configuration.read(vertx, new ConfigLayers(file, environment, flags), environment, home);
    }

    private String problem(Environment environment, Map<String, String> flags) {
        return assertThrows(StartProblem.class, () -> read(environment, flags)).getMessage();
    }
}
