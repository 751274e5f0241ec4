package quantum.p35.runtime;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import quantum.p35.api.CatalogueEntry;
import quantum.p35.drift.AlertRules;

/** {@code docs/action-guide.md}. {@code -Dguide.write=true} writes it anew: then read it. */
class ActionGuideTest {

    private static final Home HOME = new Home(Path.of(System.getProperty("p35.root")));

    @TempDir
    private Path folder;

    private static String guide(Path catalogue) throws StartProblem {
        AlertRules rules = AlertsFile.read(HOME.resolve("conf/alerts.yaml"), new Environment(Map.of()));
        return new ActionGuide(CatalogueFile.read(catalogue), rules.thresholds()).print();
    }

    @Test
    void theGuideSaysWhatTheCatalogueSays() throws Exception {
        Path file = HOME.resolve("docs/action-guide.md");
        String guide = guide(HOME.resolve("conf/gates.yaml"));
        if (Boolean.getBoolean("guide.write")) {
            Files.writeString(file, guide);
        }
        assertEquals(
                guide,
                Files.readString(file),
                "docs/action-guide.md is not what conf/gates.yaml and conf/alerts.yaml say. Write it anew, then read it:"
                        + " mvn -q -pl verticles/runtime -am test -Dtest=ActionGuideTest"
                        + " -Dsurefire.failIfNoSpecifiedTests=false -Dguide.write=true");
    }

    @Test
    void everyCodeHasAnAnchorOfItsOwn() throws Exception {
        Path catalogue = HOME.resolve("conf/gates.yaml");
        Set<String> anchors = Markdown.anchors(guide(catalogue));
        for (CatalogueEntry entry : CatalogueFile.read(catalogue).entries()) {
            assertTrue(anchors.contains(Markdown.anchor(entry.code())), entry.code());
            entry.details()
                    .forEach(detail -> assertTrue(
                            anchors.contains(Markdown.anchor(entry.code() + ":" + detail)),
                            entry.code() + ":" + detail));
        }
    }

    @Test
    void noTextOfTheCatalogueBreaksThePage() throws Exception {
        String guide = guide(file("""
                  - code: odd
                    kind: error
                    aliases: ['a|b `c`']
                    meaning: '<b>all</b> | of *it* [here](x) in my_gate _now_'
                    diagnose: ['redis-cli GET a|b:<S>', 'the log of <S>']
                    actions: [{when: 'a | b', action: '<do>'}]
                    alert: {medium: 0.25, critical: 0.9}
                """));
        List<String> lines = guide.lines().toList();
        assertTrue(
                lines.containsAll(List.of(
                        "### `odd`",
                        "\\<b\\>all\\</b\\> \\| of \\*it\\* \\[here\\](x) in my_gate \\_now\\_",
                        "redis-cli GET a|b:<S>",
                        "- the log of \\<S\\>",
                        "| a \\| b | \\<do\\> |  |",
                        "- Other texts: `` a|b `c` ``.",
                        "| `` a\\|b `c` `` | [`odd`](#odd) | error |")),
                guide);
        assertTrue(guide.contains("- Alerts: MEDIUM from 25 %, CRITICAL from 90 %; `gate_share`"), guide);
    }

    private Path file(String entries) throws IOException {
        return Files.writeString(folder.resolve("gates.yaml"), CatalogueFileTest.SMALLEST + entries);
    }

    @ParameterizedTest(name = "{0} → #{1}")
    @CsvSource({
        "p33_permit_denied, p33_permit_denied",
        "p33_permit_denied:stale, p33_permit_denied-stale",
        "DENY_NOT_EXIT_OWNER, deny_not_exit_owner",
        "a.b/c+d#, a-b-c-d-"
    })
    void anAnchorIsMadeOfTheCodeAlone(String code, String anchor) {
        assertEquals(anchor, Markdown.anchor(code));
    }
}
