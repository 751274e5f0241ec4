package quantum.p35.embedded;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ThreadLocalRandom;

/**
 * A real redis-server as a child process on 127.0.0.1, a free port and a temporary folder; for the demo and for tests.
 *
 * <p>It runs in a session of its own where the system has {@code setsid}, so that Ctrl-C in a terminal reaches us alone
 * and we can still finish our work with it. However this JVM ends, a {@link Watchdog} leaves neither process nor folder.
 * Calls block; they are not for an event loop, and not for two threads at a time.
 */
public final class RedisServer implements AutoCloseable {

    /**
     * @param aof every write is on disk before it is answered, so that {@link #kill} loses nothing; without, nothing is
     *     ever written to disk
     * @param password null for none
     * @param config further lines for redis.conf; they win over ours. With lines of Sentinel's, it is a sentinel
     */
    public record Options(Binary binary, boolean aof, String password, List<String> config) {

        public static final Options DEFAULT = new Options(Binary.PATH_OR_JAR, false, null, List.of());

        public Options {
            config = List.copyOf(config);
        }

        public Options withBinary(Binary other) {
            return new Options(other, aof, password, config);
        }

        public Options withAof() {
            return new Options(binary, true, password, config);
        }

        public Options withPassword(String secret) {
            return new Options(binary, aof, secret, config);
        }

        public Options withConfig(String... lines) {
            return new Options(binary, aof, password, List.of(lines));
        }

        private boolean sentinel() {
            return config.stream().anyMatch(line -> line.startsWith("sentinel "));
        }
    }

    private static final Duration PATIENCE = Duration.ofSeconds(10);
    private static final int PORT_ATTEMPTS = 5;

    private final Options options;
    private final Path folder;
    private final Watchdog watchdog;
    private final Path binary;
    private int port;
    private ServerProcess process;
    private boolean frozen;
    private boolean closed;

    public static RedisServer start() {
        return start(Options.DEFAULT);
    }

    /**
     * Returns when the server answers.
     *
     * @throws UncheckedIOException saying what to do, with the server's own last lines
     */
    public static RedisServer start(Options options) {
        try {
            RedisServer server = new RedisServer(options);
            try {
                server.launchOnFreePort();
                return server;
            } catch (IOException | RuntimeException e) {
                server.close();
                throw e;
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e.getMessage(), e);
        }
    }

    private RedisServer(Options options) throws IOException {
        this.options = options;
        this.folder = Files.createTempDirectory("p35-redis-");
        this.watchdog = new Watchdog(folder);
        try {
            this.binary = options.binary().locate(folder);
        } catch (IOException e) {
            close();
            throw e;
        }
    }

    public int port() {
        return port;
    }

    /** {@code redis://[:password@]127.0.0.1:port/0}. */
    public String url() {
        String user = options.password() == null
                ? ""
                : ":"
                        + URLEncoder.encode(options.password(), StandardCharsets.UTF_8)
                                .replace("+", "%20") + "@";
        return "redis://" + user + "127.0.0.1:" + port + "/0";
    }

    /** For example {@code 7.0.15}. */
    public String version() {
        try (RespClient client = client(PATIENCE)) {
            String info = (String) client.call("INFO", "server");
            return info.lines()
                    .filter(line -> line.startsWith("redis_version:"))
                    .findFirst()
                    .orElseThrow()
                    .substring("redis_version:".length());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** A connection past the password. */
    public RespClient client(Duration patience) throws IOException {
        return ServerProcess.client(port, options.password(), patience);
    }

    /** Stops it in its tracks (SIGSTOP): connections stay, nothing is answered. */
    public void freeze() {
        process.signal("STOP");
        frozen = true;
    }

    public void thaw() {
        process.signal("CONT");
        frozen = false;
    }

    /** Ends it at once (SIGKILL). The folder stays for {@link #restart}. */
    public void kill() {
        frozen = false;
        process.kill();
    }

    /** Starts it again with the same port and folder, after an orderly end when it still runs. */
    public void restart() {
        stop();
        try {
            launch();
        } catch (IOException e) {
            throw new UncheckedIOException(e.getMessage(), e);
        }
    }

    public boolean running() {
        return process != null && process.running();
    }

    public boolean frozen() {
        return frozen;
    }

    private void stop() {
        if (!running()) {
            return;
        }
        if (frozen) {
            thaw();
        }
        process.stop();
    }

    /** Ends it and deletes its folder. Twice is once. */
    @Override
    public void close() {
        if (closed) {
            return;
        }
        closed = true;
        stop();
        try {
            watchdog.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void launchOnFreePort() throws IOException {
        for (int attempt = 1; ; attempt++) {
            port = freePort();
            try {
                launch();
                return;
            } catch (IOException e) {
                boolean taken = e.getMessage().contains("Address already in use");
                if (!taken || attempt == PORT_ATTEMPTS) {
                    throw e;
                }
            }
        }
    }

    /**
     * A port of 127.0.0.1 that nobody listens on at this moment.
     *
     * <p>Below the ports that the system gives to clients: one that connects to its own port in there meets itself.
     */
    public static int freePort() throws IOException {
        IOException last = null;
        for (int attempt = 0; attempt < 100; attempt++) {
            int candidate = ThreadLocalRandom.current().nextInt(20_000, 32_000);
            try (ServerSocket probe = new ServerSocket(candidate, 1, InetAddress.getLoopbackAddress())) {
                return probe.getLocalPort();
            } catch (IOException e) {
                last = e;
            }
        }
        throw new IOException("no free port between 20000 and 32000 on 127.0.0.1", last);
    }

    private void launch() throws IOException {
        Files.write(folder.resolve("redis.conf"), configuration());
        String[] flags = options.sentinel() ? new String[] {"--sentinel"} : new String[0];
        process = ServerProcess.launch(binary, folder, watchdog, flags);
        try {
            process.awaitPong(port, options.password());
        } catch (IOException | RuntimeException e) {
            process.kill();
            throw e;
        }
    }

    private List<String> configuration() {
        List<String> lines = new ArrayList<>(List.of(
                "bind 127.0.0.1",
                "port " + port,
                "dir \"" + folder + "\"",
                "save \"\"",
                "appendonly " + (options.aof() ? "yes" : "no"),
                // 'everysec' may answer before it writes, while an older fsync still runs
                "appendfsync always"));
        if (options.password() != null) {
            lines.add("requirepass \"" + options.password() + "\"");
        }
        lines.addAll(options.config());
        return lines;
    }
}
