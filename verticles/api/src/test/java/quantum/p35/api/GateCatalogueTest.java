package quantum.p35.api;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class GateCatalogueTest {

    private static final GateCatalogue CATALOGUE = catalogue(
            entry(
                    "permit",
                    GateKind.BLOCKING,
                    List.of("old permit", "timeout:missing_p33"),
                    List.of(),
                    "stale",
                    "hold"),
            entry("timeout", GateKind.BLOCKING, List.of("TIMEOUT"), List.of(), "missing_all"),
            entry("no_position", GateKind.BENIGN, List.of("permit:no_position"), List.of()),
            entry("cooldown", GateKind.BLOCKING, List.of(), List.of("cooldown_\\d+s", "wait: .*")),
            entry("exchange", GateKind.ERROR, List.of(), List.of()),
            entry("order_#_refused", GateKind.ERROR, List.of(), List.of()));

    private static CatalogueEntry entry(
            String code, GateKind kind, List<String> aliases, List<String> patterns, String... details) {
        return new CatalogueEntry(
                code, kind, aliases, patterns, List.of(details), false, null, null, List.of(), List.of(), null);
    }

    /** With the gates that every catalogue must hold. */
    private static GateCatalogue catalogue(CatalogueEntry... entries) {
        List<CatalogueEntry> all = new ArrayList<>(List.of(
                entry("unreported_gate", GateKind.QUALITY, List.of(), List.of()),
                entry("unlisted", GateKind.QUALITY, List.of(), List.of()),
                entry("dry_run", GateKind.BENIGN, List.of(), List.of())));
        all.addAll(List.of(entries));
        return new GateCatalogue(all);
    }

    private static String refusal(CatalogueEntry... entries) {
        return assertThrows(IllegalArgumentException.class, () -> catalogue(entries))
                .getMessage();
    }

    @ParameterizedTest(name = "{0}: {1} is {2}")
    @CsvSource(
            delimiter = '|',
            value = {
                "code|permit|permit",
                "listed detail|permit:stale|permit:stale",
                "blanks around the colon|permit : stale|permit:stale",
                "detail that is not listed|permit:57s|permit",
                "alias|old permit|permit",
                "alias with a listed detail|old permit:hold|permit:hold",
                "alias with a colon|timeout:missing_p33|permit",
                "alias that would be another gate's detail|permit:no_position|no_position",
                "detail of the gate whose detail is an alias elsewhere|timeout:missing_all|timeout:missing_all",
                "pattern|cooldown_57s|cooldown",
                "a pattern is for the whole text|my_cooldown_57s|my_cooldown_#s",
                "pattern before what stands before the colon|wait: permit|cooldown",
                "text with commas and JSON|exchange:HTTPError 400: {\"code\":-1111, \"msg\":\"x\"}|exchange",
                "another case is another text|PERMIT|PERMIT",
                "digits of a code that nobody knows|new_gate_57s_of_60|new_gate_#s_of_#",
                "detail of a code that nobody knows|new_gate:57|new_gate",
                "free text|no money left|unlisted",
                "free text before the colon|no money: left|unlisted",
                "nothing before the colon|:stale|unlisted",
                "code as the dashboard shows it|order_12_refused|order_#_refused",
                "none|none|none",
                "None as Python writes it|None|none",
                "none with a detail|none: whatever|none",
            })
    void textsFindTheirGate(String rule, String text, String gate) {
        assertEquals(gate, CATALOGUE.match(text).code(), rule);
    }

    @Test
    void knownGatesCarryTheirFamilyAndKind() {
        assertEquals(
                new Gate("permit:stale", "permit", GateKind.BLOCKING, true, false), CATALOGUE.match("permit:stale"));
        assertEquals(GateKind.ERROR, CATALOGUE.match("exchange: down").kind());
    }

    @Test
    void unknownCodesAreBlockingAndSayThatNobodyKnowsThem() {
        assertEquals(new Gate("new_#", "new_#", GateKind.BLOCKING, false, false), CATALOGUE.match("new_7:because"));
    }

    @Test
    void codesUpToSixtyFourCharactersAreKept() {
        assertEquals("a".repeat(64), CATALOGUE.match("a".repeat(64)).code());
        assertEquals(Gate.UNLISTED, CATALOGUE.match("a".repeat(65)));
    }

    @Test
    void textsOfAMegabyteAreCutBeforeAnyPatternSeesThem() {
        assertEquals(
                "cooldown", CATALOGUE.match("wait: " + "x\n".repeat(500_000)).code());
        assertEquals(Gate.UNLISTED, CATALOGUE.match("x".repeat(1_000_000)));
    }

    @Test
    void aCodeFromABucketStaysAsItIs() {
        assertEquals(Gate.NONE, CATALOGUE.gate("none"));
        assertEquals(CATALOGUE.match("permit:stale"), CATALOGUE.gate("permit:stale"));
        assertEquals(
                new Gate("permit:was_listed_once", "permit", GateKind.BLOCKING, true, false),
                CATALOGUE.gate("permit:was_listed_once"));
        assertEquals(new Gate("old permit", "permit", GateKind.BLOCKING, true, false), CATALOGUE.gate("old permit"));
        assertFalse(CATALOGUE.gate("new_gate_#s").catalogued());
    }

    @Test
    void theGuideIsFoundByCodeDetailAndAlias() {
        assertEquals("permit", CATALOGUE.entry("old permit").orElseThrow().code());
        assertEquals("permit", CATALOGUE.entry("permit:stale").orElseThrow().code());
        assertTrue(CATALOGUE.entry("new_gate").isEmpty());
        assertTrue(CATALOGUE.entry("none").isEmpty());
    }

    @Test
    void repeatsAreListed() {
        CatalogueEntry repeat = new CatalogueEntry(
                "again", GateKind.BENIGN, null, null, List.of("detail"), true, null, null, null, null, null);
        GateCatalogue catalogue = catalogue(repeat);
        assertEquals(Set.of("again"), catalogue.repeats());
        assertTrue(catalogue.match("again:detail").repeat());
    }

    @Test
    void aTextThatTwoGatesClaimIsRefused() {
        String message = refusal(
                entry("one", GateKind.BLOCKING, List.of("both"), List.of()),
                entry("two", GateKind.BLOCKING, List.of("both"), List.of()));
        assertTrue(message.contains("'both'") && message.contains("'one'") && message.contains("'two'"), message);
        assertTrue(refusal(
                        entry("one", GateKind.BLOCKING, List.of(), List.of(), "detail"),
                        entry("two", GateKind.BLOCKING, List.of("one:detail"), List.of()))
                .contains("'one:detail'"));
    }

    @Test
    void aCatalogueWithoutTheGatesOfTheServiceItselfIsRefused() {
        List<CatalogueEntry> others = List.of(entry("permit", GateKind.BLOCKING, List.of(), List.of()));
        String message = assertThrows(IllegalArgumentException.class, () -> new GateCatalogue(others))
                .getMessage();
        assertTrue(message.contains("'unreported_gate'"), message);
        assertThrows(IllegalArgumentException.class, () -> new GateCatalogue(List.of()));
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource(
            delimiter = '|',
            value = {
                "a:b|blocking|x|x|gate code 'a:b'",
                "a b|blocking|x|x|gate code 'a b'",
                "none|blocking|x|x|gate code 'none'",
                "a|none|x|x|gate 'a' has no kind",
                "a|blocking|' x'|x|'aliases'",
                "a|blocking|''|x|'aliases'",
                "a|blocking|x|(x|no regular expression",
            })
    void aBadEntrySaysWhatIsWrong(String code, String kind, String alias, String pattern, String part) {
        String message = assertThrows(
                        IllegalArgumentException.class,
                        () -> entry(code, GateKind.of(kind), List.of(alias), List.of(pattern)))
                .getMessage();
        assertTrue(message.contains(part), message);
    }

    @Test
    void aKindThatIsNoneIsRefusedWithTheKindsThereAre() {
        String message = assertThrows(IllegalArgumentException.class, () -> GateKind.of("bloking"))
                .getMessage();
        assertTrue(message.contains("'bloking'") && message.contains("benign"), message);
    }

    @Test
    void anItemThatIsEmptyIsRefused() {
        List<CatalogueEntry> gates = Collections.singletonList(null);
        String message = assertThrows(IllegalArgumentException.class, () -> new GateCatalogue(gates))
                .getMessage();
        assertTrue(message.contains("'gates'"), message);
    }

    @Test
    void placesThatNeedAPlanComeLast() {
        CatalogueEntry entry = new CatalogueEntry(
                "permit",
                GateKind.BLOCKING,
                null,
                null,
                null,
                false,
                null,
                null,
                List.of("GET permit:<plan_id>", "HGETALL positions:<S>", "the log"),
                null,
                null);
        assertEquals(List.of("HGETALL positions:<S>", "the log", "GET permit:<plan_id>"), entry.places());
        assertEquals("HGETALL positions:<S>", entry.firstAction());
    }
}
