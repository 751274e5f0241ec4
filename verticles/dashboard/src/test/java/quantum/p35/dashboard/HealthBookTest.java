package quantum.p35.dashboard;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import quantum.p35.api.HealthReport;
import quantum.p35.api.HealthReport.Level;
import quantum.p35.api.Verticles;
import quantum.p35.api.Verticles.Deployed;
import quantum.p35.dashboard.Health.Component;

class HealthBookTest {

    private static final Instant START = Samples.NOW;
    private static final Health.Process PROCESS = new Health.Process("1", 1, null, 1);
    private static final Verticles.Answer INGEST = runs(new Deployed("ingest", 1, 1, null));

    private final HealthBook book = new HealthBook();

    private void report(String component, String instance, Level level, Instant at) {
        book.take(
                new HealthReport(component, instance, level, "says so", Map.of("processed", at.getEpochSecond()), at),
                at);
    }

    private static List<String> told(Health health) {
        return health.components().stream()
                .map(component -> component.component() + "/" + component.instance() + " " + component.level())
                .toList();
    }

    private static Verticles.Answer runs(Deployed... verticles) {
        return new Verticles.Answer(List.of(verticles));
    }

    @Test
    void theWorstComponentIsTheState() {
        report("redis", "", Level.UP, START);
        report("ingest", "1", Level.DEGRADED, START);
        Health health = book.health(INGEST, PROCESS, START);

        assertEquals(Level.DEGRADED, health.state());
        assertEquals("ingest is DEGRADED.", health.sentence());
        assertEquals(List.of("redis/ UP", "ingest/1 DEGRADED"), told(health));
    }

    @Test
    void anInstanceThatIsSilentForOverFifteenSecondsIsDown() {
        report("ingest", "1", Level.UP, START);

        assertEquals(
                Level.UP, book.health(INGEST, PROCESS, START.plusSeconds(15)).state());
        Health late = book.health(INGEST, PROCESS, START.plusSeconds(16));
        assertEquals(Level.DOWN, late.state());
        assertEquals(
                "has not reported since 14:05:37; then: says so",
                late.components().getFirst().sentence());
    }

    @Test
    void anInstanceThatEndedInOrderIsForgottenAtOnce() {
        report("ingest", "old", Level.DOWN, START);
        report("ingest", "new", Level.UP, START);
        book.take(new HealthReport("ingest", "old", Level.UP, "ended", Map.of(), START, null, true), START);

        assertEquals(List.of("ingest/new UP"), told(book.health(INGEST, PROCESS, START)));
    }

    @Test
    void aSilentInstanceThatTheRuntimeNoLongerRunsIsForgotten() {
        report("ingest", "old", Level.UP, START);
        report("ingest", "new", Level.UP, START.plusSeconds(20));

        assertEquals(List.of("ingest/new UP"), told(book.health(INGEST, PROCESS, START.plusSeconds(20))));
    }

    @Test
    void whileTheRuntimeIsSilentNothingIsForgottenBeforeTenMinutes() {
        report("ingest", "1", Level.UP, START);

        assertEquals(
                List.of("runtime/ DEGRADED", "ingest/1 DOWN"),
                told(book.health(null, PROCESS, START.plus(Duration.ofMinutes(10)))));
        assertEquals(
                List.of("runtime/ DEGRADED"),
                told(book.health(
                        null, PROCESS, START.plus(Duration.ofMinutes(10)).plusSeconds(1))));
    }

    @Test
    void aVerticleThatDidNotStartIsDownWithItsError() {
        Health health = book.health(
                runs(new Deployed("insight", 2, 0, "no bean"), new Deployed("drift", 2, 1, null)), PROCESS, START);

        assertEquals(Level.DOWN, health.state());
        assertEquals(
                List.of("0 of 2 instances run: no bean", "1 of 2 instances run"),
                health.components().stream().map(Component::sentence).toList());
        assertEquals("insight is DOWN, drift is DEGRADED.", health.sentence());
    }

    @Test
    void theNewestIngestReportGivesTheGroupsFigures() {
        report("ingest", "1", Level.UP, START.plusSeconds(5));
        report("ingest", "2", Level.UP, START);

        assertEquals(
                Map.of("processed", START.getEpochSecond() + 5),
                book.health(INGEST, PROCESS, START).ingest());
    }

    @Test
    void readyNeedsEveryVerticleAndOneAnswerOfRedis() {
        assertEquals(List.of("the runtime does not say which verticles run"), book.notReady(null));
        assertEquals(List.of("Redis has not answered since the start"), book.notReady(INGEST));

        report("redis", "", Level.DOWN, START);
        assertEquals(List.of("Redis has not answered since the start: says so"), book.notReady(INGEST));

        report("redis", "", Level.UP, START);
        assertEquals(List.of("ingest: 1 of 2 instances run"), book.notReady(runs(new Deployed("ingest", 2, 1, null))));

        report("redis", "", Level.DOWN, START);
        assertTrue(book.notReady(INGEST).isEmpty(), "once is enough: what comes later is for /health");
        assertTrue(
                book.notReady(runs(new Deployed("somebody-elses", 1, 0, "no jar")))
                        .isEmpty(),
                "extensions do not count");
    }

