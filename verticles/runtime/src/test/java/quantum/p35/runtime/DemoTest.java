package quantum.p35.runtime;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DemoTest {

    private static final Home HOME = new Home(Path.of(System.getProperty("p35.root")));
    private static final Pattern PAGE = Pattern.compile("Page +(http://127\\.0\\.0\\.1:[0-9]+)");
    private static final ObjectMapper JSON = new ObjectMapper();

    private final HttpClient http = HttpClient.newHttpClient();

    @TempDir
    private Path folder;

    @Test
    void theDemoAnswersAndLeavesNothingBehind() throws Exception {
        Path own = Files.createDirectory(folder.resolve("tmp"));
        // what must not reach the demo: its Redis is its own
        Map<String, String> environment = Map.of("P35_REDIS_URL", "redis://127.0.0.1:1", "P35_CONFIG", "/none");

        try (ChildProcess demo = ChildProcess.start(own, HOME, environment, "demo")) {
            Await.that(() -> !demo.running() || PAGE.matcher(demo.out()).find(), demo::err);
            Matcher page = PAGE.matcher(demo.out());
            assertEquals(true, page.find(), demo.err());
            URI address = URI.create(page.group(1));

            JsonNode why = JSON.readTree(get(address.resolve("/api/v1/why")).body());
            assertEquals("TRADING", why.path("state").asText(), why + demo.err());
            Await.that(() -> get(address.resolve("/health/ready")).statusCode() == 200, demo::err);
            List<ProcessHandle> children = demo.handle().descendants().toList();
            assertFalse(children.isEmpty());

            demo.interrupt();

            assertEquals(0, demo.await(), demo.err());
            Await.that(() -> children.stream().noneMatch(ProcessHandle::isAlive), children::toString);
            assertEquals(List.of("err", "out"), filesIn(own));
        }
    }

    private HttpResponse<String> get(URI address) throws IOException, InterruptedException {
        return http.send(HttpRequest.newBuilder(address).build(), HttpResponse.BodyHandlers.ofString());
    }

    private static List<String> filesIn(Path folder) throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            return files.map(file -> file.getFileName().toString()).sorted().toList();
        }
    }
}
