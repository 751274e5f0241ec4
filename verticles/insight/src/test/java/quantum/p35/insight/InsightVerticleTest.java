package quantum.p35.insight;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.eventbus.ReplyException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Predicate;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import quantum.p35.api.Addresses;
import quantum.p35.api.BucketsCommitted;
import quantum.p35.api.BusMessages;
import quantum.p35.api.Drift;
import quantum.p35.api.Failure;
import quantum.p35.api.GateCount;
import quantum.p35.api.Gates;
import quantum.p35.api.Guide;
import quantum.p35.api.HealthReport;
import quantum.p35.api.Keys;
import quantum.p35.api.Outcome;
import quantum.p35.api.Severity;
import quantum.p35.api.State;
import quantum.p35.api.Symbols;
import quantum.p35.api.Timeline;
import quantum.p35.api.Why;
import quantum.p35.api.WindowName;
import quantum.p35.api.WindowsUpdated;
import quantum.p35.redis.RedisSettings;
import quantum.p35.testkit.BusRecorder;
import quantum.p35.testkit.TestRedis;

class InsightVerticleTest {

    @RegisterExtension
    static final TestRedis redis = new TestRedis();

    private static final Keys KEYS = Keys.DEFAULT;
    private static final WindowName WINDOW = WindowName.FIVE_MINUTES;
    private static final String STALE = "p33_permit_denied:stale";

    private final MeterRegistry metrics = new SimpleMeterRegistry();
    private final Vertx vertx = Vertx.vertx();
    private final Instant minute = Instant.now().truncatedTo(ChronoUnit.MINUTES);

    @BeforeEach
    void registerMessages() {
        BusMessages.register(vertx.eventBus());
    }

    @AfterEach
    void close() {
        vertx.close().timeout(10, TimeUnit.SECONDS).await();
    }

    private void deploy() {
        deploy(InstantSource.system());
    }

    private void deploy(InstantSource clock) {
        long began = System.nanoTime();
        deploy(redis.patient(), clock);
        if (Duration.ofNanos(System.nanoTime() - began).compareTo(Refresh.FIRST_WAIT) >= 0) {
            // the machine stood still: it began without figures, as it says that it does
            awaitWhy(answer -> answer.state() != State.REDIS_DOWN);
        }
    }

    private void deploy(RedisSettings settings, InstantSource clock) {
        vertx.deployVerticle(new InsightVerticle(settings, KEYS, Scene.CATALOGUE, metrics, clock))
                .timeout(10, TimeUnit.SECONDS)
                .await();
    }

    private void count(Instant at, long decisions, Outcome outcome, String gate, String symbol) {
        String bucket = KEYS.bucket(at);
        String by = Long.toString(decisions);
        redis.with(client -> {
            client.call("MULTI"); // as it is committed: nobody sees a part of it
            client.call("HINCRBY", bucket, "decision:" + outcome, by);
            client.call("HINCRBY", bucket, "reason:" + gate, by);
            client.call("HINCRBY", bucket, "symbol_decision:" + symbol + ":" + outcome, by);
            if (!gate.equals("none")) {
                client.call("HINCRBY", bucket, "symbol_reason:" + symbol + ":" + gate, by);
            }
            client.call("HINCRBY", KEYS.status(), "processed_total", by);
            client.call("HSET", KEYS.status(), "last_id", System.currentTimeMillis() - 1000 + "-0");
            return client.call("EXEC");
        });
    }

    private void explosion() {
        count(minute, 60, Outcome.BLOCKED, STALE, "BTCUSDT");
        count(minute, 20, Outcome.BLOCKED, STALE, "ETHUSDT");
        count(minute, 15, Outcome.SKIP, "no_position", "ETHUSDT");
        count(minute, 5, Outcome.EXECUTE, "none", "XRPUSDT");
        redis.cli("HSET", KEYS.lastExecute(), "*", seconds(minute), "XRPUSDT", seconds(minute));
    }

    private static String seconds(Instant time) {
        return Long.toString(time.getEpochSecond());
    }

    private <A> A ask(String address, Object question) {
        return vertx.eventBus().<A>request(address, question).await().body();
    }

    private Why.Answer why() {
        return ask(Addresses.INSIGHT_WHY, new Why.Question(WINDOW));
    }

    private Why.Answer awaitWhy(Predicate<Why.Answer> fits) {
        return await(this::why, fits);
    }

