package quantum.p35.ingest;

import static org.junit.jupiter.api.Assertions.assertDoesNotThrow;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.Tuple;
import quantum.p35.api.BusMessages;
import quantum.p35.api.Decision;
import quantum.p35.api.Gate;
import quantum.p35.api.GateCatalogue;
import quantum.p35.testkit.Catalogues;

/** What holds whatever a producer writes. */
class NormaliserPropertyTest {

    private static final GateCatalogue CATALOGUE = Catalogues.fromConf();

    private static final List<String> NAMES = List.of(
            "plan_id",
            "symbol",
            "decision",
            "executed",
            "would_execute",
            "error",
            "reason",
            "timestamp",
            "details",
            "data",
            "payload",
            "steps_results");

    private static final List<String> PIECES = List.of(
            "true",
            "False",
            "SKIP",
            "EXECUTE",
            "none",
            "None",
            "NaN",
            "1769954737",
            "1e400",
            "-",
            ".",
            "e9",
            ":",
            ",",
            " ",
            "\n",
            "\u0000",
            "\uFFFD",
            "\uD83D",
            "\uDE80",
            "币安",
            "{",
            "}",
            "\"",
            "[",
            "]",
            "\\ud800",
            "{\"error\":\"",
            "{\"symbol\":\"\\u0000\\udc00\"}",
            "risk_paused",
            "kill_score_close_ok",
            "gate_",
            "57",
            "#");

    private final Normaliser normaliser = new Normaliser(CATALOGUE);

    /** Texts of any characters, lone surrogates too, and texts made of what the rules look for. */
    @Provide
    Arbitrary<String> texts() {
        Arbitrary<String> any = Arbitraries.strings().all().ofMaxLength(300);
        Arbitrary<String> made = Arbitraries.of(PIECES).list().ofMaxSize(40).map(pieces -> String.join("", pieces));
        Arbitrary<String> huge = made.map(text -> text.repeat(2_000));
        return Arbitraries.frequencyOf(Tuple.of(5, any), Tuple.of(10, made), Tuple.of(1, huge));
    }

    @Provide
    Arbitrary<Map<String, String>> entries() {
        Arbitrary<String> names = Arbitraries.oneOf(Arbitraries.of(NAMES), Arbitraries.of(NAMES), texts());
        return Arbitraries.maps(names, texts()).ofMaxSize(12);
    }

    @Property
    void whateverComesInOneBoundedDecisionComesOut(
            @ForAll("texts") String id, @ForAll("entries") Map<String, String> fields) {
        Decision decision = normaliser.normalise(new RawEntry(id, fields));
        assertEquals(id, decision.entryId());
        assertEquals(decision, new Normaliser(CATALOGUE).normalise(new RawEntry(id, fields)), "it is deterministic");
        assertBounded(decision);
    }

    private static void assertBounded(Decision decision) {
        Gate gate = decision.gate();
        if (!gate.catalogued()) {
            assertTrue(gate.code().matches("[A-Za-z_.#/+-]{1,64}"), gate.code());
            assertEquals(gate.code(), gate.family());
        }
        assertEquals(gate.isNone(), gate.code().equals("none"));
        if (decision.symbol() != null) {
            assertShowable(decision.symbol(), Normaliser.MAX_SYMBOL);
            assertFalse(decision.symbol().contains(":") || decision.symbol().isBlank(), decision.symbol());
        }
        if (decision.planId() != null) {
            assertShowable(decision.planId(), Normaliser.MAX_PLAN_ID);
        }
        assertTrue(decision.unknownTexts().size() <= 2);
        decision.unknownTexts().forEach(text -> assertShowable(text, Decision.MAX_UNKNOWN_TEXT));
    }

    private static void assertShowable(String text, int max) {
        assertTrue(text.codePointCount(0, text.length()) <= max, text);
        assertTrue(text.chars().noneMatch(Character::isISOControl), text);
        assertDoesNotThrow(() -> BusMessages.JSON.writeValueAsBytes(text), "it has no lone surrogate");
    }

    @Property(tries = 200)
    void numbersInACodeMakeNoNewGates(@ForAll("codes") String code) {
        Set<Gate> gates = new HashSet<>();
        for (int number = 0; number < 200; number++) {
            String numbered = code.replace("#", Integer.toString(number * number));
            gates.add(normaliser
                    .normalise(new RawEntry("1-0", Map.of("executed", "false", "error", numbered + ":" + number)))
                    .gate());
        }
        assertEquals(1, gates.size(), () -> gates.toString());
    }

    @Provide
    Arbitrary<String> codes() {
        return Arbitraries.of("q", "_", "#", ".", "x")
                .list()
                .ofMinSize(1)
                .ofMaxSize(12)
                .map(parts -> String.join("", parts));
    }
}
