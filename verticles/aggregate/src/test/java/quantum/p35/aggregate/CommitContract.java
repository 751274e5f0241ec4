package quantum.p35.aggregate;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.eventbus.Message;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import quantum.p35.api.Addresses;
import quantum.p35.api.BusMessages;
import quantum.p35.api.Decision;
import quantum.p35.api.DecisionsCommitted;
import quantum.p35.api.DecisionsRead;
import quantum.p35.api.Failure;
import quantum.p35.api.Finding;
import quantum.p35.api.Gate;
import quantum.p35.api.GateKind;
import quantum.p35.api.HealthReport;
import quantum.p35.api.Keys;
import quantum.p35.api.Outcome;
import quantum.p35.testkit.BusRecorder;
import quantum.p35.testkit.TestRedis;

/** What a commit promises, on whichever Redis the subclass names. */
abstract class CommitContract {

    static final Keys KEYS = Keys.DEFAULT;
    static final Instant MINUTE = Instant.parse("2026-02-01T14:05:00Z");
    static final String BUCKET = "quantum:p35:bucket:202602011405";
    static final String HOUR = "quantum:p35:hour:2026020114";
    static final String STATUS = "quantum:p35:status";
    static final String MAKING = "7.1";

    static final Gate STALE = new Gate("p33_permit_denied:stale", "p33_permit_denied", GateKind.BLOCKING, true, false);
    static final Gate DUPLICATE = new Gate("duplicate_plan", "duplicate_plan", GateKind.BENIGN, true, true);

    private final MeterRegistry metrics = new SimpleMeterRegistry();
    private Vertx vertx;
    private String generation;

    abstract TestRedis redis();

    @BeforeEach
    void deploy() throws Exception {
        vertx = Vertx.vertx();
        BusMessages.register(vertx.eventBus());
        redis().cli("XGROUP", "CREATE", KEYS.stream(), KEYS.group(), "0", "MKSTREAM");
        redis().cli("HSET", STATUS, "group_generation", MAKING);
        generation = MAKING + "/" + history();
        await(vertx.deployVerticle(
                new BucketAggregationVerticle(AggregateConfig.DEFAULT, redis().patient(), KEYS, metrics)));
    }

    @AfterEach
    void close() throws Exception {
        await(vertx.close());
    }

    private String history() {
        return ((String) redis().cli("INFO", "replication"))
                .lines()
                .filter(line -> line.startsWith("master_replid:"))
                .findFirst()
                .orElseThrow()
                .substring("master_replid:".length());
    }

    @Test
    void everyFieldOfTheContractIsCounted() throws Exception {
        List<String> ids = delivered("one", 4);
        commit(fresh(List.of(
                decision(ids.get(0), Outcome.BLOCKED, STALE, "BTCUSDT", "plan-1"),
                decision(ids.get(1), Outcome.BLOCKED, STALE, "BTCUSDT", "plan-1"),
                decision(ids.get(2), Outcome.EXECUTE, Gate.NONE, "BTCUSDT", "plan-2"),
                new Decision(
                        ids.get(3),
                        MINUTE.plusSeconds(7),
                        Outcome.UNKNOWN,
                        Gate.NONE,
                        null,
                        null,
                        Set.of(Finding.SYMBOL_MISSING, Finding.VERDICT_UNKNOWN),
                        List.of("MAYBE")))));
        assertEquals(
                Map.ofEntries(
                        Map.entry("decision:BLOCKED", "2"),
                        Map.entry("decision:EXECUTE", "1"),
                        Map.entry("decision:UNKNOWN", "1"),
                        Map.entry("reason:p33_permit_denied:stale", "2"),
                        Map.entry("reason:none", "2"),
                        Map.entry("symbol_reason:BTCUSDT:p33_permit_denied:stale", "2"),
                        Map.entry("symbol_decision:BTCUSDT:BLOCKED", "2"),
                        Map.entry("symbol_decision:BTCUSDT:EXECUTE", "1"),
                        Map.entry("quality:symbol_missing", "1"),
                        Map.entry("quality:verdict_unknown", "1"),
                        Map.entry("repeat:pairs", "2"),
                        Map.entry("repeat:same", "1")),
                hash(BUCKET));
        assertEquals(
                Map.of(
                        "decision:BLOCKED", "2",
                        "decision:EXECUTE", "1",
                        "decision:UNKNOWN", "1",
                        "reason:p33_permit_denied:stale", "2",
                        "reason:none", "2"),
                hash(HOUR));
        String execute = Long.toString(MINUTE.getEpochSecond() + 3);
        assertEquals(Map.of("*", execute, "BTCUSDT", execute), hash(KEYS.lastExecute()));
        assertEquals(1L, redis().cli("PFCOUNT", KEYS.plans(MINUTE, STALE.code())));
        assertEquals(Map.of("MAYBE", "1"), hash(KEYS.unknown(MINUTE)));
        Map<String, String> status = hash(STATUS);
        assertEquals("4", status.get("processed_total"));
        assertEquals("0", status.get("lost_total"));
        assertEquals(ids.get(3), status.get("last_id"));
        assertTrue(
                Math.abs(Long.parseLong(status.get("last_ts")) - Instant.now().getEpochSecond()) < 60);
        assertTrue((Long) redis().cli("TTL", BUCKET) > 47 * 3600);
        assertTrue((Long) redis().cli("TTL", KEYS.plans(MINUTE, STALE.code())) > 7000);
        assertTrue((Long) redis().cli("TTL", HOUR) > 34 * 86400);
        assertEquals(0L, pending());
    }

