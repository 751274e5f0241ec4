package quantum.p35.runtime;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import quantum.p35.api.GateCatalogue;

class CatalogueFileTest {

    /** The smallest catalogue that is one: the gates that the service gives itself. */
    static final String SMALLEST = """
            gates:
              - {code: unreported_gate, kind: quality}
              - {code: unlisted, kind: quality}
              - {code: dry_run, kind: benign}
            """;

    @TempDir
    private Path folder;

    @Test
    void aGateIsReadWithItsGuide() throws IOException, StartProblem {
        GateCatalogue catalogue = CatalogueFile.read(file(SMALLEST + """
              - code: cooldown
                kind: blocking
                patterns: ['cooldown_\\d+s']
                expected: < 5 %
                meaning: waiting after an exit
                diagnose: [redis-cli GET x]
                actions:
                  - {when: always, action: wait, time: 60 s}
            """));

        assertEquals("cooldown", catalogue.match("cooldown_57s").code());
        assertEquals(
                "wait",
                catalogue.entry("cooldown").orElseThrow().actions().getFirst().action());
    }

    static Stream<Arguments> brokenCatalogues() {
        return Stream.of(
                Arguments.of("no YAML", "gates: [", ", line 1: this is no valid YAML: "),
                Arguments.of("nothing in it", "# nothing\n", ": it must hold one key, 'gates', with a list"),
                Arguments.of("another key beside it", SMALLEST + "gate: []\n", ": it must hold one key, 'gates'"),
                Arguments.of(
                        "an unknown key",
                        SMALLEST + "  - {code: x, kind: error, detials: [a]}\n",
                        ": gate 'x': detials is not known: the keys here are code, kind, aliases, patterns, details"),
                Arguments.of(
                        "an unknown key of an action",
                        SMALLEST + "  - {code: x, kind: error, actions: [{action: wait, tme: 1}]}\n",
                        ": gate 'x': actions[0].tme is not known: the keys here are "),
                Arguments.of(
                        "a kind that there is not",
                        SMALLEST + "  - {code: x, kind: bad}\n",
                        ": gate 'x': kind: gate kind 'bad': it must be blocking, benign, error, passed or quality"),
                Arguments.of(
                        "a text where a list belongs",
                        SMALLEST + "  - {code: x, kind: error, aliases: y}\n",
                        ": gate 'x': aliases is 'y': it must be a list"),
                Arguments.of(
                        "a word where yes or no belongs",
                        SMALLEST + "  - {code: x, kind: error, repeat: often}\n",
                        ": gate 'x': repeat is 'often': it must be true or false"),
                Arguments.of(
                        "a broken pattern",
                        SMALLEST + "  - {code: x, kind: error, patterns: ['(']}\n",
                        ": gate 'x': the pattern '(' is no regular expression"),
                Arguments.of(
                        "a gate without a code", SMALLEST + "  - {kind: error}\n", ": gate code 'null': it must be"),
                Arguments.of(
                        "no group of keys", SMALLEST + "  - x\n", ": gate 4 of the list is 'x': it must be a group"),
                Arguments.of(
                        "the same code twice",
                        SMALLEST + "  - {code: unlisted, kind: quality}\n",
                        ": 'unlisted' belongs to the gate 'unlisted' and to 'unlisted'"),
                Arguments.of(
                        "the same key twice",
                        SMALLEST + "  - {code: x, code: y}\n",
                        ", line 5: this is no valid YAML: the key 'code' stands twice"));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("brokenCatalogues")
    void aBrokenCatalogueIsRefusedByGateAndKey(String name, String content, String complaint) throws IOException {
        Path file = file(content);

        StartProblem problem = assertThrows(StartProblem.class, () -> CatalogueFile.read(file));

        Text.startsWith(file + complaint, problem.getMessage());
    }

    @Test
    void everythingThatIsWrongIsToldAtOnce() throws IOException {
        Path file = file(SMALLEST + "  - {code: x, kind: bad}\n  - {code: y, knid: error}\n");

        StartProblem problem = assertThrows(StartProblem.class, () -> CatalogueFile.read(file));

        Text.contains("gate 'x': kind: gate kind 'bad'", problem.getMessage());
        Text.contains("gate 'y': knid is not known", problem.getMessage());
    }

    @Test
    void aMissingFileIsNamed() {
        Path file = folder.resolve("none.yaml");

        StartProblem problem = assertThrows(StartProblem.class, () -> CatalogueFile.read(file));

        assertEquals(file + " cannot be read: there is no such file", problem.getMessage());
    }

    private Path file(String content) throws IOException {
        return Files.writeString(folder.resolve("gates.yaml"), content);
    }
}
