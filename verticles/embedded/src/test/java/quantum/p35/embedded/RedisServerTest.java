package quantum.p35.embedded;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

@Timeout(60)
class RedisServerTest {

    private static final Duration PATIENCE = Duration.ofSeconds(5);

    @ParameterizedTest
    @EnumSource(Binary.class)
    void answersAsSoonAsItIsStarted(Binary binary) throws IOException {
        try (RedisServer server = RedisServer.start(RedisServer.Options.DEFAULT.withBinary(binary));
                RespClient client = server.client(PATIENCE)) {
            assertEquals("OK", client.call("SET", "k", "v"));
            assertTrue(server.version().matches("[67]\\.\\d+\\.\\d+|[89].*"), server.version());
        }
    }

    @Test
    void keepsWhatWasAnsweredOverKillAndRestart() throws IOException {
        try (RedisServer server = RedisServer.start(RedisServer.Options.DEFAULT.withAof())) {
            int port = server.port();
            set(server, "k", "v");
            server.kill();
            assertThrows(IOException.class, () -> server.client(PATIENCE));
            server.restart();
            assertEquals(port, server.port());
            assertEquals("v", get(server, "k"));
        }
    }

    @Test
    void givesNoAnswerWhileFrozen() throws IOException {
        try (RedisServer server = RedisServer.start()) {
            server.freeze();
            try (RespClient client = server.client(Duration.ofMillis(200))) {
                assertThrows(UncheckedIOException.class, () -> client.call("PING"));
            }
            server.thaw();
            assertEquals(null, get(server, "k"));
        }
    }

    @Test
    void asksForItsPassword() throws IOException {
        try (RedisServer server = RedisServer.start(RedisServer.Options.DEFAULT.withPassword("p@ss word"))) {
            assertEquals("redis://:p%40ss%20word@127.0.0.1:" + server.port() + "/0", server.url());
            try (RespClient stranger = new RespClient(server.port(), PATIENCE)) {
                assertTrue(assertThrows(RespClient.RedisError.class, () -> stranger.call("GET", "k"))
                        .getMessage()
                        .startsWith("NOAUTH"));
            }
            set(server, "k", "v");
        }
    }

    @Test
    void saysWhatTheServerSaidWhenItDoesNotStart() {
        RedisServer.Options broken = RedisServer.Options.DEFAULT.withConfig("maxmemory lots");
        String message = assertThrows(UncheckedIOException.class, () -> RedisServer.start(broken))
                .getMessage();
        assertTrue(message.contains("maxmemory lots"), message);
    }

    @Test
    void systemThatTheJarDoesNotServeIsToldToInstallRedis() {
        String message = assertThrows(IOException.class, () -> Binary.fileInJar("Plan 9", "mips"))
                .getMessage();
        assertTrue(message.contains("Plan 9 on mips") && message.contains("install redis-server"), message);
    }

    @Test
    void leavesNothingBehindWhenClosedFrozen() throws IOException {
        RedisServer server = RedisServer.start();
        Path folder = folder(server);
        server.freeze();
        server.close();
        server.close();
        assertFalse(server.running());
        assertFalse(Files.exists(folder));
    }

    /** The JVM of this test's child is killed with SIGKILL; its server and folder must go with it. */
    @Test
    void leavesNothingBehindWhenItsJvmIsKilled() throws Exception {
        Process jvm = new ProcessBuilder(
                        ProcessHandle.current().info().command().orElseThrow(),
                        "-cp",
                        System.getProperty("java.class.path"),
                        Holder.class.getName())
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        try (var output = jvm.inputReader()) {
            int port = Integer.parseInt(output.readLine());
            Path folder = Path.of(output.readLine());
            assertTrue(Files.exists(folder));
            jvm.destroyForcibly().waitFor(10, TimeUnit.SECONDS);
            while (Files.exists(folder) || listens(port)) { // until this test's time is over
                Thread.sleep(10);
            }
        }
    }

    private static boolean listens(int port) {
        try {
            new RespClient(port, PATIENCE).close();
            return true;
        } catch (IOException e) {
            return false;
        }
    }

    /** Starts a server, says where, and waits for its end. */
    static final class Holder {
        private Holder() {}

        @SuppressWarnings("resource")
        public static void main(String[] args) throws Exception {
            RedisServer server = RedisServer.start();
            System.out.println(server.port());
            System.out.println(folder(server));
            Thread.sleep(60_000);
        }
    }

    private static Path folder(RedisServer server) throws IOException {
        try (RespClient client = server.client(PATIENCE)) {
            return Path.of(((java.util.List<?>) client.call("CONFIG", "GET", "dir"))
                    .get(1)
                    .toString());
        }
    }

    private static void set(RedisServer server, String key, String value) throws IOException {
        try (RespClient client = server.client(PATIENCE)) {
            client.call("SET", key, value);
        }
    }

    private static Object get(RedisServer server, String key) throws IOException {
        try (RespClient client = server.client(PATIENCE)) {
            return client.call("GET", key);
        }
    }
}
