package quantum.p35.runtime;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import quantum.p35.aggregate.AggregateConfig;
import quantum.p35.aggregate.BucketAggregationVerticle;
import quantum.p35.api.BusMessages;
import quantum.p35.api.Keys;
import quantum.p35.ingest.IngestConfig;
import quantum.p35.ingest.StreamIngestVerticle;
import quantum.p35.testkit.Catalogues;
import quantum.p35.testkit.TestRedis;

/** From XADD to the buckets with the real verticles, on whichever Redis the subclass names: what goes wrong in Redis. */
abstract class CountingContract {

    static final Keys KEYS = Keys.DEFAULT;
    static final String STREAM = KEYS.stream();
    static final String GROUP = KEYS.group();
    /** "Reading again within 3 s", on a machine that is busy or pauses: the promise itself is measured, not asserted. */
    static final Duration PATIENCE = Duration.ofSeconds(30);

    private Vertx vertx;
    private String ingest;
    private String aggregate;

    abstract TestRedis redis();

    /** Redis 7 counts what it adds and what is read: losses are known to the unit. */
    abstract boolean knowsLosses();

    @BeforeEach
    void deploy() throws Exception {
        vertx = Vertx.vertx();
        BusMessages.register(vertx.eventBus());
        aggregate = deployAggregate();
        ingest = deployIngest();
        eventually("the group is made", () -> groupExists());
    }

    @AfterEach
    void close() throws Exception {
        await(vertx.close());
    }

    @Test
    void everyEntryIsCountedOnceAndNothingStaysPending() {
        add(500);
        counted(500);
        assertEquals(0, pending());
        assertEquals(500, bucketSum());
    }

    @Test
    void aDestroyedGroupIsMadeAnewWhereCountingStood() {
        add(50);
        counted(50);
        redis().cli("XGROUP", "DESTROY", STREAM, GROUP);
        add(30);
        counted(80);
        assertEquals(80, bucketSum());
        assertEquals("0", status("lost_total"));
    }

    @Test
    void aDeletedStreamIsReadAgainAndNothingCountsTwice() {
        add(50);
        counted(50);
        redis().cli("DEL", STREAM);
        add(20);
        counted(70);
        assertEquals(70, bucketSum());
        assertEquals("0", status("lost_total"));
    }

    @Test
    void afterAFlushEverythingBeginsAnew() {
        add(50);
        counted(50);
        redis().cli("FLUSHALL");
        eventually("the group is made again", this::groupExists);
        add(20);
        counted(20);
        assertEquals(20, bucketSum());
    }

    @Test
    void killedConnectionsComeBack() {
        add(10);
        counted(10);
        for (int round = 0; round < 5; round++) {
            redis().cli("CLIENT", "KILL", "TYPE", "normal");
            add(10);
        }
        counted(60);
        assertEquals(60, bucketSum());
        assertEquals(0, pending());
    }

    @Test
    void whatWaitsForAggregateIsCountedWhenItComesBack() throws Exception {
        add(10);
        counted(10);
        await(vertx.undeploy(aggregate));
        add(5000);
        eventually("reading stops when enough is in hand", () -> pending() > 0);
        String processed = status("processed_total");
        assertEquals("10", processed);
        assertTrue(pending() <= 4000, "bounded: " + pending());
        deployAggregate();
        counted(5010);
        assertEquals(5010, bucketSum());
        assertEquals("0", status("lost_total"));
    }

    @Test
    void entriesInHandWhenTheGroupIsDestroyedAreDeliveredAgain() throws Exception {
        add(10);
        counted(10);
        await(vertx.undeploy(aggregate));
        add(40);
        eventually("they are in hand", () -> pending() == 40);
        redis().cli("XGROUP", "DESTROY", STREAM, GROUP);
        deployAggregate();
        counted(50);
        assertEquals(50, bucketSum());
        assertEquals("0", status("lost_total"));
    }

