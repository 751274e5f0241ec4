package quantum.p35.drift;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Supplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import quantum.p35.api.Addresses;
import quantum.p35.api.Alert;
import quantum.p35.api.AlertChange;
import quantum.p35.api.BusMessages;
import quantum.p35.api.GateCatalogue;
import quantum.p35.api.Instances;
import quantum.p35.api.Keys;
import quantum.p35.api.Severity;
import quantum.p35.api.Silence;
import quantum.p35.redis.RedisLink;
import quantum.p35.testkit.BusRecorder;
import quantum.p35.testkit.Catalogues;
import quantum.p35.testkit.TestRedis;

class AlertStoreTest {

    @RegisterExtension
    static final TestRedis redis = new TestRedis();

    private static final Keys KEYS = Keys.DEFAULT;
    private static final GateCatalogue CATALOGUE = Catalogues.fromConf();

    private final Vertx vertx = Vertx.vertx();
    private final Context context = vertx.getOrCreateContext();
    private final AlertStream stream = new AlertStream(redis);
    private final AtomicReference<Instant> now = new AtomicReference<>(Life.BEGIN);
    private AlertStore store;

    @BeforeEach
    void connect() throws Exception {
        BusMessages.register(vertx.eventBus());
        store = newStore();
    }

    @AfterEach
    void close() {
        vertx.close().await();
    }

    private AlertStore newStore() throws Exception {
        RedisLink link = on(() -> {
            RedisLink opened = RedisLink.open(vertx, redis.patient(), "test");
            return opened.tried().map(opened);
        });
        return new AlertStore(link, KEYS);
    }

    private AlertEditor editor(AlertStore on) {
        return new AlertEditor(
                on, vertx.eventBus(), new DriftRecord(new SimpleMeterRegistry(), Instances.of(vertx, "drift")));
    }

    private <T> T on(Supplier<Future<T>> work) throws Exception {
        Promise<T> done = Promise.promise();
        context.runOnContext(go -> work.get().onComplete(done));
        return done.future().await(Duration.ofSeconds(20).toMillis(), TimeUnit.MILLISECONDS);
    }

    private static Alert alert() {
        return new Life().fires("0:00", Severity.HIGH).until("1:00").alert(Life.GATE);
    }

    /** With its entry for the stream. */
    private static Edit raise(Alert alert) {
        return new Edit(
                List.of(new AlertChange.Raised(alert)),
                List.of(alert),
                Map.of(alert.reason(), alert),
                Set.of(),
                Map.of(),
                Set.of());
    }

    private AlertStore.Read read() throws Exception {
        return on(store::read);
    }

    private boolean write(AlertStore.Read seen, Edit edit) throws Exception {
        return on(() -> store.write(seen, edit));
    }

    @Test
    void whatIsWrittenIsRead() throws Exception {
        Silence silence = new Silence("s1", Life.GATE, null, Life.BEGIN, Life.at("60:00"), "ann", "");
        assertTrue(write(read(), raise(alert()).withSilence(silence)));
        AlertStore.Read read = read();
        assertEquals(Map.of(Life.GATE, alert()), read.ledger().alerts());
        assertEquals(Map.of("s1", silence), read.ledger().silences());
        assertEquals(List.of(alert()), stream.alerts());
        assertEquals(Map.of(alert().id(), alert()), on(store::told));
    }

    @Test
    void staleReadingChangesNothing() throws Exception {
        AlertStore.Read seen = read();
        assertTrue(write(seen, raise(alert())));
        assertFalse(write(seen, raise(alert())), "it was absent in this reading");
        AlertStore.Read later = read();
        Draft other = Draft.of(alert());
        other.flaps = 1;
        assertTrue(write(later, Edit.of(other.alert(), new AlertChange.Reopened(other.alert()))));
        Edit forget = new Edit(List.of(), List.of(), Map.of(), Set.of(Life.GATE), Map.of(), Set.of("s1"));
        redis.cli("HSET", KEYS.silences(), "s1", "{}");
        assertFalse(write(later, forget));
        assertEquals(1, read().ledger().alerts().get(Life.GATE).flaps());
        assertEquals(1, stream.entries().size());
        assertEquals("{}", redis.cli("HGET", KEYS.silences(), "s1"));
    }

    @ParameterizedTest(name = "{0} is a string")
    @CsvSource({"alerts:active", "silences", "alerts"})
    void keyOfAWrongTypeChangesNothingAndIsNamed(String key) throws Exception {
        AlertStore.Read seen = read();
        String full = KEYS.prefix() + ":" + key;
        redis.cli("SET", full, "text");
        Silence silence = new Silence("s1", Life.GATE, null, Life.BEGIN, Life.at("60:00"), "ann", "");
        Exception refused =
                assertThrows(Exception.class, () -> write(seen, raise(alert()).withSilence(silence)));
        assertTrue(refused.getMessage().contains(full + " is a string"), refused.getMessage());
        assertTrue(refused.getMessage().contains("redis-cli RENAME " + full), refused.getMessage());
        assertEquals(List.of(full), redis.cli("KEYS", "*"));
    }

    @ParameterizedTest(name = "{0} is a string")
    @CsvSource({"alerts:active", "silences"})
    void readingAKeyOfAWrongTypeNamesIt(String key) {
        redis.cli("SET", KEYS.prefix() + ":" + key, "text");
        Exception refused = assertThrows(Exception.class, this::read);
        assertTrue(refused.getMessage().contains(key + " is no hash: rename or delete it"), refused.getMessage());
    }