    @Test
    void theSameBatchAgainAddsNothing() throws Exception {
        DecisionsRead batch = fresh(skips(delivered("one", 3)));
        assertEquals(3, commit(batch).counted());
        DecisionsCommitted again = commit(sentBefore(batch));
        assertEquals(0, again.counted());
        assertEquals(3, again.known());
        assertEquals(0, again.lost());
        assertEquals("3", hash(BUCKET).get("decision:SKIP"));
        assertEquals("0", hash(STATUS).get("lost_total"));
    }

    @Test
    void whatAForeignerAckedUncountedIsLost() throws Exception {
        List<String> ids = delivered("one", 5);
        redis().cli("XACK", KEYS.stream(), KEYS.group(), ids.get(1), ids.get(3));
        DecisionsCommitted committed = commit(fresh(skips(ids)));
        assertEquals(3, committed.counted());
        assertEquals(2, committed.lost());
        assertEquals("2", hash(STATUS).get("lost_total"));
        assertEquals("3", hash(STATUS).get("processed_total"));
    }

    @Test
    void aFirstOfferThatRunsBehindItsRepetitionLosesNothing() throws Exception {
        DecisionsRead batch = fresh(skips(delivered("one", 3)));
        assertEquals(3, commit(sentBefore(batch)).counted());
        DecisionsCommitted late = commit(batch);
        assertEquals(3, late.known());
        assertEquals(0, late.lost());
        assertEquals("0", hash(STATUS).get("lost_total"));
        List<String> later = delivered("one", 2);
        redis().cli("XACK", KEYS.stream(), KEYS.group(), later.get(0));
        assertEquals(1, commit(fresh(skips(later))).lost(), "what comes behind it is fresh");
    }

    @Test
    void entriesTrimmedWhilePendingAreLostOnce() throws Exception {
        List<String> ids = delivered("one", 3);
        DecisionsRead batch = new DecisionsRead("one", generation, false, skips(ids.subList(0, 1)), ids.subList(1, 3));
        assertEquals(2, commit(batch).lost());
        assertEquals(0, commit(batch).lost());
        assertEquals("2", hash(STATUS).get("lost_total"));
        assertEquals(0L, pending());
    }

