package quantum.p35.discord;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.io.InputStream;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import quantum.p35.api.Alert;
import quantum.p35.api.BusMessages;
import quantum.p35.api.Secret;
import quantum.p35.api.Severity;
import quantum.p35.testkit.FakeDiscord;

class LayoutTest {

    private static final Instant BEGIN = Instant.parse("2026-02-01T14:02:00Z");
    private static final Instant END = BEGIN.plusSeconds(42 * 60);
    private static final Drill FIRING = Drill.firing(Drill.STALE, BEGIN);
    private static final String ROLE = "123456789012345678";
    private static final DiscordTarget TARGET = new DiscordTarget(
            "ops", new Secret("http://127.0.0.1:1/api/webhooks/1/x"), Severity.HIGH, List.of(), ROLE, "");
    private static final Letter LETTER = new Letter(TARGET, "https://p35.example");

    private static Place place(String id, Drill drill, boolean digest) {
        return new Place(id, "222", digest, drill.alert().severity(), "", Place.Standing.STANDS);
    }

    private static Incident at(Drill drill, Place... places) {
        return new Incident(drill.alert(), Map.of("ops", List.of(places)), false);
    }

    private static Message edit(Drill now) {
        return LETTER.edit("1", List.of(at(now, place("1", FIRING, false))), null);
    }

