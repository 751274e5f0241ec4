package quantum.p35.embedded;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.ProcessBuilder.Redirect;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** One run of the redis-server program: from its launch to its end. */
final class ServerProcess {

    private static final Duration PATIENCE = Duration.ofSeconds(10);
    private static final int SHOWN_LINES = 8;

    private final Path binary;
    private final Path log;
    private final Process process;
    private final Watchdog watchdog;

    /** @param folder holds {@code redis.conf} @param flags follow it on the command line */
    static ServerProcess launch(Path binary, Path folder, Watchdog watchdog, String... flags) throws IOException {
        Path log = folder.resolve("redis.log");
        Files.deleteIfExists(log);
        List<String> command =
                inOwnSession(binary.toString(), folder.resolve("redis.conf").toString());
        command.addAll(List.of(flags));
        Process process = new ProcessBuilder(command)
                .directory(folder.toFile())
                .redirectErrorStream(true)
                .redirectOutput(log.toFile())
                .start();
        watchdog.guard(process.pid());
        return new ServerProcess(binary, log, process, watchdog);
    }

    private ServerProcess(Path binary, Path log, Process process, Watchdog watchdog) {
        this.binary = binary;
        this.log = log;
        this.process = process;
        this.watchdog = watchdog;
    }

    /** Where the system has setsid, a signal to our process group (Ctrl-C) does not reach the command. */
    static List<String> inOwnSession(String... command) {
        List<String> all = new ArrayList<>();
        Binary.onPath("setsid").ifPresent(setsid -> all.add(setsid.toString()));
        all.addAll(List.of(command));
        return all;
    }

    /** @param password null for none */
    static RespClient client(int port, String password, Duration patience) throws IOException {
        RespClient client = new RespClient(port, patience);
        if (password != null) {
            try {
                client.call("AUTH", password);
            } catch (RuntimeException e) {
                client.close();
                throw e;
            }
        }
        return client;
    }

    boolean running() {
        return process.isAlive();
    }

    /** @throws IOException with the server's last lines when it does not answer */
    void awaitPong(int port, String password) throws IOException {
        long deadline = System.nanoTime() + PATIENCE.toNanos();
        String trouble = "";
        while (process.isAlive() && System.nanoTime() < deadline) {
            try (RespClient client = client(port, password, PATIENCE)) {
                if ("PONG".equals(client.call("PING"))) {
                    return;
                }
            } catch (IOException | UncheckedIOException | RespClient.RedisError e) {
                trouble = e.getMessage();
            }
            pause();
        }
        String what = process.isAlive()
                ? "does not answer PING after " + PATIENCE.toSeconds() + " s (" + trouble + ")"
                : "ended with status " + process.exitValue();
        throw new IOException(binary + " on port " + port + " " + what
                + ". When a library is missing, install redis-server (apt-get install redis-server). Its last lines:\n"
                + lastLines());
    }

    private String lastLines() throws IOException {
        List<String> lines = Files.readAllLines(log, StandardCharsets.ISO_8859_1);
        return String.join("\n", lines.subList(Math.max(0, lines.size() - SHOWN_LINES), lines.size()));
    }

    private static void pause() {
        try {
            Thread.sleep(5);
        } catch (InterruptedException e) {
            throw interrupted(e);
        }
    }

    /** @param name {@code STOP} or {@code CONT} */
    void signal(String name) {
        try {
            int status = new ProcessBuilder("kill", "-" + name, Long.toString(process.pid()))
                    .redirectError(Redirect.DISCARD)
                    .start()
                    .waitFor();
            if (status != 0) {
                throw new IllegalStateException("redis-server is not running: it gets no SIG" + name);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            throw interrupted(e);
        }
    }

    /** SIGKILL; returns when it is gone. */
    void kill() {
        process.destroyForcibly();
        process.onExit().join();
        try {
            watchdog.release();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** SIGTERM, and SIGKILL when that is not enough; returns when it is gone. */
    void stop() {
        process.destroy();
        try {
            process.waitFor(PATIENCE.toMillis(), TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        kill();
    }

    private static IllegalStateException interrupted(InterruptedException e) {
        Thread.currentThread().interrupt();
        return new IllegalStateException("interrupted while waiting for redis-server", e);
    }
}