    /** Asks again and again, for at most 30 s. */
    private static <T> T await(Supplier<T> question, Predicate<T> fits) {
        long deadline = System.nanoTime() + Duration.ofSeconds(30).toNanos();
        while (true) {
            T answer = question.get();
            if (fits.test(answer)) {
                return answer;
            }
            assertTrue(System.nanoTime() < deadline, () -> "still " + answer);
            LockSupport.parkNanos(20_000_000);
        }
    }

    @Test
    void saysWhyWeAreNotTrading() {
        explosion();
        redis.cli("PFADD", KEYS.plans(minute, STALE), "plan1", "plan2", "plan3");
        deploy();
        Why.Answer answer = why();
        assertEquals(State.BLOCKED, answer.state());
        assertEquals(STALE, answer.gate());
        assertEquals(minute, answer.since());
        assertTrue(
                answer.sentence()
                        .startsWith("Not trading: p33_permit_denied:stale stops 80 % of decisions"
                                + " (80 of 100 in the last 5 minutes, 3 plans, 2 symbols) since "),
                answer.sentence());
        assertEquals(100, answer.window().total());
        assertEquals(80, answer.decisions().get(Outcome.BLOCKED));
        assertEquals(0, answer.decisions().get(Outcome.ERROR));
        assertEquals(0.15, answer.skipRate());
        assertEquals(5, answer.none());
        assertEquals(minute, answer.lastExecute());
        assertEquals(3, answer.gates().getFirst().plans());
        assertEquals(0.8, answer.gates().getFirst().share());
        assertEquals(
                List.of(
                        "redis-cli HGETALL quantum:state:positions:BTCUSDT",
                        "redis-cli GET quantum:permit:p33:<plan_id>",
                        "no snapshot: restart the pipeline (1–5 min)"),
                answer.actions());
    }

    @Test
    void answersByGateSymbolAndThreshold() {
        explosion();
        deploy();
        Gates.Answer gates = ask(Addresses.INSIGHT_GATES, new Gates.Question(WINDOW, null, 1));
        assertEquals(100, gates.total());
        assertEquals(List.of("BTCUSDT", "ETHUSDT"), gates.gates().getFirst().symbols());
        Gates.Answer ofSymbol = ask(Addresses.INSIGHT_GATES, new Gates.Question(WINDOW, "ETHUSDT", 50));
        assertEquals(35, ofSymbol.total());
        assertEquals(
                Map.of(STALE, 20L, "no_position", 15L),
                Map.of(
                        ofSymbol.gates().get(0).gate(), ofSymbol.gates().get(0).count(),
                        ofSymbol.gates().get(1).gate(), ofSymbol.gates().get(1).count()));
        Gates.Answer unknown = ask(Addresses.INSIGHT_GATES, new Gates.Question(WINDOW, "NOSUCH", 50));
        assertEquals(0, unknown.total());

        Symbols.Answer symbols = ask(Addresses.INSIGHT_SYMBOLS, new Symbols.Question(WINDOW, 2));
        assertEquals(
                List.of("BTCUSDT", "ETHUSDT", "XRPUSDT"),
                symbols.symbols().stream().map(Symbols.SymbolCount::symbol).toList());
        assertEquals(minute, symbols.symbols().get(2).lastExecute());
        assertNull(symbols.symbols().get(2).topGate());
        assertEquals(
                List.of(60L, 20L, 0L),
                symbols.symbols().stream().map(Symbols.SymbolCount::stopped).toList());

        Drift.Answer drift = ask(Addresses.INSIGHT_DRIFT, new Drift.Question(WINDOW, 80));
        assertEquals(1, drift.breaches().size());
        assertEquals(Severity.CRITICAL, drift.breaches().getFirst().severity());
        Drift.Answer calm = ask(Addresses.INSIGHT_DRIFT, new Drift.Question(WINDOW, 80.1));
        assertEquals(List.of(), calm.breaches());
    }