    @Test
    void anySplitAnyOrderAnyRepeatAndSeveralConsumersCountRight() throws Exception {
        long seed = new Random().nextLong();
        Random random = new Random(seed);
        List<Decision> all = new ArrayList<>();
        Map<String, Integer> expected = new TreeMap<>();
        for (String consumer : List.of("one", "two", "three")) {
            for (String id : delivered(consumer, 300)) {
                Outcome outcome = Outcome.values()[random.nextInt(5)];
                String symbol = "S" + random.nextInt(7);
                Gate gate = random.nextBoolean() ? STALE : DUPLICATE;
                all.add(decision(id, outcome, gate, symbol, "plan-" + random.nextInt(40)));
                expected.merge("decision:" + outcome, 1, Integer::sum);
                expected.merge("reason:" + gate.code(), 1, Integer::sum);
                expected.merge("symbol_decision:" + symbol + ":" + outcome, 1, Integer::sum);
                expected.merge("symbol_reason:" + symbol + ":" + gate.code(), 1, Integer::sum);
            }
        }
        await(vertx.deployVerticle(new BucketAggregationVerticle(
                AggregateConfig.DEFAULT, redis().patient(), KEYS, new SimpleMeterRegistry())));
        List<Future<DecisionsCommitted>> commits = new ArrayList<>();
        for (int round = 0; round < 3; round++) {
            Collections.shuffle(all, random);
            for (int from = 0; from < all.size(); ) {
                int to = Math.min(all.size(), from + 1 + random.nextInt(120));
                commits.add(send(new DecisionsRead("one", generation, false, all.subList(from, to), List.of())));
                from = to;
            }
        }
        await(Future.all(commits));
        Map<String, Integer> counted = new TreeMap<>();
        hash(BUCKET).forEach((field, count) -> {
            if (!field.startsWith("repeat:")) {
                counted.put(field, Integer.valueOf(count));
            }
        });
        assertEquals(expected, counted, "seed " + seed);
        assertEquals("900", hash(STATUS).get("processed_total"), "seed " + seed);
        assertEquals(0L, pending(), "seed " + seed);
    }

    @Test
    void aBucketOfAWrongTypeRefusesTheBatchWholeUntilItIsMended() throws Exception {
        redis().cli("SET", BUCKET, "not a hash");
        DecisionsRead batch = fresh(skips(delivered("one", 3)));
        Throwable refused = refusal(batch);
        assertEquals(Failure.UNAVAILABLE, Failure.of(refused));
        assertTrue(
                refused.getMessage().contains("WRONGTYPE")
                        && refused.getMessage().contains(BUCKET),
                refused::getMessage);
        assertEquals(3L, pending());
        assertNull(hash(STATUS).get("processed_total"));
        redis().cli("DEL", BUCKET);
        assertEquals(3, commit(batch).counted());
    }

    @Test
    void aFieldThatIsNoNumberRefusesTheBatchWholeUntilItIsMended() throws Exception {
        redis().cli("HSET", BUCKET, "decision:SKIP", "many");
        DecisionsRead batch = fresh(skips(delivered("one", 3)));
        Throwable refused = refusal(batch);
        assertEquals(Failure.UNAVAILABLE, Failure.of(refused));
        assertTrue(refused.getMessage().contains("decision:SKIP")
                && refused.getMessage().contains("many"));
        assertEquals(3L, pending());
        redis().cli("HDEL", BUCKET, "decision:SKIP");
        assertEquals(3, commit(batch).counted());
    }

    @Test
    void outOfMemoryAcksNothing() throws Exception {
        DecisionsRead batch = fresh(skips(delivered("one", 3)));
        redis().cli("CONFIG", "SET", "maxmemory", "1");
        try {
            Throwable refused = refusal(batch);
            assertEquals(Failure.UNAVAILABLE, Failure.of(refused));
            assertTrue(refused.getMessage().contains("OOM"), refused::getMessage);
            assertEquals(3L, pending());
        } finally {
            redis().cli("CONFIG", "SET", "maxmemory", "0");
        }
        assertEquals(3, commit(batch).counted());
    }

    @Test
    void aRedisThatTakesNoWritesIsToldAlsoWithoutTraffic() throws Exception {
        BusRecorder<HealthReport> health = BusRecorder.of(vertx, Addresses.HEALTH_CHANGED, HealthReport.class);
        redis().cli("CONFIG", "SET", "maxmemory", "1");
        try {
            HealthReport full = health.await(report -> report.level() == HealthReport.Level.DOWN);
            assertTrue(full.sentence().contains("OOM"), full::sentence);
            assertTrue(metrics.get("p35.aggregate.refused").counter().count() > 0);
        } finally {
            redis().cli("CONFIG", "SET", "maxmemory", "0");
        }
        health.await(report -> report.level() == HealthReport.Level.UP
                && report.at()
                        .isAfter(health.messages().stream()
                                .filter(one -> one.level() == HealthReport.Level.DOWN)
                                .findFirst()
                                .orElseThrow()
                                .at()));
        assertEquals(0L, redis().cli("EXISTS", KEYS.lease("aggregate")), "to ask writes nothing");
    }

