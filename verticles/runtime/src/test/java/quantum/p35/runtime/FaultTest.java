package quantum.p35.runtime;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeSet;
import java.util.concurrent.Callable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import quantum.p35.api.Keys;
import quantum.p35.embedded.Binary;
import quantum.p35.embedded.RedisServer;
import quantum.p35.simulator.Expected;
import quantum.p35.simulator.Load;
import quantum.p35.testkit.TestRedis;

/**
 * Each entry is counted exactly once, whatever is killed or frozen: the service in processes of its own, a real Redis with
 * its append-only file, and faults whose order and times come from a seed. The same faults again:
 * {@code -Dp35.faults.seed=<the printed number>}.
 */
@Timeout(300)
class FaultTest {

    private static final Home HOME = new Home(Path.of(System.getProperty("p35.root")));
    private static final String STOPPED = "STOP";
    private static final String GOES_ON = "CONT";

    @RegisterExtension
    static final TestRedis redis =
            new TestRedis(RedisServer.Options.DEFAULT.withBinary(Binary.PATH).withAof());

    private enum Fault {
        SERVICE_KILLED,
        REDIS_KILLED,
        BOTH_KILLED,
        REDIS_FROZEN,
        SERVICE_KILLED_WHILE_REDIS_IS_FROZEN
    }

    private final long seed = Long.getLong("p35.faults.seed", new Random().nextLong());
    private final Random random = new Random(seed);
    private final Counted counted = new Counted(redis);
    private final Vertx vertx = Vertx.vertx();
    private final List<ChildProcess> started = new ArrayList<>();
    private Future<Expected> loading;

    @TempDir
    private Path folder;

    @AfterEach
    void close() {
        started.forEach(ChildProcess::close);
        vertx.close().await();
    }

    @Test
    void killsAndFreezesLoseNothingAndDoubleNothing() throws Exception {
        say("seed " + seed);
        ChildProcess service = start(1);
        Load load = Load.open(vertx, redis.settings(), Keys.DEFAULT, seed).await();
        loading = load.atRate(400, Duration.ofSeconds(50));

        for (Fault fault : faults()) {
            say(fault + " at " + load.added() + " added");
            service = meet(fault, service);
            pause(100, 1_000);
        }

        Expected expected = loading.await();
        say("all added, " + counted.status("processed_total") + " counted");
        // under a name that nobody holds entries would wait for 60 s, so each name that was used is held again
        Await.that(reading(service), service::logged);
        service.terminate();
        assertEquals(0, service.await(), service::logged);
        Await.that(() -> counted.heldNames().isEmpty(), counted::story);
        service = start(counted.consumers().size());
        settledExactly(expected);
    }

    /** Every kind of fault several times, 24 in all. */
    private List<Fault> faults() {
        Map<Fault, Integer> times = Map.of(
                Fault.SERVICE_KILLED,
                9,
                Fault.REDIS_KILLED,
                6,
                Fault.BOTH_KILLED,
                3,
                Fault.REDIS_FROZEN,
                4,
                Fault.SERVICE_KILLED_WHILE_REDIS_IS_FROZEN,
                2);
        List<Fault> faults = new ArrayList<>();
        for (Fault fault : Fault.values()) {
            faults.addAll(Collections.nCopies(times.get(fault), fault));
        }
        Collections.shuffle(faults, random);
        return faults;
    }

    /** The service that runs afterwards. */
    private ChildProcess meet(Fault fault, ChildProcess service) throws Exception {
        switch (fault) {
            case SERVICE_KILLED -> {
                if (random.nextInt(3) > 0) {
                    awaitCounting();
                }
                pause(0, 300);
                service.kill();
                return start(1);
            }
            case REDIS_KILLED -> {
                redis.kill();
                pause(0, 1_000);
                redis.restart();
                return service;
            }
            case BOTH_KILLED -> {
                redis.kill();
                service.kill();
                redis.restart();
                return start(1);
            }
            case REDIS_FROZEN -> {
                redis.freeze();
                pause(1_000, 6_000);
                redis.thaw();
                return service;
            }
            case SERVICE_KILLED_WHILE_REDIS_IS_FROZEN -> {
                redis.freeze();
                pause(0, 2_000);
                service.kill();
                ChildProcess next = start(1);
                pause(1_000, 4_000);
                redis.thaw();
                return next;
            }
        }
        throw new IllegalStateException(fault.name());
    }