    @Test
    void symbolWithoutExecuteForLongIsStuck() {
        Instant first = minute.minus(40, ChronoUnit.MINUTES);
        count(first, 1, Outcome.BLOCKED, STALE, "OLDUSDT");
        count(minute, 1, Outcome.BLOCKED, STALE, "OLDUSDT");
        count(minute, 1, Outcome.BLOCKED, STALE, "NEWUSDT");
        count(minute, 1, Outcome.BLOCKED, STALE, "ONCEUSDT");
        redis.cli("HSET", KEYS.lastExecute(), "ONCEUSDT", seconds(minute.minusSeconds(7200)));
        deploy();
        Symbols.Answer answer = ask(Addresses.INSIGHT_SYMBOLS, new Symbols.Question(WINDOW, 0));
        Map<String, Symbols.SymbolCount> symbols =
                answer.symbols().stream().collect(Collectors.toMap(Symbols.SymbolCount::symbol, symbol -> symbol));
        assertEquals(first, symbols.get("OLDUSDT").stuckSince());
        assertNull(symbols.get("NEWUSDT").stuckSince());
        assertEquals(minute.minusSeconds(7200), symbols.get("ONCEUSDT").stuckSince());
    }

    @Test
    void showsWhatIsCommittedAndWhatOthersWrite() throws Exception {
        BusRecorder<WindowsUpdated> updates = BusRecorder.of(vertx, Addresses.WINDOWS_UPDATED, WindowsUpdated.class);
        deploy();
        assertEquals(State.NO_DATA, why().state());
        count(minute, 30, Outcome.BLOCKED, STALE, "BTCUSDT");
        awaitWhy(answer -> answer.window().total() == 30);
        Instant older = minute.minus(3, ChronoUnit.MINUTES);
        count(older, 30, Outcome.BLOCKED, STALE, "BTCUSDT");
        vertx.eventBus().publish(Addresses.BUCKETS_COMMITTED, new BucketsCommitted(Set.of(older)));
        awaitWhy(answer -> answer.window().total() == 60);
        WindowsUpdated update =
                updates.await(message -> message.windows().get(1).window().total() == 60);
        assertEquals(State.BLOCKED, update.state());
        assertEquals(60, update.windows().get(1).gates().getFirst().count());
    }

    @Test
    void windowsSlideWhileNothingComes() throws Exception {
        AtomicReference<Duration> ahead = new AtomicReference<>(Duration.ZERO);
        explosion();
        deploy(() -> Instant.now().plus(ahead.get()));
        assertEquals(100, why().window().total());
        ahead.set(Duration.ofMinutes(7));
        Why.Answer later = awaitWhy(answer -> answer.window().total() == 0);
        assertEquals(State.SILENT, later.state());
        Why.Answer hour = ask(Addresses.INSIGHT_WHY, new Why.Question(WindowName.ONE_HOUR));
        assertEquals(100, hour.window().total());
    }

    @Test
    void writesTheWindowKeysAndTakesThemAway() throws Exception {
        explosion();
        redis.cli("HSET", KEYS.unknown(minute), "what is this?", "3");
        redis.cli("SET", KEYS.reasonTop(WindowName.ONE_HOUR), "somebody's text");
        deploy();
        String counts = KEYS.decisionCounts(WINDOW);
        await(() -> redis.cli("EXISTS", counts), Long.valueOf(1)::equals);
        assertEquals("80", redis.cli("HGET", counts, "BLOCKED"));
        assertNull(redis.cli("HGET", counts, "ERROR"));
        assertEquals(
                List.of(STALE, "80", "no_position", "15"),
                redis.cli("ZREVRANGE", KEYS.reasonTop(WINDOW), "0", "-1", "WITHSCORES"));
        assertEquals("80", redis.cli("ZSCORE", KEYS.reasonTop(WindowName.ONE_HOUR), STALE));
        assertEquals("3", redis.cli("ZSCORE", KEYS.unknownTop(), "what is this?"));
        for (String key : List.of(counts, KEYS.reasonTop(WINDOW), KEYS.unknownTop())) {
            long life = (Long) redis.cli("TTL", key);
            assertTrue(life > 0 && life <= 120, key + " lives " + life + " s");
        }
        redis.cli("DEL", KEYS.bucket(minute));
        vertx.eventBus().publish(Addresses.BUCKETS_COMMITTED, new BucketsCommitted(Set.of(minute)));
        await(() -> redis.cli("EXISTS", counts, KEYS.reasonTop(WINDOW)), Long.valueOf(0)::equals);
    }

