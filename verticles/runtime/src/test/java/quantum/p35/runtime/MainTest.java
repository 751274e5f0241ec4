package quantum.p35.runtime;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import quantum.p35.api.Version;

class MainTest {

    private static final Home HOME = new Home(Path.of(System.getProperty("p35.root")));

    @TempDir
    private Path folder;

    @Test
    void versionAndHelpAreAnsweredOnStandardOutput() throws Exception {
        assertEquals("p35 " + Version.current() + "\n", outputOf("--version"));
        Text.startsWith("P3.5 Decision Intelligence", outputOf("--help"));
    }

    private String outputOf(String flag) throws Exception {
        try (ChildProcess main = ChildProcess.start(folder, HOME, Map.of(), flag)) {
            assertEquals(0, main.await(), main.err());
            return main.out();
        }
    }

    @Test
    void aBadConfigurationEndsWithStatusTwoAndNothingButTheReason() throws Exception {
        Path file = Files.writeString(folder.resolve("p35.yaml"), "ingest: {batchSize: many}\n");

        try (ChildProcess main =
                ChildProcess.start(folder, HOME, Map.of("P35_HTTP_PORT", "abc"), "run", "--config", file.toString())) {
            assertEquals(2, main.await());
            assertEquals("""
                    p35 cannot start:\s
                      - ingest.batchSize is 'many': it must be a whole number
                      - dashboard.port is 'abc': it must be a whole number (set by P35_HTTP_PORT)
                    """, main.err());
            assertEquals("", main.out());
        }
    }

    @Test
    void aCheckNamesTheFilesThatAStartWouldTakeAndAsksNoRedis() throws Exception {
        try (ChildProcess main =
                ChildProcess.start(folder, HOME, Map.of("P35_REDIS_URL", "redis://127.0.0.1:1"), "check")) {
            assertEquals(0, main.await(), main.err());
            assertEquals(
                    "a start would take " + HOME.resolve("conf/p35.yaml") + ", " + HOME.resolve("conf/gates.yaml")
                            + ", " + HOME.resolve("conf/alerts.yaml") + "\n",
                    main.out());
            assertEquals("", main.err());
        }
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource(delimiter = '|', textBlock = """
            p35.yaml    | dashboard: {prot: 8035}   | dashboard.prot is not known: the keys here are
            gates.yaml  | gates: [{code: [a]}]      | gates.yaml: gate 1 of the list:
            alerts.yaml | thresholds: {medium: 0.9} | they must rise
            """)
    void aCheckSaysWhatAStartWouldRefuse(String name, String content, String complaint) throws Exception {
        Path conf = Files.createDirectory(folder.resolve("conf"));
        for (String shipped : List.of("p35.yaml", "gates.yaml", "alerts.yaml")) {
            Files.copy(HOME.resolve("conf/" + shipped), conf.resolve(shipped));
        }
        Files.writeString(conf.resolve(name), content + "\n");

        try (ChildProcess main = ChildProcess.start(folder, new Home(folder), Map.of(), "check")) {
            assertEquals(2, main.await());
            Text.startsWith("p35 cannot start: ", main.err());
            Text.contains(complaint, main.err());
            assertEquals("", main.out());
        }
    }

    @Test
    void aMissingGateCatalogueEndsWithStatusTwo() throws Exception {
        try (ChildProcess main = ChildProcess.start(folder, new Home(folder), Map.of())) {
            assertEquals(2, main.await());
            assertEquals(
                    "p35 cannot start: " + folder.resolve("conf/gates.yaml")
                            + " cannot be read: there is no such file\n",
                    main.err());
        }
    }

    @Test
    void theServiceWaitsForARedisThatIsNotThereAndEndsInOrder() throws Exception {
        Map<String, String> environment =
                Map.of("P35_REDIS_URL", "redis://me:s3cret@127.0.0.1:1", "P35_HTTP_PORT", "0", "P35_HTTP_PROT", "1");

        try (ChildProcess main = ChildProcess.start(folder, HOME, environment, "run")) {
            Await.that(() -> main.err().contains("dashboard runs, 1 of 1"), main::err);
            main.terminate();

            assertEquals(0, main.await(), main.err());
            Text.contains("P35_HTTP_PROT is not known to this version", main.err());
            Text.contains("redis://<hidden>@127.0.0.1:1/0", main.err());
            assertTrue(!main.err().contains("s3cret"), main.err());
            Text.contains("stopped", main.err());
        }
    }
}