    @Test
    void severalServicesStandInForEachOther() throws Exception {
        say("seed " + seed);
        ChildProcess one = start(1);
        Await.that(() -> counted.heldNames().size() == 1, one::logged);
        String name = counted.heldNames().getFirst();
        ChildProcess other = start(2);
        Await.that(() -> counted.heldNames().size() == 3, other::logged);
        Load load = Load.open(vertx, redis.settings(), Keys.DEFAULT, seed).await();
        loading = load.atRate(400, Duration.ofSeconds(25));
        awaitCounting();

        say("one sleeps so long that another takes its name, and wakes up");
        one.signal(STOPPED);
        Await.that(() -> !counted.heldNames().contains(name), counted::story);
        other.kill();
        other = start(2);
        Await.that(() -> counted.heldNames().contains(name), other::logged);
        pause(0, 500);
        one.signal(GOES_ON);
        pause(500, 2_000);

        say("Redis is killed, then frozen");
        redis.kill();
        redis.restart();
        awaitCounting();
        redis.freeze();
        pause(1_000, 6_000);
        redis.thaw();
        awaitCounting();

        say("one dies with entries in its hands, the other lives");
        Expected first = loading.await();
        loading = load.fill(40_000); // a backlog, so that everybody has full batches in hand
        awaitCounting();
        List<String> before = counted.heldNames();
        other.signal(STOPPED);
        Await.that(this::someStayPending, counted::story);
        other.kill();

        Expected expected = first.plus(loading.await());
        say("all added, " + counted.status("processed_total") + " counted, " + counted.pending() + " wait; names held "
                + before);
        settledExactly(expected);
        assertTrue(one.running(), one::logged);
    }

    private void settledExactly(Expected expected) throws Exception {
        Await.within(Duration.ofSeconds(100), () -> counted.settled(expected.entries()), this::story);
        say("settled");
        assertEquals(Counted.buckets(expected), counted.buckets(), this::story);
        assertEquals(Counted.hours(expected), counted.hours(), this::story);
        assertEquals(expected.entries(), counted.status("processed_total"), this::story);
        // the service looks at the group once a second: nothing may be taken for lost afterwards either
        Await.that(() -> "0".equals(redis.cli("HGET", Keys.DEFAULT.status(), "lag")), this::story);
        assertEquals(0, counted.status("lost_total"), this::story);
        assertEquals(0L, redis.cli("EXISTS", Keys.DEFAULT.deadLetter()), this::story);
    }

    private ChildProcess start(int consumers) throws IOException {
        Path own = Files.createDirectory(folder.resolve("service-" + started.size()));
        Path file =
                Files.writeString(own.resolve("p35.yaml"), "ingest: {instances: " + Math.min(16, consumers) + "}\n");
        Map<String, String> environment = new HashMap<>();
        environment.put("P35_REDIS_URL", redis.url());
        environment.put("P35_HTTP_PORT", "0");
        ChildProcess service = ChildProcess.start(own, HOME, environment, "run", "--config", file.toString());
        started.add(service);
        return service;
    }

    /** Returns when something was counted from now on, so that a fault hits a service that works; or when nothing is left. */
    private void awaitCounting() throws Exception {
        long before = counted.status("processed_total");
        Await.that(() -> counted.status("processed_total") > before || loading.isComplete(), this::story);
    }

    /** Entries that are in the hands of somebody who does not count. */
    private boolean someStayPending() throws InterruptedException {
        List<String> before = counted.pendingIds();
        Thread.sleep(1_000);
        return counted.pendingIds().stream().anyMatch(before::contains);
    }

    private static Callable<Boolean> reading(ChildProcess service) {
        return () -> service.err().contains("reading as");
    }

    private void pause(int fromMillis, int toMillis) throws InterruptedException {
        Thread.sleep(random.nextInt(fromMillis, toMillis + 1));
    }

    private String story() {
        StringBuilder story = new StringBuilder("seed " + seed + "\n" + counted.story());
        for (int i = 0; i < started.size(); i++) {
            story.append("\n--- service ")
                    .append(i)
                    .append("\n")
                    .append(started.get(i).logged());
        }
        return story.append("\nnames ")
                .append(new TreeSet<>(counted.consumers()))
                .toString();
    }

    private static void say(String what) {
        System.out.println("FaultTest: " + what);
    }
}