    @Test
    void saysThatRedisIsDownAndComesBack() throws Exception {
        BusRecorder<HealthReport> health = BusRecorder.of(vertx, Addresses.HEALTH_CHANGED, HealthReport.class);
        explosion();
        deploy(redis.settings(), InstantSource.system());
        health.await(report -> report.component().equals("redis")
                && report.sentence().equals("Redis " + redis.version() + " answers"));
        assertTrue(health.messages().stream()
                .filter(report -> report.component().equals("redis"))
                .allMatch(report -> report.level() == HealthReport.Level.UP));
        Why.Answer before = why();
        redis.freeze();
        Why.Answer down = awaitWhy(answer -> answer.state() == State.REDIS_DOWN);
        assertTrue(down.sentence().startsWith("Redis has not answered since "), down.sentence());
        assertEquals(before.decisions(), down.decisions());
        assertFalse(down.asOf().isBefore(before.asOf()));
        assertEquals(down.asOf(), down.window().to());
        health.await(report -> report.component().equals("redis") && report.level() == HealthReport.Level.DOWN);
        redis.thaw();
        awaitWhy(answer -> answer.state() == State.BLOCKED);
    }

    @Test
    void saysThatNobodyReadsTheStream() throws Exception {
        BusRecorder<HealthReport> health = BusRecorder.of(vertx, Addresses.HEALTH_CHANGED, HealthReport.class);
        redis.cli("HSET", KEYS.status(), "consumer_name", "vm-0");
        redis.cli("SET", KEYS.lease("consumer:vm-0"), "an ingest, perhaps of another process");
        deploy(redis.patient(), InstantSource.system());
        health.await(report ->
                report.component().equals("insight") && report.sentence().equals("reads the minute buckets"));
        redis.cli("DEL", KEYS.lease("consumer:vm-0"));
        health.await(report -> report.component().equals("insight")
                && report.level() == HealthReport.Level.DEGRADED
                && report.sentence().startsWith("nobody reads the stream"));
    }

    @Test
    void windowKeysThatCannotBeWrittenAreCountedAlsoWithoutTheLease() throws Exception {
        redis.cli("CONFIG", "SET", "maxmemory", "1");
        try {
            deploy(redis.patient(), InstantSource.system());
            await(
                    () -> metrics.get("p35.insight.window.keys.failures")
                            .counter()
                            .count(),
                    failures -> failures > 0);
        } finally {
            redis.cli("CONFIG", "SET", "maxmemory", "0");
        }
    }

    @Test
    void survivesBucketThatIsNoHash() throws Exception {
        explosion();
        Instant broken = minute.minus(2, ChronoUnit.MINUTES);
        redis.cli("SET", KEYS.bucket(broken), "oops");
        deploy();
        Why.Answer answer = why();
        assertEquals(100, answer.window().total());
        assertTrue(
                answer.findings().getFirst().startsWith(KEYS.bucket(broken) + " is not a hash"),
                answer.findings().toString());
        redis.cli("DEL", KEYS.bucket(broken));
        vertx.eventBus().publish(Addresses.BUCKETS_COMMITTED, new BucketsCommitted(Set.of(broken)));
        awaitWhy(healed -> healed.findings().isEmpty());
    }

    @Test
    void saysThatItIsBehindWhenAnOldEntryWaits() {
        explosion();
        redis.cli("XADD", KEYS.stream(), System.currentTimeMillis() - 60_000 + "-0", "a", "b");
        redis.cli("XGROUP", "CREATE", KEYS.stream(), KEYS.group(), "0");
        deploy();
        Why.Answer answer = why();
        assertEquals(State.BEHIND, answer.state());
        assertTrue(answer.sentence().contains("waited to be counted since"), answer.sentence());
    }

    @Test
    void saysThatItIsBehindWhenAnOldEntryIsPending() {
        explosion();
        redis.cli("XADD", KEYS.stream(), System.currentTimeMillis() - 60_000 + "-0", "a", "b");
        redis.cli("XGROUP", "CREATE", KEYS.stream(), KEYS.group(), "0");
        redis.cli("XREADGROUP", "GROUP", KEYS.group(), "somebody", "STREAMS", KEYS.stream(), ">");
        deploy();
        assertEquals(State.BEHIND, why().state());
    }

    @Test
    void entriesThatWereCountedDoNotWaitWhenTheGroupIsGone() {
        explosion();
        String counted = System.currentTimeMillis() - 60_000 + "-0";
        redis.cli("XADD", KEYS.stream(), counted, "a", "b");
        redis.cli("HSET", KEYS.status(), "last_id", counted);
        deploy();
        assertEquals(State.BLOCKED, why().state());
    }