    @Test
    void aGroupDestroyedWhilePendingEntriesAreTakenUpIsReadAgain() throws Exception {
        eventually("its name is told", () -> status("consumer_name") != null);
        String consumer = status("consumer_name");
        await(vertx.undeploy(aggregate));
        await(vertx.undeploy(ingest));
        add(3000);
        redis().cli("XREADGROUP", "GROUP", GROUP, consumer, "COUNT", "3000", "STREAMS", STREAM, ">");
        SimpleMeterRegistry metrics = new SimpleMeterRegistry();
        deployIngest(metrics);
        eventually(
                "its four hands are full with 16 + 32 + 64 + 128, in the middle of taking up what is pending",
                () -> metrics.counter("p35.ingest.taken.up").count() >= 240);
        redis().cli("XGROUP", "DESTROY", STREAM, GROUP);
        deployAggregate();
        counted(3000);
        assertEquals(3000, bucketSum());
        assertEquals("0", status("lost_total"));
    }

    @Test
    void entriesInHandWhenTheStreamIsDeletedAreLostToTheUnit() throws Exception {
        add(10);
        counted(10);
        await(vertx.undeploy(aggregate));
        add(40);
        eventually("they are in hand", () -> pending() == 40);
        redis().cli("DEL", STREAM);
        deployAggregate();
        add(5);
        counted(15);
        eventually("the loss is told", () -> "40".equals(status("lost_total")));
    }

    @Test
    void whatAForeignerAcksUncountedIsLostToTheUnit() throws Exception {
        add(10);
        counted(10);
        await(vertx.undeploy(aggregate));
        List<String> ids = add(20);
        eventually("they are in hand", () -> pending() == 20);
        redis().cli("XACK", STREAM, GROUP, ids.get(3), ids.get(11), ids.get(12));
        deployAggregate();
        counted(27);
        eventually("the loss is told", () -> "3".equals(status("lost_total")));
    }

    @Test
    void entriesTrimmedWhilePendingUnderADeadConsumerAreLostToTheUnit() throws Exception {
        add(10);
        counted(10);
        await(vertx.undeploy(ingest));
        List<String> ids = add(30);
        redis().cli("XREADGROUP", "GROUP", GROUP, "the-dead", "COUNT", "30", "STREAMS", STREAM, ">");
        // idle for as long as a dead consumer's entries are
        List<String> claim = new ArrayList<>(List.of("XCLAIM", STREAM, GROUP, "the-dead", "0"));
        claim.addAll(ids);
        claim.addAll(List.of("IDLE", "70000"));
        redis().cli(claim.toArray(String[]::new));
        redis().cli("XTRIM", STREAM, "MINID", "=", ids.get(12));
        deployIngest();
        counted(28);
        eventually("the loss is told", () -> "12".equals(status("lost_total")));
        assertEquals(0, pending());
        assertEquals(28, bucketSum());
    }

    @Test
    void entriesTrimmedBeforeTheyWereReadAreLostToTheUnit() throws Exception {
        add(10);
        counted(10);
        await(vertx.undeploy(ingest));
        add(100);
        redis().cli("XTRIM", STREAM, "MAXLEN", "=", "40");
        deployIngest();
        counted(50);
        if (knowsLosses()) {
            eventually("the loss is told", () -> "60".equals(status("lost_total")));
            eventually("and is no lag", () -> "0".equals(status("lag")));
            add(1);
            counted(51);
            assertEquals("60", status("lost_total"));
        } else {
            eventually("the lag is unknown", () -> "unknown".equals(status("lag")));
        }
    }

    @Test
    void entriesReadByAReadThatWasGivenUpAreTakenUp() {
        add(10);
        counted(10);
        eventually("its name is told", () -> status("consumer_name") != null);
        String consumer = status("consumer_name");
        List<String> ids = redis().with(client -> {
            // in one transaction, so that the service's own read does not get them
            client.call("MULTI");
            for (int i = 0; i < 5; i++) {
                client.call("XADD", STREAM, "*", "decision", "SKIP", "symbol", "BTCUSDT");
            }
            client.call("XREADGROUP", "GROUP", GROUP, consumer, "COUNT", "5", "STREAMS", STREAM, ">");
            client.call("EXEC");
            return List.of();
        });
        assertEquals(0, ids.size());
        assertEquals(5, pending());
        eventually("they are found after 10 s", Duration.ofSeconds(60), () -> "15".equals(status("processed_total")));
        assertEquals(0, pending());
    }

