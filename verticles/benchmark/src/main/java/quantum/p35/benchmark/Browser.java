package quantum.p35.benchmark;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.WebSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Base64;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import quantum.p35.api.BusMessages;

/**
 * Debian's Chromium, headless, with one page, spoken to in the DevTools protocol without a driver between, so that nothing
 * but the page costs CPU. Linux only.
 */
final class Browser implements AutoCloseable {

    private static final int PATIENCE_SECONDS = 30;
    private static final double TICKS_PER_SECOND = 100;

    private final Process process;
    private final Path profile;
    private final WebSocket socket;
    private final AtomicInteger calls = new AtomicInteger();
    private final Map<Integer, CompletableFuture<JsonNode>> open = new ConcurrentHashMap<>();

    private Browser(Process process, Path profile, URI page) {
        this.process = process;
        this.profile = profile;
        this.socket = HttpClient.newHttpClient()
                .newWebSocketBuilder()
                .buildAsync(page, new Listener())
                .join();
    }

    static Browser start(int width, int height) throws Exception {
        Path profile = Files.createTempDirectory("p35-browser-");
        Process process = new ProcessBuilder(
                        "/usr/bin/chromium",
                        "--headless=new",
                        "--no-sandbox",
                        "--disable-dev-shm-usage",
                        "--disable-background-networking",
                        "--no-first-run",
                        "--hide-scrollbars",
                        "--remote-debugging-port=0",
                        "--user-data-dir=" + profile,
                        "--window-size=" + width + "," + height,
                        "about:blank")
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .start();
        Path file = profile.resolve("DevToolsActivePort");
        for (int tries = 0; !Files.exists(file) || Files.readAllLines(file).size() < 2; tries++) {
            if (!process.isAlive() || tries > PATIENCE_SECONDS * 20) {
                throw new IllegalStateException(
                        "Chromium did not start: is /usr/bin/chromium there (Debian: chromium)?");
            }
            TimeUnit.MILLISECONDS.sleep(50);
        }
        String list = "http://127.0.0.1:" + Files.readAllLines(file).getFirst() + "/json/list";
        JsonNode targets = BusMessages.JSON.readTree(URI.create(list).toURL());
        for (JsonNode target : targets) {
            if (target.path("type").asText().equals("page")) {
                return new Browser(
                        process,
                        profile,
                        URI.create(target.path("webSocketDebuggerUrl").asText()));
            }
        }
        throw new IllegalStateException("Chromium has no page: " + targets);
    }

    /** One message at a time comes in, in parts. */
    private final class Listener implements WebSocket.Listener {

        private final StringBuilder message = new StringBuilder();

        @Override
        public CompletionStage<?> onText(WebSocket from, CharSequence part, boolean last) {
            message.append(part);
            if (last) {
                take(message.toString());
                message.setLength(0);
            }
            from.request(1);
            return null;
        }
    }

    private void take(String message) {
        try {
            JsonNode answer = BusMessages.JSON.readTree(message);
            CompletableFuture<JsonNode> call = open.remove(answer.path("id").asInt());
            if (call != null && answer.has("error")) {
                call.completeExceptionally(
                        new IllegalStateException(answer.get("error").toString()));
            } else if (call != null) {
                call.complete(answer.path("result"));
            }
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }

    /** A command of the DevTools protocol. */
    JsonNode call(String method, Map<String, Object> parameters) throws Exception {
        int id = calls.incrementAndGet();
        CompletableFuture<JsonNode> answer = new CompletableFuture<>();
        open.put(id, answer);
        socket.sendText(
                        BusMessages.JSON.writeValueAsString(Map.of("id", id, "method", method, "params", parameters)),
                        true)
                .join();
        return answer.get(PATIENCE_SECONDS, TimeUnit.SECONDS);
    }

    void go(String url) throws Exception {
        call("Page.navigate", Map.of("url", url));
    }

    /** The value of an expression; a promise is awaited. */
    JsonNode value(String expression) throws Exception {
        JsonNode result =
                call("Runtime.evaluate", Map.of("expression", expression, "returnByValue", true, "awaitPromise", true));
        if (result.has("exceptionDetails")) {
            throw new IllegalStateException(expression + ": " + result.get("exceptionDetails"));
        }
        return result.path("result").path("value");
    }

    void await(String expression) throws Exception {
        for (int tries = 0; !value(expression).asBoolean(); tries++) {
            if (tries > PATIENCE_SECONDS * 10) {
                throw new IllegalStateException("never true: " + expression);
            }
            TimeUnit.MILLISECONDS.sleep(100);
        }
    }

    void size(int width, int height, double pixels) throws Exception {
        call(
                "Emulation.setDeviceMetricsOverride",
                Map.of("width", width, "height", height, "deviceScaleFactor", pixels, "mobile", width < 600));
    }

    /** @param scheme {@code light} or {@code dark} */
    void prefers(String scheme) throws Exception {
        call(
                "Emulation.setEmulatedMedia",
                Map.of("features", List.of(Map.of("name", "prefers-color-scheme", "value", scheme))));
    }

    /** What is on the screen, as PNG. */
    byte[] picture() throws Exception {
        return Base64.getDecoder()
                .decode(call("Page.captureScreenshot", Map.of("format", "png"))
                        .path("data")
                        .asText());
    }

    /** What the page's scripts hold after a garbage collection, MiB. */
    double heapMiB() throws Exception {
        call("HeapProfiler.collectGarbage", Map.of());
        return call("Runtime.getHeapUsage", Map.of()).path("usedSize").asDouble() / (1 << 20);
    }

    /** CPU time used since the start by all of its processes, seconds. */
    double cpuSeconds() throws IOException {
        double ticks = 0;
        for (ProcessHandle each : all()) {
            Path stat = Path.of("/proc", Long.toString(each.pid()), "stat");
            if (Files.exists(stat)) {
                String line = Files.readString(stat);
                String[] fields = line.substring(line.lastIndexOf(')') + 2).split(" ");
                ticks += Long.parseLong(fields[11]) + Long.parseLong(fields[12]);
            }
        }
        return ticks / TICKS_PER_SECOND;
    }

    private List<ProcessHandle> all() {
        List<ProcessHandle> all = new ArrayList<>(List.of(process.toHandle()));
        process.descendants().forEach(all::add);
        return all;
    }

    @Override
    public void close() throws IOException {
        socket.abort();
        List<ProcessHandle> all = all();
        all.forEach(ProcessHandle::destroy);
        all.forEach(each -> each.onExit().orTimeout(10, TimeUnit.SECONDS).join());
        try (Stream<Path> files = Files.walk(profile)) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.deleteIfExists(file);
            }
        }
    }
}