    @Test
    void saysThatNothingIsProposed() {
        explosion();
        redis.cli("HSET", KEYS.status(), "last_id", System.currentTimeMillis() - 600_000 + "-0");
        redis.cli("HSET", KEYS.status(), "lost_total", "17", "lag", "unknown");
        deploy();
        Why.Answer answer = why();
        assertEquals(State.SILENT, answer.state());
        assertEquals(
                "17 entries were lost before anyone could count them",
                answer.findings().get(0));
        assertTrue(answer.findings().get(1).startsWith("how many entries wait unread is unknown"));
    }

    @Test
    void forgetsEverythingWhenRedisIsFlushed() throws Exception {
        explosion();
        count(minute.minus(4, ChronoUnit.MINUTES), 1, Outcome.SKIP, "no_position", "BTCUSDT");
        deploy();
        assertEquals(101, why().window().total());
        redis.cli("FLUSHALL");
        awaitWhy(empty -> empty.window().total() == 0 && empty.state() == State.NO_DATA);
    }

    @Test
    void findsSinceWhenInWhatOnlyRedisRemembers() {
        Instant begin = minute.minus(5, ChronoUnit.HOURS);
        count(begin.minus(30, ChronoUnit.MINUTES), 90, Outcome.EXECUTE, "none", "BTCUSDT");
        for (Instant at = begin; !at.isAfter(minute); at = at.plus(10, ChronoUnit.MINUTES)) {
            count(at, 30, Outcome.BLOCKED, STALE, "BTCUSDT");
            count(at, 200, Outcome.SKIP, "duplicate_plan", "BTCUSDT");
        }
        redis.cli("SET", KEYS.bucket(minute.minus(125, ChronoUnit.MINUTES)), "oops");
        deploy();
        assertEquals(begin, why().since());
    }

    @Test
    void showsHowItCameAbout() {
        Instant old = minute.minus(150, ChronoUnit.MINUTES);
        count(old, 40, Outcome.BLOCKED, "cooldown", "BTCUSDT");
        redis.cli(
                "HSET",
                KEYS.hour(old.truncatedTo(ChronoUnit.HOURS)),
                "decision:BLOCKED",
                "40",
                "reason:cooldown",
                "40");
        explosion();
        deploy();
        Timeline.Answer minutes =
                ask(Addresses.INSIGHT_TIMELINE, new Timeline.Question(Duration.ofHours(3), Duration.ofMinutes(1)));
        assertEquals(List.of(STALE, "cooldown", "no_position"), minutes.gates());
        assertEquals(180, minutes.points().size());
        Timeline.Point point = minutes.points().stream()
                .filter(each -> each.at().equals(old))
                .findFirst()
                .orElseThrow();
        assertEquals(40, point.decisions().get(Outcome.BLOCKED));
        assertEquals(40, point.gates().get("cooldown"));
        Timeline.Answer period = ask(
                Addresses.INSIGHT_TIMELINE,
                new Timeline.Question(null, Duration.ofMinutes(1), old, old.plus(1, ChronoUnit.MINUTES)));
        assertEquals(
                List.of(40L),
                period.points().stream()
                        .map(each -> each.gates().get("cooldown"))
                        .toList());
        assertEquals(old.plus(1, ChronoUnit.MINUTES), period.to());
        Timeline.Answer hours =
                ask(Addresses.INSIGHT_TIMELINE, new Timeline.Question(Duration.ofHours(72), Duration.ofHours(1)));
        assertEquals(
                40,
                hours.points().stream()
                        .mapToLong(each -> each.decisions().get(Outcome.BLOCKED))
                        .sum());
    }

    @Test
    void manyTimelinesAtOnceAreAllAnswered() {
        deploy();
        Timeline.Question twoDays = new Timeline.Question(Duration.ofHours(48), Duration.ofMinutes(1));
        // more than the connection has places for, were all asked of Redis at once
        Future.all(Collections.nCopies(50, twoDays).stream()
                        .map(question ->
                                vertx.eventBus().<Timeline.Answer>request(Addresses.INSIGHT_TIMELINE, question))
                        .toList())
                .await();
        assertNotEquals(State.REDIS_DOWN, why().state());
    }

