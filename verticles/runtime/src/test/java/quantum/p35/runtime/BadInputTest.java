package quantum.p35.runtime;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import quantum.p35.api.HealthReport;
import quantum.p35.api.HealthReport.Level;
import quantum.p35.api.Keys;
import quantum.p35.embedded.Binary;
import quantum.p35.embedded.RedisServer;
import quantum.p35.embedded.RespClient;
import quantum.p35.redis.RedisSettings;
import quantum.p35.testkit.TestRedis;

/** What producers and persons get wrong, from Redis to Redis. */
class BadInputTest {

    private static final Keys KEYS = Keys.DEFAULT;
    private static final RedisServer.Options INSTALLED = RedisServer.Options.DEFAULT.withBinary(Binary.PATH);
    private static final Home HOME = new Home(Path.of(System.getProperty("p35.root")));
    private static final byte[] NOT_UTF8 = {'A', (byte) 0xC3, (byte) 0x28, (byte) 0xFF, (byte) 0xFE, 0};
    /** All entries of a test fall in this minute of event time. */
    private static final Instant MINUTE = Instant.ofEpochSecond(Instant.now().getEpochSecond() / 60 * 60 - 60);

    @RegisterExtension
    static final TestRedis redis = new TestRedis(INSTALLED);

    @TempDir
    private Path folder;

    private final Counted counted = new Counted(redis);
    private LocalCounting counting;

    @AfterEach
    void close() {
        if (counting != null) {
            counting.close();
        }
    }

    @Test
    void fieldsOfAMegabyteAreCountedAndLeaveShortNames() throws Exception {
        String huge = "x y".repeat(350_000);
        counts(2, () -> {
            add("decision", "SKIP", "symbol", huge, "error", huge, "plan_id", huge, huge, huge);
            add("decision", "SKIP", "symbol", "BTCUSDT", "details", "{\"error\": \"" + huge + "\"}");
        });
        Map<String, Long> bucket = bucket();
        assertEquals(2, bucket.get("decision:SKIP"));
        assertEquals(1, bucket.get("reason:unlisted"));
        assertEquals(1, bucket.get("reason:none"), "details of that length are not read");
        bucket.keySet().forEach(field -> assertTrue(field.length() < 100, field));
    }

    @Test
    void brokenUtf8IsCountedUnderReplacementCharacters() throws Exception {
        counts(1, () -> {
            List<byte[]> command = new ArrayList<>();
            List.of("XADD", KEYS.stream(), "*", "timestamp", timestamp(), "decision", "SKIP")
                    .forEach(part -> command.add(part.getBytes(UTF_8)));
            for (String field : List.of("symbol", "error", "plan_id", "details")) {
                command.add(field.getBytes(UTF_8));
                command.add(NOT_UTF8);
            }
            command.add(NOT_UTF8);
            command.add(NOT_UTF8);
            redis.cli(command);
        });
        assertEquals(
                Map.of(
                        "decision:SKIP",
                        1L,
                        "reason:unlisted",
                        1L,
                        "symbol_decision:A\uFFFD(\uFFFD\uFFFD:SKIP",
                        1L,
                        "symbol_reason:A\uFFFD(\uFFFD\uFFFD:unlisted",
                        1L),
                bucket());
    }

    @Test
    void entriesThatSayNothingAreUnknown() throws Exception {
        counts(4, () -> {
            add("colour", "blue");
            add("", "");
            add("decision", "", "symbol", "", "error", "", "executed", "", "details", "");
            add("decision", "  ", "symbol", "None", "details", "{not JSON");
        });
        assertEquals(Map.of("decision:UNKNOWN", 4L, "reason:none", 4L), bucket());
        assertEquals("4", redis.cli("HGET", KEYS.bucket(MINUTE), "quality:symbol_missing"));
        assertEquals("1", redis.cli("HGET", KEYS.bucket(MINUTE), "quality:details_broken"));
    }

    @Test
    void tenThousandFreeTextsInAMinuteAreAllCountedAsUnlisted() throws Exception {
        counts(10_000, () -> addMany(10_000, i -> "order no. " + i + " was not to our liking"));
        assertEquals(
                Map.of(
                        "decision:BLOCKED",
                        10_000L,
                        "reason:unlisted",
                        10_000L,
                        "symbol_decision:BTCUSDT:BLOCKED",
                        10_000L,
                        "symbol_reason:BTCUSDT:unlisted",
                        10_000L),
                bucket());
        long texts = (Long) redis.cli("HLEN", KEYS.unknown(MINUTE));
        assertTrue(texts > 0 && texts <= 200, () -> texts + " raw texts are kept");
    }

    @Test
    void tenThousandNewCodesInAMinuteLeaveABoundedBucketAndAreAllCounted() throws Exception {
        counts(10_000, () -> addMany(10_000, i -> "new_gate_" + letters(i)));
        Map<String, Long> bucket = bucket();
        assertTrue(bucket.size() <= 2_100, () -> bucket.size() + " fields");
        assertEquals(10_000, bucket.get("decision:BLOCKED"));
        assertEquals(10_000, sum(bucket, "reason:"));
        assertEquals(10_000, sum(bucket, "symbol_reason:"));
        assertTrue(bucket.get("reason:unlisted") >= 7_900, () -> bucket.get("reason:unlisted") + " are unlisted");
    }

