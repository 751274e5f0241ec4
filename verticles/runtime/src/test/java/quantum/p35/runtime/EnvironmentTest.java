package quantum.p35.runtime;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class EnvironmentTest {

    private final List<String> problems = new ArrayList<>();

    @TempDir
    private Path folder;

    @Test
    void aTokenIsTakenFromItsVariableAndNeverPrinted() {
        var token = new Environment(Map.of("P35_API_TOKEN", "s3cret")).token(problems::add);

        assertEquals("s3cret", token.reveal());
        assertEquals("<hidden>", token.toString());
    }

    @Test
    void aTokenIsTakenFromAFileWithoutItsLineEnd() throws IOException {
        Path file = Files.writeString(folder.resolve("token"), "s3cret\n");

        var token = new Environment(Map.of("P35_API_TOKEN_FILE", file.toString())).token(problems::add);

        assertEquals("s3cret", token.reveal());
    }

    @Test
    void aBlankVariableIsNotSet() {
        assertNull(new Environment(Map.of("P35_API_TOKEN", " ")).token(problems::add));
        assertEquals(List.of(), problems);
    }

    @Test
    void aTokenFromTwoPlacesIsRefused() {
        new Environment(Map.of("P35_API_TOKEN", "s3cret", "P35_API_TOKEN_FILE", "/x")).token(problems::add);

        assertEquals(List.of("P35_API_TOKEN and P35_API_TOKEN_FILE are both set: keep one"), problems);
    }

    @Test
    void aTokenFileThatIsNotThereIsNamed() {
        Path file = folder.resolve("none");

        new Environment(Map.of("P35_API_TOKEN_FILE", file.toString())).token(problems::add);

        assertEquals(
                List.of("P35_API_TOKEN_FILE names " + file + ", which cannot be read: there is no such file."
                        + " Give a file that this user may read"),
                problems);
    }

    @Test
    void anEmptyTokenFileIsNoToken() throws IOException {
        Path file = Files.writeString(folder.resolve("token"), "\n");

        new Environment(Map.of("P35_API_TOKEN_FILE", file.toString())).token(problems::add);

        assertEquals(
                List.of("P35_API_TOKEN_FILE names " + file + ", which is empty: write the token into it"), problems);
    }

    @Test
    void onlyVariablesOfOursThatNothingReadsAreUnknown() {
        Environment environment = new Environment(Map.of(
                "P35_HTTP_PROT", "1", "P35_URL", "http://x", "P35_CONFIG", "c", "HOME", "/", "P35_API_TOKEN", "x"));

        assertEquals(List.of("P35_HTTP_PROT"), environment.unknown());
    }
}
