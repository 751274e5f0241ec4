package quantum.p35.insight;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import java.time.Duration;
import java.time.Instant;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import quantum.p35.api.Outcome;
import quantum.p35.api.WindowName;

class SentenceTest {

    private static final Instant SINCE = Instant.parse("2026-02-01T14:02:00Z");
    private static final Instant YESTERDAY = Instant.parse("2026-01-31T22:10:00Z");

    static Stream<Arguments> goldens() {
        Scene explosion = new Scene()
                .executed(300)
                .blocked(1234, "p33_permit_denied:no_exchange_snapshot")
                .skipped(466, "no_position");
        return Stream.of(
                arguments(
                        explosion,
                        SINCE,
                        41L,
                        8,
                        "Not trading: p33_permit_denied:no_exchange_snapshot stops 62 % of decisions"
                                + " (1 234 of 2 000 in the last 5 minutes, 41 plans, 8 symbols) since 14:02."),
                arguments(
                        new Scene()
                                .blocked(15, "cooldown")
                                .skipped(15, "no_position")
                                .skipped(491, "duplicate_plan"),
                        YESTERDAY,
                        null,
                        1,
                        "Not trading: cooldown stops 50 % of decisions (15 of 30 in the last 5 minutes, 1 symbol)"
                                + " since 22:10 on 31 January. 491 repeats are left out."),
                arguments(
                        new Scene()
                                .blocked(7, "cooldown")
                                .decisions(WindowName.ONE_HOUR, 40, Outcome.BLOCKED, "cooldown"),
                        SINCE,
                        12L,
                        2,
                        "Not trading: cooldown stops 100 % of decisions (47 of 47 in the last hour, 12 plans, 2 symbols)"
                                + " since 14:02. There were only 7 decisions in the last 5 minutes,"
                                + " so this is about the last hour."),
                arguments(
                        new Scene().blocked(1, "cooldown"),
                        null,
                        1L,
                        1,
                        "Not trading: cooldown stops 100 % of decisions (1 of 1 in the last hour, 1 plan, 1 symbol)."
                                + " There was only 1 decision in the last 5 minutes, so this is about the last hour."
                                + " That is few: 1 decision."),
                arguments(
                        new Scene().executed(120).skipped(233, "no_position"),
                        null,
                        null,
                        0,
                        "Trading: 34 % of decisions execute (120 of 353 in the last 5 minutes)."),
                arguments(
                        new Scene().executed(30).blocked(45, "cooldown").skipped(25, "no_position"),
                        SINCE,
                        9L,
                        3,
                        "Trading, but cooldown stops 45 % of decisions (45 of 100 in the last 5 minutes, 9 plans,"
                                + " 3 symbols) since 14:02; 30 % of decisions execute."),
                arguments(
                        new Scene().skipped(64, "dry_run").skipped(36, "no_position"),
                        SINCE,
                        null,
                        0,
                        "Holding, not blocked: dry_run stops 64 % of decisions (64 of 100 in the last 5 minutes)"
                                + " since 14:02. The system would have traded and was told not to:"
                                + " is dry-run meant to be on?"),
                arguments(
                        new Scene().skipped(491, "duplicate_plan"),
                        null,
                        null,
                        0,
                        "Holding: nothing but repeats of what was decided before (491 in the last hour);"
                                + " nothing new is decided."),
                arguments(
                        new Scene().executed(10).skipped(60, "none").blocked(30, "cooldown"),
                        null,
                        null,
                        0,
                        "Unclear: not trading, and 67 % of the decisions that did not execute do not say why"
                                + " (60 of 90 in the last 5 minutes). Most report no reason at all: look at the producers."),
                arguments(
                        new Scene(),
                        null,
                        null,
                        0,
                        "Unclear: entries arrive, but none of them is about the last hour."
                                + " The producers' timestamps are in the past."),
                arguments(
                        new Scene()
                                .executed(4)
                                .skipped(36, "no_position")
                                .skipped(6, "unlisted")
                                .blocked(18, "cooldown")
                                .blocked(18, "leverage_ratio_exceeded")
                                .blocked(18, "p33_permit_denied:stale"),
                        null,
                        null,
                        0,
                        "Not trading, without a single cause: of 100 decisions in the last 5 minutes 4 % execute;"
                                + " the largest gates are no_position 36 %, cooldown 18 %,"
                                + " leverage_ratio_exceeded 18 %, p33_permit_denied:stale 18 %."),
                arguments(
                        new Scene().executed(40).redisSilentFor(Duration.ofSeconds(205)),
                        null,
                        null,
                        0,
                        "Redis has not answered since 14:02 (3 minutes): redis://127.0.0.1:6379/0 gave no answer"
                                + " within 2000 ms. The figures are from 14:05."),
                arguments(
                        new Scene().executed(40).oldestUncounted(Duration.ofSeconds(250)),
                        null,
                        null,
                        0,
                        "Behind: entries have waited to be counted since 14:01 (4 minutes), so the figures are"
                                + " about the past; the newest entry counted is from 14:05."),
                arguments(
                        new Scene().neverCounted(),
                        null,
                        null,
                        0,
                        "No data: no decision was ever counted, and no entry waits on the stream."),
                arguments(
                        new Scene().newestCounted(Duration.ofHours(20)),
                        null,
                        null,
                        0,
                        "Silent: nothing is proposed since 18:05 on 31 January (20 h)."
                                + " All entries are counted, and no new one comes."));
    }

    @ParameterizedTest(name = "{4}")
    @MethodSource("goldens")
    void says(Scene scene, Instant since, Long plans, int symbols, String words) {
        assertEquals(words, new Sentence(scene.verdict(), scene.facts(), Scene.NOW, since, plans, symbols).words());
    }
}