    @Test
    void aGroupThatIsGoneOrAnewIsToldAndNothingIsWritten() throws Exception {
        DecisionsRead batch = fresh(skips(delivered("one", 3)));
        redis().cli("HSET", STATUS, "group_generation", "8.0");
        assertEquals(Failure.GROUP_GONE, Failure.of(refusal(batch)));
        redis().cli("HSET", STATUS, "group_generation", MAKING);
        redis().cli("XGROUP", "DESTROY", KEYS.stream(), KEYS.group());
        assertEquals(Failure.GROUP_GONE, Failure.of(refusal(batch)));
        assertEquals(Map.of(), hash(BUCKET));
    }

    @Test
    void aBatchThatAnotherRedisDeliveredIsNotCountedAndNotLost() throws Exception {
        List<Decision> decisions = skips(delivered("one", 3));
        DecisionsRead batch = new DecisionsRead("one", MAKING + "/0123456789abcdef", true, decisions, List.of());
        assertEquals(Failure.GROUP_GONE, Failure.of(refusal(batch)));
        assertEquals(Map.of(), hash(BUCKET));
        assertEquals(3L, pending());
        assertEquals(3, commit(fresh(decisions)).counted());
    }

    @Test
    void manyNewGatesInAMinuteBecomeUnlistedAndNothingIsLost() throws Exception {
        List<Decision> decisions = new ArrayList<>();
        List<String> ids = delivered("one", 3000);
        for (String id : ids) {
            String code =
                    "gate_" + Integer.toString(decisions.size(), 36).replaceAll("[0-9]", "x") + decisions.size() % 7;
            Gate gate = new Gate("new_" + decisions.size(), "new_" + decisions.size(), GateKind.BLOCKING, false, false);
            decisions.add(decision(id, Outcome.BLOCKED, gate, null, "plan"));
        }
        for (int from = 0; from < 3000; from += 1000) {
            commit(fresh(decisions.subList(from, from + 1000)));
        }
        Map<String, String> bucket = hash(BUCKET);
        assertTrue(bucket.size() <= 2050, () -> "fields: " + bucket.size());
        int sum = bucket.entrySet().stream()
                .filter(field -> field.getKey().startsWith("reason:"))
                .mapToInt(field -> Integer.parseInt(field.getValue()))
                .sum();
        assertEquals(3000, sum);
        assertTrue(Integer.parseInt(bucket.get("reason:unlisted")) >= 950);
        assertTrue(hash(HOUR).size() <= 2050);
    }

    @Test
    void manyNewSymbolsInAMinuteBecomeOtherAndKnownOnesStay() throws Exception {
        List<Decision> decisions = new ArrayList<>();
        for (String id : delivered("one", 6000)) {
            decisions.add(decision(id, Outcome.SKIP, Gate.NONE, "SYM" + decisions.size() % 5000, null));
        }
        for (int from = 0; from < 6000; from += 1000) {
            commit(fresh(decisions.subList(from, from + 1000)));
        }
        Map<String, String> bucket = hash(BUCKET);
        assertTrue(bucket.size() <= 4100, () -> "fields: " + bucket.size());
        assertEquals("2", bucket.get("symbol_decision:SYM1:SKIP"));
        assertTrue(Integer.parseInt(bucket.get("symbol_decision:other:SKIP")) >= 900);
        assertEquals("6000", bucket.get("decision:SKIP"));
    }

