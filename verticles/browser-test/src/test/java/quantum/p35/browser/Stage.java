package quantum.p35.browser;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.extension.AfterEachCallback;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.BeforeEachCallback;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ExtensionContext.Namespace;
import org.opentest4j.TestAbortedException;
import quantum.p35.embedded.RedisServer;
import quantum.p35.testkit.FakeDiscord;

/**
 * One Redis, one service and one Chromium for all tests, since starting them takes longer than most of the tests. After
 * each test the console must be clean and no other host have been asked.
 *
 * <p>Without a Chromium the tests are skipped, but where {@code CI=true} says that it must be there.
 */
final class Stage implements BeforeAllCallback, BeforeEachCallback, AfterEachCallback {

    private static final String CI = "CI";

    private Props props;
    private List<String> allowed;
    private String host;

    /** What is there once. */
    private record Props(RedisServer redis, FakeDiscord discord, ServiceProcess service, Chromium chromium, Path folder)
            implements AutoCloseable {

        static Props setUp() {
            Chromium chromium = Chromium.start();
            if (chromium == null) {
                String missing = "no Chromium with its chromedriver under /usr/bin (Debian: chromium, chromium-driver)";
                if ("true".equals(System.getenv(CI))) {
                    throw new AssertionError(missing + ", and " + CI + "=true says that these tests must run");
                }
                throw new TestAbortedException(missing);
            }
            RedisServer redis = null;
            FakeDiscord discord = null;
            try {
                Path folder = Files.createTempDirectory("p35-browser-test");
                redis = RedisServer.start();
                discord = FakeDiscord.start();
                Map<String, String> environment = Map.of("P35_DISCORD_WEBHOOK_URL", discord.url());
                return new Props(
                        redis, discord, new ServiceProcess(folder, redis.url(), environment), chromium, folder);
            } catch (IOException | RuntimeException | AssertionError e) {
                // nobody else would: what is not set up is not closed either
                chromium.close();
                if (redis != null) {
                    redis.close();
                }
                if (discord != null) {
                    discord.close();
                }
                throw new AssertionError("the stage for the page cannot be set up: " + e.getMessage(), e);
            }
        }

        @Override
        public void close() throws IOException {
            chromium.close();
            service.close();
            discord.close();
            redis.close();
            try (var files = Files.list(folder)) {
                for (Path file : files.toList()) {
                    Files.delete(file);
                }
            }
            Files.delete(folder);
        }
    }

    @Override
    public void beforeAll(ExtensionContext context) {
        props = context.getRoot()
                .getStore(Namespace.create(Stage.class))
                .getOrComputeIfAbsent(Props.class, key -> Props.setUp(), Props.class);
    }

    @Override
    public void beforeEach(ExtensionContext context) {
        allowed = List.of();
        host = service().url() + "/";
        // what another test left open would go on asking, and be taken for this one
        page().leave();
        chromium().usualSize();
        chromium().prefers("light");
        chromium().timeZone("");
        chromium().console();
        chromium().network();
    }

    @Override
    public void afterEach(ExtensionContext context) {
        if (context.getExecutionException().isPresent()) {
            return;
        }
        List<String> complaints = chromium().console().stream()
                .filter(line -> allowed.stream().noneMatch(line::contains))
                .toList();
        assertEquals(List.of(), complaints, "the console says");
        List<String> elsewhere = chromium().network().stream()
                .filter(event -> event.contains("\"Network.requestWillBeSent\""))
                .map(event -> event.replaceFirst("(?s).*?\"request\":\\{.*?\"url\":\"([^\"]*)\".*", "$1"))
                .filter(url -> !url.startsWith(host) && !url.startsWith("data:"))
                .toList();
        assertEquals(List.of(), elsewhere, "requests to others");
    }

    /** In this test the browser may complain that the service cannot be reached, or that half of it is there as yet. */
    void allowOutage() {
        allowed = List.of("net::ERR_", "status of 503", "WebSocket is closed before the connection is established");
    }

    /** In this test the browser may complain that it was refused. */
    void allowRefusals() {
        allowed = List.of("status of 400", "status of 401");
    }

    /** In this test another service is asked. */
    void allowHost(String url) {
        host = url + "/";
    }

    RedisServer redis() {
        return props.redis;
    }

    FakeDiscord discord() {
        return props.discord;
    }

    ServiceProcess service() {
        return props.service;
    }

    Chromium chromium() {
        return props.chromium;
    }

    Page page() {
        return new Page(chromium().driver(), service().url());
    }
}
