package quantum.p35.runtime;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.netty.util.concurrent.EventExecutor;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.internal.VertxInternal;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SystemdNotifyTest {

    @TempDir
    Path folder;

    private final Vertx vertx = Vertx.vertx();

    @AfterEach
    void close() {
        vertx.close().await();
    }

    @Test
    void saysReadyOnceAndThenThatItLives() throws Exception {
        Path told = folder.resolve("told");
        // every 200 ms, so that none is under way any more when the folder is deleted
        SystemdNotify.ready(vertx, Map.of("NOTIFY_SOCKET", "/run/x", "WATCHDOG_USEC", "400000"), command(told));
        // each is told by a process of its own, so that their order is not certain
        Await.that(
                () -> lines(told).size() >= 3 && lines(told).containsAll(List.of("READY=1", "WATCHDOG=1")),
                () -> "only " + lines(told));
        assertEquals(1, lines(told).stream().filter("READY=1"::equals).count());
    }

    @Test
    void withoutSystemdNothingIsStarted() throws Exception {
        Path told = folder.resolve("told");
        SystemdNotify.ready(vertx, Map.of("WATCHDOG_USEC", "1000"), command(told));
        vertx.executeBlocking(() -> null).await();
        assertFalse(Files.exists(told));
    }

    @Test
    void aStuckEventLoopIsNotAlive() throws Exception {
        List<EventExecutor> loops = new ArrayList<>();
        ((VertxInternal) vertx).nettyEventLoopGroup().forEach(loops::add);
        CountDownLatch stuck = new CountDownLatch(1);
        CountDownLatch released = new CountDownLatch(1);
        loops.getLast().submit(() -> {
            stuck.countDown();
            return released.await(60, TimeUnit.SECONDS);
        });
        assertTrue(stuck.await(10, TimeUnit.SECONDS));
        Future<Void> alive = SystemdNotify.everyLoopTurns(vertx);
        loops.getFirst().submit(() -> {}).get(10, TimeUnit.SECONDS);
        assertFalse(alive.isComplete());
        released.countDown();
        alive.await(10, TimeUnit.SECONDS);
    }

    /** A program that writes down what it is told. */
    private String command(Path told) throws IOException {
        Path program = Files.writeString(folder.resolve("notify"), "#!/bin/sh\necho \"$@\" >>" + told + "\n");
        assertTrue(program.toFile().setExecutable(true));
        return program.toString();
    }

    private static List<String> lines(Path file) throws IOException {
        return Files.exists(file) ? Files.readAllLines(file) : List.of();
    }
}