    @Test
    void valueThatCannotBeReadIsNamedAndReplacedWhenItsReasonFires() throws Exception {
        redis.cli("HSET", KEYS.activeAlerts(), Life.GATE, "no json");
        redis.cli("HSET", KEYS.activeAlerts(), "other", "{\"id\":\"x\"}");
        AlertStore.Read seen = read();
        assertEquals(Map.of(), seen.ledger().alerts());
        assertEquals(2, seen.unreadable().size());
        assertTrue(seen.unreadable().stream()
                .anyMatch(words -> words.contains("redis-cli HDEL quantum:p35:alerts:active '" + Life.GATE + "'")));
        assertTrue(write(seen, raise(alert())));
        assertEquals(alert(), read().ledger().alerts().get(Life.GATE));
    }

    @Test
    void acknowledgementInTheMiddleOfALookSurvivesIt() throws Exception {
        write(read(), raise(alert()));
        Draft acknowledged = Draft.of(alert());
        acknowledged.acknowledged = new Alert.Acknowledgement("ann", "on it", Life.BEGIN);
        AtomicInteger asked = new AtomicInteger();
        on(() -> editor(store).edit(ledger -> {
            if (asked.getAndIncrement() == 0) {
                redis.cli("HSET", KEYS.activeAlerts(), Life.GATE, AlertEntry.json(acknowledged.alert()));
            }
            Draft looked = Draft.of(ledger.alerts().get(Life.GATE));
            looked.share = 0.9;
            return Edit.of(looked.alert(), new AlertChange.Escalated(looked.alert(), Severity.MEDIUM));
        }));
        Alert after = read().ledger().alerts().get(Life.GATE);
        assertEquals(2, asked.get());
        assertEquals("ann", after.acknowledged().by());
        assertEquals(0.9, after.share());
    }

    /** Two that both believe to decide, with connections of their own, look at the same moments for hours. */
    @Test
    void twoThatDecideAtOnceTellEachChangeOnce() throws Exception {
        FakeInsight insight = new FakeInsight(vertx);
        BusRecorder<AlertChange> heard = BusRecorder.of(vertx, Addresses.ALERTS_CHANGED, AlertChange.class);
        List<Known> known = new ArrayList<>();
        List<Watch> watches = new ArrayList<>();
        for (int i = 0; i < 2; i++) {
            watches.add(watch(newStore(), known));
        }
        Random random = new Random(7);
        for (int look = 0; look < 400; look++) {
            if (random.nextInt(8) == 0) {
                insight.stops(new long[] {30, 150, 210, 270}[random.nextInt(4)]);
            }
            if (random.nextInt(100) == 0) {
                // killed, and started again
                watches.set(1, watch(newStore(), known));
            }
            tick(insight, known, watches);
        }
        insight.calm();
        for (int look = 0; look < 100; look++) {
            tick(insight, known, watches);
        }
        List<Alert> told = stream.alerts();
        assertTrue(told.size() > 8, "an eventful day: " + stream.told());
        AlertBookPropertyTest.holds(told, "two at once: " + stream.told());
        assertEquals(Map.of(), read().ledger().alerts(), "all is over");
        List<String> changes = heard.messages().stream()
                .filter(change -> !(change instanceof AlertChange.Reopened || change instanceof AlertChange.Resolved))
                .map(change -> change.getClass().getSimpleName() + " "
                        + change.alert().id() + " " + change.alert().severity())
                .toList();
        assertEquals(new HashSet<>(changes).size(), changes.size(), "published twice: " + changes);
    }

    private Watch watch(AlertStore on, List<Known> all) {
        Known known = new Known(() -> AlertRules.DEFAULT, KEYS, CATALOGUE, now::get, System::nanoTime);
        all.add(known);
        return new Watch(vertx.eventBus(), known, on, editor(on), () -> Future.succeededFuture(true));
    }

    private void tick(FakeInsight insight, List<Known> known, List<Watch> watches) throws Exception {
        now.updateAndGet(before -> before.plusSeconds(10));
        known.forEach(each -> each.onWindows(insight.windows(now.get())));
        on(() -> Future.join(watches.stream().map(Watch::look).toList()));
    }

    @Test
    void lookThatIsKilledAfterItsWriteIsNotRepeatedByTheNext() throws Exception {
        FakeInsight insight = new FakeInsight(vertx);
        List<Known> known = new ArrayList<>();
        insight.stops(210);
        Watch first = watch(store, known);
        for (int look = 0; look < 3; look++) {
            tick(insight, known, List.of(first));
        }
        assertEquals(List.of("firing HIGH"), stream.told());
        Watch second = watch(newStore(), known);
        for (int look = 0; look < 60; look++) {
            tick(insight, known, List.of(second));
        }
        assertEquals(List.of("firing HIGH"), stream.told());
        insight.calm();
        for (int look = 0; look < 3; look++) {
            tick(insight, known, List.of(second));
        }
        assertEquals(List.of("firing HIGH", "resolved HIGH"), stream.told());
        assertEquals(1, stream.ids().size());
        assertNull(read().ledger().alerts().get(Life.GATE).silenced());
    }
}