    @Test
    void gatesTellTheirPast() {
        Instant old = minute.minus(64, ChronoUnit.MINUTES);
        Instant recent = minute.minus(30, ChronoUnit.MINUTES);
        count(minute.minus(70, ChronoUnit.MINUTES), 500, Outcome.BLOCKED, STALE, "BTCUSDT");
        count(old, 30, Outcome.BLOCKED, STALE, "BTCUSDT");
        count(recent, 20, Outcome.BLOCKED, STALE, "BTCUSDT");
        count(recent, 50, Outcome.EXECUTE, "none", "BTCUSDT");
        explosion();
        deploy();

        Map<String, GateCount> gates = gates(WINDOW);
        assertEquals(0.5, gates.get(STALE).before());
        assertEquals(0, gates.get("no_position").before());
        List<Long> trend = gates.get(STALE).trend();
        assertEquals(30, trend.size());
        assertEquals(100, trend.stream().mapToLong(Long::longValue).sum());
        assertTrue(trend.contains(80L), trend::toString);

        // all that is older than the hour stands in Redis only
        assertEquals(1, gates(WindowName.ONE_HOUR).get(STALE).before());
    }

    @Test
    void gatesWithoutAPastSaySo() {
        explosion();
        deploy();
        assertNull(gates(WINDOW).get(STALE).before());
    }

    private Map<String, GateCount> gates(WindowName window) {
        Gates.Answer answer = ask(Addresses.INSIGHT_GATES, new Gates.Question(window, null, 50));
        return answer.gates().stream().collect(Collectors.toMap(GateCount::gate, gate -> gate));
    }

    @Test
    void refusesQuestionsThatMakeNoSense() {
        deploy();
        refused(Failure.BAD_QUESTION, "threshold is 0.0", Addresses.INSIGHT_DRIFT, new Drift.Question(WINDOW, 0));
        refused(Failure.BAD_QUESTION, "limit is 0", Addresses.INSIGHT_GATES, new Gates.Question(WINDOW, null, 0));
        refused(
                Failure.BAD_QUESTION,
                "step is missing",
                Addresses.INSIGHT_TIMELINE,
                new Timeline.Question(Duration.ofHours(1), null));
        refused(
                Failure.NOT_FOUND,
                "the gate catalogue has no gate 'no_positon'; did you mean no_position?",
                Addresses.INSIGHT_GUIDE,
                new Guide.Question("no_positon"));
    }

    private void refused(Failure failure, String begin, String address, Object question) {
        ReplyException refusal = assertThrows(ReplyException.class, () -> ask(address, question));
        assertEquals(failure, Failure.of(refusal));
        assertTrue(refusal.getMessage().startsWith(begin), refusal.getMessage());
    }

    @Test
    void whoAsksForTheGuideOfARuleIsToldWhatExplainsIt() {
        deploy();
        for (String rule : List.of(
                "gate_share",
                "family_share",
                "gate_stuck",
                "gate_growing",
                "execute_low",
                "skip_high",
                "blocked_high",
                "error_high",
                "unknown_high",
                "symbol_stuck",
                "source_silent",
                "ingest_behind")) {
            refused(
                    Failure.NOT_FOUND,
                    "the gate catalogue has no gate '" + rule
                            + "'; ask for the guide without a gate to see all of them. If it is the rule of an alert,"
                            + " ./p35 explain " + rule + " says why it fires, and docs/alerts.md what it is about",
                    Addresses.INSIGHT_GUIDE,
                    new Guide.Question(rule));
        }
    }

    @Test
    void guidesByCodeDetailFamilyOrAll() {
        deploy();
        for (String gate : List.of("p33_permit_denied", STALE, "p33_permit_denied:*")) {
            Guide.Answer answer = ask(Addresses.INSIGHT_GUIDE, new Guide.Question(gate));
            assertEquals("p33_permit_denied", answer.gates().getFirst().code());
        }
        Guide.Answer all = ask(Addresses.INSIGHT_GUIDE, new Guide.Question(null));
        assertEquals(Scene.CATALOGUE.entries(), all.gates());
    }

    @Test
    void startsWithoutRedisAndSaysSo() throws Exception {
        redis.kill();
        deploy(redis.settings(), InstantSource.system());
        Why.Answer answer = why();
        assertEquals(State.REDIS_DOWN, answer.state());
        assertTrue(answer.sentence().endsWith("No figures were ever read from it."), answer.sentence());
        redis.restart();
        explosion();
        awaitWhy(back -> back.state() == State.BLOCKED);
    }
}