    @Test
    void theFiguresAreOfAnIngestThatCanReadThemNotOfANewerOneThatCannot() {
        ingestOn("a", Level.UP, Map.of("processed", 7, "pending", 0, "lag", 0, "behindSeconds", 0), START);
        ingestOn("b", Level.DOWN, Map.of("consumer", ""), START.plusSeconds(4));
        assertEquals(7, book.health(null, PROCESS, START).ingest().get("processed"));
        ingestOn("b", Level.UP, Map.of("consumer", "b-1"), START.plusSeconds(4));
        assertEquals(7, book.health(null, PROCESS, START).ingest().get("processed"), "it only begins");

        ingestOn(
                "b",
                Level.DOWN,
                Map.of("processed", 5, "pending", 0, "lag", 0, "behindSeconds", 0),
                START.plusSeconds(4));
        assertEquals(7, book.health(null, PROCESS, START).ingest().get("processed"), "they are old");
        assertEquals(
                5, book.health(null, PROCESS, START.plusSeconds(16)).ingest().get("processed"), "both are old");
    }

    private void ingestOn(String node, Level level, Map<String, Object> figures, Instant at) {
        book.take(new HealthReport("ingest", "1", level, "says so", figures, at, node), at);
    }

    @Test
    void aNodeWithInsightNeedsAnAnswerOfRedisToItselfAndOneWithoutBelievesTheOthers() {
        Verticles.Answer insight =
                new Verticles.Answer(List.of(new Deployed("insight", 1, 1, null, "a")), "a", List.of(node("a", null)));
        Verticles.Answer page = new Verticles.Answer(
                List.of(new Deployed("insight", 0, 0, null, "a"), new Deployed("dashboard", 1, 1, null, "a")),
                "a",
                List.of(node("a", null)));
        assertEquals(List.of("Redis has not answered since the start"), book.notReady(page));

        report("redis", "", "b", START);
        assertEquals(List.of("Redis has not answered since the start"), book.notReady(insight));
        assertEquals(List.of(), book.notReady(page));

        report("redis", "", "a", START);
        assertEquals(List.of(), book.notReady(insight));
    }

    @Test
    void whatASecondNodeRunsMoreOfHidesNoLossOnTheFirst() {
        report("ingest", "a-1", "a", START);
        report("ingest", "b-1", "b", START.plusSeconds(20));
        Verticles.Answer oneEach = new Verticles.Answer(
                List.of(new Deployed("ingest", 1, 1, null, "a"), new Deployed("ingest", 0, 0, null, "b")),
                "a",
                List.of(node("a", null), node("b", null)));

        assertEquals(
                List.of("ingest/a-1 DOWN", "ingest/b-1 UP"),
                told(book.health(oneEach, PROCESS, START.plusSeconds(20))));
    }

    @Test
    void aNodeThatStartsOrEndsInOrderIsNotDown() {
        Verticles.Node starting = new Verticles.Node("b", "is starting", true);

        assertEquals(List.of("runtime/ DEGRADED"), told(book.health(nodes(node("a", null), starting), PROCESS, START)));
    }

    @Test
    void twoNodesAreToldApart() {
        report("ingest", "vm-0", "a", START);
        report("ingest", "vm-0", "b", START);

        Health health = book.health(nodes(node("a", null), node("b", null)), PROCESS, START);

        assertEquals(
                List.of("a: says so", "b: says so"),
                health.components().stream().map(Component::sentence).toList());
        assertEquals(
                List.of("a", "b"),
                health.components().stream().map(Component::node).toList());
    }

    @Test
    void whatRanOnANodeThatLeftIsForgottenAtOnce() {
        report("redis", "", "a", START);
        report("redis", "", "b", START);

        assertEquals(List.of("redis/ UP"), told(book.health(nodes(node("a", null)), PROCESS, START)));
    }

    @Test
    void aNodeThatDoesNotAnswerIsDownAndNothingOfItIsForgotten() {
        report("ingest", "vm-0", "b", START);

        Health health = book.health(nodes(node("a", null), node("b", "is silent")), PROCESS, START.plusSeconds(20));

        assertEquals(List.of("runtime/ DOWN", "ingest/vm-0 DOWN"), told(health));
        assertEquals("b: is silent", health.components().getFirst().sentence());
    }

    private void report(String component, String instance, String node, Instant at) {
        book.take(new HealthReport(component, instance, Level.UP, "says so", Map.of(), at, node), at);
    }

    private static Verticles.Node node(String name, String error) {
        return new Verticles.Node(name, error);
    }

    /** What runs on them is one ingest each, as far as they answer. */
    private static Verticles.Answer nodes(Verticles.Node... nodes) {
        List<Deployed> verticles = Stream.of(nodes)
                .filter(node -> node.error() == null && !node.name().equals("a"))
                .map(node -> new Deployed("ingest", 1, 1, null, node.name()))
                .toList();
        return new Verticles.Answer(verticles, "a", List.of(nodes));
    }

    @Test
    void figuresThatTickAreNoNews() {
        report("ingest", "1", Level.UP, START);
        Health before = book.health(INGEST, PROCESS, START);
        report("ingest", "1", Level.UP, START.plusSeconds(1));
        assertTrue(book.health(INGEST, PROCESS, START.plusSeconds(1)).saysTheSameAs(before));

        report("ingest", "1", Level.DOWN, START.plusSeconds(2));
        assertFalse(book.health(INGEST, PROCESS, START.plusSeconds(2)).saysTheSameAs(before));
        assertFalse(before.saysTheSameAs(null));
    }
}