    @Test
    void anEntryThatRedisRefusesIsFoundInAFullMinuteToo() throws Exception {
        corruptPlans();
        redis().with(client -> {
            for (int i = 0; i < 4096; i++) {
                client.call("HSET", BUCKET, "reason:filler_" + i, "1");
            }
            return null;
        });
        List<String> ids = delivered("one", 2);
        DecisionsCommitted committed = commit(fresh(List.of(
                decision(ids.get(0), Outcome.SKIP, DUPLICATE, "BTCUSDT", "plan"),
                decision(ids.get(1), Outcome.SKIP, Gate.NONE, "BTCUSDT", null))));
        assertEquals(1, committed.counted());
        assertEquals(1, committed.deadLettered());
        assertEquals("1", hash(STATUS).get("dead_letter_total"));
        assertEquals(0L, pending());
    }

    /** Says of itself that it is a sparse HyperLogLog, and is not: entries of that gate are refused. */
    private void corruptPlans() {
        byte[] corrupt = {'H', 'Y', 'L', 'L', 1, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, -1, -1, -1};
        redis().cli(List.of(
                "SET".getBytes(UTF_8), KEYS.plans(MINUTE, DUPLICATE.code()).getBytes(UTF_8), corrupt));
    }

    @Test
    void anEntryThatRedisRefusesAgainAndAgainIsPutAsideAndTheOthersCount() throws Exception {
        corruptPlans();
        List<Decision> decisions = new ArrayList<>(skips(delivered("one", 20)));
        Decision good = decisions.get(7);
        decisions.set(7, decision(good.entryId(), Outcome.SKIP, DUPLICATE, "BTCUSDT", "plan"));
        DecisionsCommitted committed = commit(fresh(decisions));
        assertEquals(19, committed.counted());
        assertEquals(1, committed.deadLettered());
        assertEquals(0L, pending());
        assertEquals(1L, redis().cli("XLEN", KEYS.deadLetter()));
        assertTrue(redis().cli("XRANGE", KEYS.deadLetter(), "-", "+").toString().contains(good.entryId()));
    }

    /** Adds entries and delivers them to a consumer, as ingest does. */
    private List<String> delivered(String consumer, int count) {
        return redis().with(client -> {
            List<String> ids = new ArrayList<>();
            for (int i = 0; i < count; i++) {
                ids.add((String) client.call("XADD", KEYS.stream(), "*", "n", Integer.toString(i)));
            }
            client.call(
                    "XREADGROUP", "GROUP", KEYS.group(), consumer, "COUNT", "100000", "STREAMS", KEYS.stream(), ">");
            return ids;
        });
    }

    private static Decision decision(String id, Outcome outcome, Gate gate, String symbol, String plan) {
        return new Decision(id, MINUTE.plusSeconds(3), outcome, gate, symbol, plan, Set.of(), List.of());
    }

    private static List<Decision> skips(List<String> ids) {
        return ids.stream()
                .map(id -> decision(id, Outcome.SKIP, Gate.NONE, "BTCUSDT", null))
                .toList();
    }

    private DecisionsRead fresh(List<Decision> decisions) {
        return new DecisionsRead("one", generation, true, decisions, List.of());
    }

    private static DecisionsRead sentBefore(DecisionsRead batch) {
        return new DecisionsRead(batch.consumer(), batch.generation(), false, batch.decisions(), batch.trimmed());
    }

    private Future<DecisionsCommitted> send(DecisionsRead batch) {
        return vertx.eventBus()
                .<DecisionsCommitted>request(Addresses.DECISIONS_READ, batch)
                .map(Message::body);
    }

    private DecisionsCommitted commit(DecisionsRead batch) throws Exception {
        return await(send(batch));
    }

    private Throwable refusal(DecisionsRead batch) throws Exception {
        return await(send(batch).map((Throwable) null).otherwise(error -> error));
    }

    private Map<String, String> hash(String key) {
        List<?> flat = (List<?>) redis().cli("HGETALL", key);
        Map<String, String> map = new TreeMap<>();
        for (int i = 0; i < flat.size(); i += 2) {
            map.put((String) flat.get(i), (String) flat.get(i + 1));
        }
        return map;
    }

    private Object pending() {
        return ((List<?>) redis().cli("XPENDING", KEYS.stream(), KEYS.group())).getFirst();
    }

    private static <T> T await(Future<T> future) throws Exception {
        return future.toCompletionStage().toCompletableFuture().get(20, TimeUnit.SECONDS);
    }
}