    static Stream<Arguments> messages() {
        Drill worse = FIRING.escalated(Severity.CRITICAL);
        Incident escalated = at(worse, place("1", FIRING, false), place("2", worse, false));
        List<Incident> digest = List.of(
                at(Drill.firing("kill_score_critical", BEGIN).escalated(Severity.CRITICAL), place("1", worse, true)),
                at(FIRING, place("1", FIRING, true)),
                at(
                        Drill.firing("insufficient_confidence", BEGIN).escalated(Severity.CRITICAL),
                        place("1", FIRING, true),
                        place("2", worse, false)),
                at(Drill.firing("position_limit", BEGIN).resolved(END), place("1", FIRING, true)));
        return Stream.of(
                Arguments.of("firing", LETTER.post(List.of(Incident.of(FIRING.alert())))),
                Arguments.of("escalated", LETTER.post(List.of(at(worse, place("1", FIRING, false))))),
                Arguments.of("moved", LETTER.edit("1", List.of(escalated), "111")),
                Arguments.of("acknowledged", edit(FIRING.acknowledged("ann@desk", "on it", BEGIN.plusSeconds(240)))),
                Arguments.of("silenced", edit(FIRING.silenced(END))),
                Arguments.of("resolved", edit(FIRING.reopened().reopened().resolved(END))),
                Arguments.of(
                        "digest",
                        LETTER.post(digest.stream()
                                .map(one -> Incident.of(one.alert()))
                                .toList())),
                Arguments.of("digest-edited", LETTER.edit("1", digest, "111")));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("messages")
    void looksAsAgreed(String name, Message message) throws IOException {
        JsonNode json = BusMessages.JSON.readTree(message.json());
        try (InputStream golden = getClass().getResourceAsStream("/golden/" + name + ".json")) {
            String actual = json.toPrettyString();
            assertTrue(golden != null, "golden/" + name + ".json is missing; it would be:\n" + actual);
            assertEquals(BusMessages.JSON.readTree(golden).toPrettyString(), actual);
        }
        assertEquals(List.of(), FakeDiscord.refusals(json));
    }

    /** Everything at once and endless: only limits and escapes are looked at. */
    private static Drill endless(String piece) {
        String text = piece.repeat(4000 / piece.length());
        Drill drill = Drill.firing(text.substring(0, 2000), BEGIN);
        return drill.with("sentence", text)
                .with("certainty", text)
                .with("action", text)
                .with(
                        "symbols",
                        IntStream.range(0, 5)
                                .mapToObj(i -> new Alert.Symbol(text, Long.MAX_VALUE))
                                .toList())
                .with("score", Long.MAX_VALUE)
                .with("total", Long.MAX_VALUE)
                .acknowledged(text, text, BEGIN)
                .silenced(END);
    }

    @ParameterizedTest(name = "endless {0}")
    @MethodSource("nasty")
    void keepsEveryLimitWhateverTheTextsHold(String piece) throws IOException {
        Drill drill = endless(piece);
        List<Incident> many = IntStream.range(0, 300)
                .mapToObj(i -> Incident.of(drill.with("id", "a" + i).alert()))
                .toList();
        Incident moved = at(drill, place("1", FIRING, false), place("2", drill, false));
        for (Message message : List.of(
                LETTER.post(many.subList(0, 1)),
                LETTER.post(many),
                LETTER.edit("1", List.of(moved), "1".repeat(20)),
                LETTER.edit("2", List.of(moved), null),
                LETTER.edit("1", List.of(at(drill.resolved(END), place("1", drill, false))), null))) {
            assertEquals(List.of(), FakeDiscord.refusals(BusMessages.JSON.readTree(message.json())));
        }
    }

    static Stream<String> nasty() {
        return Stream.of(
                "x", "`", "```", "_", "\\", "@everyone ", "<@&123456789012345678>", "😀", "a😀", "\n", "](", "://");
    }

    @Test
    void aDigestSaysHowManyItLeavesOut() {
        List<Incident> many = IntStream.range(0, 300)
                .mapToObj(i -> Incident.of(Drill.firing("gate_number_" + i + "_with_a_long_name", BEGIN)
                        .alert()))
                .toList();
        String text = LETTER.post(many).embeds().getFirst().description();
        long shown = text.lines().count() - 1;
        assertTrue(text.endsWith("… and " + (300 - shown) + " more"), text.substring(text.length() - 60));
    }

    @Test
    void otherPeoplesWordsNeitherFormatNorPingNorLink() {
        assertEquals(
                "\\*\\*a\\*\\* \\_b\\_ \\~\\~ \\|\\| \\`c\\` \\[d\\](e) \\<@\u200b1\\> \\# \\\\ @\u200beveryone http:\u200b//x",
                Text.plain("**a** _b_ ~~ || `c` [d](e) <@1> # \\ @everyone http://x", 200));
        assertEquals("`a'b @\u200bhere `", Text.code("a`b @here\n", 200));
        assertEquals("```\na '''b\n```", Text.block("a ```b", 200));
    }

    @Test
    void whatIsCutIsNotCutInTheMiddleOfACharacterOrAnEscape() {
        assertEquals("a…", Text.cut("a😀b", 3));
        assertEquals("a😀…", Text.cut("a😀bcd", 4));
        assertEquals("a\\_…", Text.plain("a_____", 5));
        assertEquals("a…", Text.plain("a_____", 3));
    }

    @ParameterizedTest(name = "{0}: {1}")
    @CsvSource({"0, 0 %", "0.001, under 1 %", "0.005, 1 %", "0.994, 99 %", "0.996, over 99 %", "1, 100 %"})
    void aShareIsRoundedToNothingOrAllOnlyWhenItIs(double share, String words) {
        assertEquals(words, Text.percent(share));
    }

    @Test
    void onlyNewOrWorsePings() {
        Incident told = at(FIRING, place("1", FIRING, false));
        assertTrue(LETTER.post(List.of(Incident.of(FIRING.alert()))).content().contains(ROLE));
        assertEquals(null, LETTER.post(List.of(told)).content(), "posted again because somebody deleted it");
        assertEquals(
                null,
                LETTER.post(List.of(Incident.of(FIRING.resolved(END).alert()))).content());
        assertEquals(
                null,
                LETTER.post(List.of(Incident.of(
                                FIRING.with("severity", Severity.MEDIUM).alert())))
                        .content());
    }

    private static String fields(Drill drill) {
        return Layout.of(drill.alert(), null, "https://p35.example").fields().stream()
                .map(field -> field.name() + "=" + field.value())
                .collect(Collectors.joining(";"));
    }

    private static Drill ofRule(String rule) {
        return Drill.firing(rule, BEGIN).with("rule", rule);
    }

    @ParameterizedTest(name = "{0}")
    @ValueSource(strings = {"source_silent", "ingest_behind"})
    void aRuleThatIsNotAboutDecisionsShowsNoShareOfThem(String rule) {
        Drill zero = ofRule(rule).with("score", 0).with("share", 0);
        assertFalse(fields(zero).contains("How bad"), fields(zero));
        assertFalse(fields(zero.resolved(END)).contains("At the end"));
        String digest = LETTER.post(List.of(Incident.of(zero.alert()), Incident.of(FIRING.alert())))
                .embeds()
                .getFirst()
                .description();
        assertTrue(digest.contains("`" + rule + "` <t:"), digest);
    }

    @Test
    void stuckSymbolsAreCountedAsSymbols() {
        Drill stuck = ofRule("symbol_stuck").with("score", 3).with("total", 40).with("share", 0.075);
        assertTrue(fields(stuck).contains("How bad=3 of 40 symbols in the last 5 minutes;"), fields(stuck));
        String digest = LETTER.post(List.of(Incident.of(stuck.alert()), Incident.of(FIRING.alert())))
                .embeds()
                .getFirst()
                .description();
        assertTrue(digest.contains("`symbol_stuck` 3 of 40 symbols <t:"), digest);
    }

    @Test
    void countsAreWrittenAsInTheSentence() {
        Drill many = FIRING.with("score", 1835).with("total", 1983);
        assertTrue(fields(many).contains("1 835 of 1 983 in the last"), fields(many));
    }

    @Test
    void whatIsNoCommandIsNoBlockOfCode() {
        assertTrue(
                fields(FIRING.with("action", "follow its own_reason")).contains("Do first=follow its own\\_reason;"));
    }

    @Test
    void aSilenceSaysWhoAndWhy() {
        assertTrue(
                fields(FIRING.silenced(END))
                        .contains("Silenced=until <t:1769957040:t>, <t:1769957040:R> by ann: known"),
                fields(FIRING.silenced(END)));
    }

    @Test
    void aDigestSaysWhatIsForgotten() {
        Incident over = Incident.of(FIRING.resolved(END).alert());
        Incident lost = Incident.of(Drill.firing("lost", BEGIN).alert())
                .forgotten(Drill.firing("lost", BEGIN).resolved(END).alert());
        Message.Embed digest = LETTER.post(List.of(over, lost)).embeds().getFirst();
        assertEquals("⚪ Over or forgotten: all 2 alerts", digest.title());
        assertTrue(digest.description().contains("⚪ `lost` forgotten"), digest.description());
    }

    @Test
    void aRuleThatIsNotAboutAGateLinksThePageItself() {
        String fields = fields(ofRule("source_silent").with("total", 0));
        assertTrue(fields.contains("(https://p35.example/)"), fields);
        assertFalse(fields.contains("How bad"), fields);
    }
}