    @Test
    void aFrozenServerIsReadAgain() throws Exception {
        add(100);
        counted(100);
        redis().freeze();
        TimeUnit.SECONDS.sleep(5);
        redis().thaw();
        add(100);
        eventually("counted", () -> "200".equals(status("processed_total")));
        assertEquals(200, bucketSum());
        eventually("nothing pending", () -> pending() == 0);
        assertEquals("0", status("lost_total"));
    }

    @Test
    void severalInstancesCountRightTogether() throws Exception {
        deployIngest();
        deployAggregate();
        deployIngest();
        add(5000);
        counted(5000);
        assertEquals(5000, bucketSum());
        List<String> names = consumers();
        assertEquals(Set.copyOf(names).size(), names.size());
    }

    private String deployAggregate() throws Exception {
        return await(vertx.deployVerticle(new BucketAggregationVerticle(
                AggregateConfig.DEFAULT, redis().settings(), KEYS, new SimpleMeterRegistry())));
    }

    private String deployIngest() throws Exception {
        return deployIngest(new SimpleMeterRegistry());
    }

    private String deployIngest(SimpleMeterRegistry metrics) throws Exception {
        return await(vertx.deployVerticle(new StreamIngestVerticle(
                IngestConfig.DEFAULT, redis().settings(), KEYS, Catalogues.fromConf(), metrics)));
    }

    private List<String> add(int count) {
        return redis().with(client -> {
            List<String> ids = new ArrayList<>();
            for (int i = 0; i < count; i++) {
                ids.add((String) client.call(
                        "XADD",
                        STREAM,
                        "*",
                        "decision",
                        "SKIP",
                        "executed",
                        "False",
                        "symbol",
                        "S" + i % 7,
                        "error",
                        "no_position",
                        "plan_id",
                        "p" + i,
                        "timestamp",
                        Long.toString(Instant.now().getEpochSecond())));
            }
            return ids;
        });
    }

    private void counted(int total) {
        eventually(
                total + " are counted", PATIENCE, () -> Integer.toString(total).equals(status("processed_total")));
        eventually("nothing is pending", () -> pending() == 0);
    }

    private long bucketSum() {
        List<?> keys = (List<?>) redis().cli("KEYS", KEYS.prefix() + ":bucket:*");
        return keys.stream()
                .mapToLong(key -> {
                    Object sum = redis().cli("HGET", (String) key, "decision:SKIP");
                    return sum == null ? 0 : Long.parseLong((String) sum);
                })
                .sum();
    }

    private boolean groupExists() {
        return redis().cli("EXISTS", STREAM).equals(1L)
                && !((List<?>) redis().cli("XINFO", "GROUPS", STREAM)).isEmpty();
    }

    private List<String> consumers() {
        List<?> rows = (List<?>) redis().cli("XINFO", "CONSUMERS", STREAM, GROUP);
        return rows.stream().map(row -> (String) ((List<?>) row).get(1)).toList();
    }

    private long pending() {
        return groupExists() ? (Long) ((List<?>) redis().cli("XPENDING", STREAM, GROUP)).getFirst() : -1;
    }

    private String status(String field) {
        return (String) redis().cli("HGET", KEYS.status(), field);
    }

    private void eventually(String what, BooleanSupplier condition) {
        eventually(what, PATIENCE, condition);
    }

    private void eventually(String what, Duration patience, BooleanSupplier condition) {
        Instant end = Instant.now().plus(patience);
        while (!condition.getAsBoolean()) {
            assertTrue(Instant.now().isBefore(end), () -> "not within " + patience + ": " + what + "; status " + all());
            try {
                TimeUnit.MILLISECONDS.sleep(20);
            } catch (InterruptedException e) {
                throw new IllegalStateException(e);
            }
        }
    }

    private Map<String, String> all() {
        List<?> flat = (List<?>) redis().cli("HGETALL", KEYS.status());
        Map<String, String> map = new TreeMap<>();
        for (int i = 0; i < flat.size(); i += 2) {
            map.put((String) flat.get(i), (String) flat.get(i + 1));
        }
        map.put("pending", Long.toString(pending()));
        return map;
    }

    private static <T> T await(Future<T> future) throws Exception {
        return future.toCompletionStage().toCompletableFuture().get(20, TimeUnit.SECONDS);
    }
}