    @Test
    void aBucketOfTheWrongTypeIsNamedAndCountingGoesOnWhenItIsMended() throws Exception {
        String bucket = KEYS.bucket(MINUTE);
        redis.cli("SET", bucket, "a person's note");
        counting = new LocalCounting(redis.settings());
        addMany(300, i -> "no_position");
        HealthReport down = counting.health()
                .await(report -> report.component().equals("aggregate")
                        && report.level() == Level.DOWN
                        && report.sentence().contains("WRONGTYPE"));
        Text.contains(bucket, down.sentence());
        Await.that(() -> counted.pending() > 0, counted::story);
        assertEquals(0, counted.status("processed_total"));
        assertEquals(Map.of(), counted.hours());

        redis.cli("DEL", bucket);

        Await.that(() -> counted.settled(300), counted::story);
        assertEquals(300, bucket().get("reason:no_position"));
        assertEquals(300, counted.status("processed_total"));
        assertEquals(0, counted.status("lost_total"));
        Await.that(() -> counting.levelOf("aggregate") == Level.UP, counting::story);
    }

    @Test
    void aWrongPasswordIsSaidByHealthAndNotShown() throws Exception {
        try (RedisServer server = RedisServer.start(INSTALLED.withPassword("the-right-one"));
                RespClient client = server.client(Duration.ofSeconds(5))) {
            counting = new LocalCounting(RedisSettings.of("redis://:the-wrong-one@127.0.0.1:" + server.port() + "/0"));
            HealthReport down = counting.health()
                    .await(report -> report.component().equals("aggregate")
                            && report.level() == Level.DOWN
                            && report.sentence().contains("refuses the login"));
            Text.contains("check user and password in the Redis URL", down.sentence());
            Await.that(() -> counting.sentenceOf("ingest").contains("refuses the login"), counting::story);
            assertFalse(counting.story().contains("the-wrong-one"), counting::story);

            client.call("CONFIG", "SET", "requirepass", "the-wrong-one");
            Await.that(() -> counting.levelOf("ingest") == Level.UP, counting::story);
        }
    }

    @Test
    void aPortInUseStopsThePageAndNotTheCounting() throws Exception {
        ServerSocket taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
        String port = Integer.toString(taken.getLocalPort());
        Map<String, String> environment = Map.of("P35_REDIS_URL", redis.url(), "P35_HTTP_PORT", port);
        try (ChildProcess service = ChildProcess.start(folder, HOME, environment, "run")) {
            Await.that(() -> service.err().contains("dashboard cannot start"), service::err);
            Text.contains("cannot listen on 127.0.0.1:" + port, service.err());
            addMany(20, i -> "no_position");
            Await.that(() -> counted.status("processed_total") == 20, service::err);

            taken.close();
            Await.that(() -> service.err().contains("dashboard runs, 1 of 1"), service::err);
        }
    }

    private void counts(int entries, Runnable adding) throws Exception {
        counting = new LocalCounting(redis.settings());
        adding.run();
        Await.that(() -> counted.settled(entries), counted::story);
        assertEquals(entries, counted.status("processed_total"), counted::story);
        assertEquals(0, counted.status("lost_total"), counted::story);
        assertEquals(0L, redis.cli("EXISTS", KEYS.deadLetter()));
    }

    private Map<String, Long> bucket() {
        return counted.buckets().get(KEYS.bucket(MINUTE));
    }

    private static long sum(Map<String, Long> bucket, String prefix) {
        return bucket.entrySet().stream()
                .filter(field -> field.getKey().startsWith(prefix))
                .mapToLong(Map.Entry::getValue)
                .sum();
    }

    private static String timestamp() {
        return Long.toString(MINUTE.getEpochSecond() + 7);
    }

    private static void add(String... fields) {
        List<String> command = new ArrayList<>(List.of("XADD", KEYS.stream(), "*", "timestamp", timestamp()));
        command.addAll(List.of(fields));
        redis.cli(command.toArray(String[]::new));
    }

    private interface Reason {
        String of(int i);
    }

    private static void addMany(int count, Reason reason) {
        redis.with(client -> {
            for (int i = 0; i < count; i++) {
                client.call(
                        "XADD",
                        KEYS.stream(),
                        "*",
                        "timestamp",
                        timestamp(),
                        "decision",
                        "BLOCKED",
                        "symbol",
                        "BTCUSDT",
                        "error",
                        reason.of(i));
            }
            return count;
        });
    }

    /** Different for each number, without digits: these would count as one code. */
    private static String letters(int i) {
        StringBuilder letters = new StringBuilder();
        for (int rest = i; letters.length() < 4; rest /= 26) {
            letters.append((char) ('a' + rest % 26));
        }
        return letters.toString();
    }
}
