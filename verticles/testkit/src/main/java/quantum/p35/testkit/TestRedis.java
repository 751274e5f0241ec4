package quantum.p35.testkit;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.function.Function;
import org.junit.jupiter.api.extension.AfterAllCallback;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.BeforeEachCallback;
import org.junit.jupiter.api.extension.ExtensionContext;
import quantum.p35.embedded.RedisServer;
import quantum.p35.embedded.RespClient;
import quantum.p35.redis.RedisSettings;

/**
 * A real redis-server for a test class, empty and healthy before each test:
 *
 * <pre>{@code @RegisterExtension static final TestRedis redis = new TestRedis();}</pre>
 *
 * <p>A missing Redis fails the tests, it never skips them.
 */
public final class TestRedis implements BeforeAllCallback, BeforeEachCallback, AfterAllCallback {

    private static final Duration PATIENCE = Duration.ofSeconds(10);

    private final RedisServer.Options options;
    private RedisServer server;

    /** The installed redis-server, else the one in the jar; nothing goes to disk. */
    public TestRedis() {
        this(RedisServer.Options.DEFAULT);
    }

    public TestRedis(RedisServer.Options options) {
        this.options = options;
    }

    @Override
    public void beforeAll(ExtensionContext context) {
        server = RedisServer.start(options);
    }

    @Override
    public void beforeEach(ExtensionContext context) {
        if (server.frozen()) {
            server.thaw();
        }
        if (!server.running()) {
            server.restart();
        }
        cli("FLUSHALL");
    }

    @Override
    public void afterAll(ExtensionContext context) {
        server.close();
    }

    public RedisSettings settings() {
        return RedisSettings.of(url());
    }

    /** For what asks once: a command outlasts a pause of the whole machine. Slow to notice a frozen server. */
    public RedisSettings patient() {
        return settings().waiting(PATIENCE);
    }

    public String url() {
        return server.url();
    }

    public int port() {
        return server.port();
    }

    public String version() {
        return server.version();
    }

    /** SIGSTOP: connections stay, nothing is answered. */
    public void freeze() {
        server.freeze();
    }

    public void thaw() {
        server.thaw();
    }

    /** SIGKILL; without AOF everything is gone. */
    public void kill() {
        server.kill();
    }

    /** Same port; an orderly end first when it still runs. Without AOF everything is gone. */
    public void restart() {
        server.restart();
    }

    /**
     * Asks Redis past the client under test: {@code redis.cli("XADD", "stream", "*", "a", "b")}.
     *
     * @return a String, a Long, a List of these, or null
     * @throws RespClient.RedisError when Redis answers with an error
     */
    public Object cli(String... command) {
        return cli(Arrays.stream(command)
                .map(part -> part.getBytes(StandardCharsets.UTF_8))
                .toList());
    }

    /** The same for arguments that are no text, such as broken UTF-8. */
    public Object cli(List<byte[]> command) {
        return with(client -> client.call(command));
    }

    /** Many commands on one connection. */
    public <T> T with(Function<RespClient, T> work) {
        try (RespClient client = server.client(PATIENCE)) {
            return work.apply(client);
        } catch (IOException e) {
            throw new UncheckedIOException("the test's Redis on port " + port() + " is not there: " + e, e);
        }
    }
}
