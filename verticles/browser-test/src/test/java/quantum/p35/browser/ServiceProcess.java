package quantum.p35.browser;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import quantum.p35.api.BusMessages;
import quantum.p35.embedded.RedisServer;

/** The service in a Java machine of its own, as it is run, so that it can be killed under an open page. */
final class ServiceProcess implements AutoCloseable {

    private static final String ROOT = System.getProperty("p35.root");

    private static final Duration START = Duration.ofSeconds(60);

    private final HttpClient http = HttpClient.newHttpClient();
    private final int port;
    private final Path log;
    private final Map<String, String> environment;
    private Process process;

    /** @param environment beside the Redis URL and the port, what the service is told */
    ServiceProcess(Path folder, String redisUrl, Map<String, String> environment) throws IOException {
        this.port = RedisServer.freePort();
        this.log = folder.resolve("service-" + port + ".log");
        this.environment = new HashMap<>(environment);
        this.environment.put("P35_REDIS_URL", redisUrl);
        this.environment.put("P35_HTTP_PORT", Integer.toString(port));
        start();
    }

    /** Returns when it is ready. */
    void start() throws IOException {
        ProcessBuilder command = new ProcessBuilder(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:+UseSerialGC",
                "-XX:TieredStopAtLevel=1",
                "-Xmx160m",
                "-Dp35.home=" + ROOT,
                "-cp",
                System.getProperty("java.class.path"),
                "quantum.p35.runtime.Main",
                "run"));
        command.environment().keySet().removeIf(name -> name.startsWith("P35_") || name.endsWith("JAVA_OPTIONS"));
        command.environment().putAll(environment);
        command.redirectErrorStream(true).redirectOutput(ProcessBuilder.Redirect.appendTo(log.toFile()));
        process = command.start();
        try {
            Await.within(START, () -> ready() || !process.isAlive(), this::logged);
        } catch (AssertionError e) {
            kill();
            throw e;
        }
        if (!process.isAlive()) {
            throw new AssertionError("the service ended: " + logged());
        }
    }

    /** SIGKILL; the port stays known for the next start. */
    void kill() {
        process.destroyForcibly();
        process.onExit().join();
    }

    /** It holds its connections and says nothing. */
    void freeze() throws IOException, InterruptedException {
        signal("-STOP");
    }

    void thaw() throws IOException, InterruptedException {
        signal("-CONT");
    }

    private void signal(String name) throws IOException, InterruptedException {
        int status = new ProcessBuilder("kill", name, Long.toString(process.pid()))
                .inheritIO()
                .start()
                .waitFor();
        if (status != 0) {
            throw new IOException("kill " + name + " ended with " + status);
        }
    }

    String url() {
        return "http://127.0.0.1:" + port;
    }

    private boolean ready() throws InterruptedException {
        try {
            return send(request("/health/ready").GET()).statusCode() == 200;
        } catch (IOException e) {
            return false;
        }
    }

    /** An answer of the API: {@code get("why?window=1h")}. */
    JsonNode get(String question) {
        return json(request("/api/v1/" + question).GET());
    }

    JsonNode post(String command, String body) {
        return json(request("/api/v1/" + command)
                .header("Content-Type", "application/json")
                .POST(BodyPublishers.ofString(body)));
    }

    void delete(String what) {
        json(request("/api/v1/" + what)
                .header("Content-Type", "application/json")
                .DELETE());
    }

    private HttpRequest.Builder request(String path) {
        return HttpRequest.newBuilder(URI.create(url() + path)).timeout(Duration.ofSeconds(10));
    }

    private JsonNode json(HttpRequest.Builder request) {
        try {
            HttpResponse<String> answer = send(request);
            if (answer.statusCode() >= 400) {
                throw new AssertionError(answer.request() + ": " + answer.statusCode() + " " + answer.body());
            }
            return BusMessages.JSON.readTree(answer.body());
        } catch (IOException | InterruptedException e) {
            throw new AssertionError("the service does not answer: " + logged(), e);
        }
    }

    private HttpResponse<String> send(HttpRequest.Builder request) throws IOException, InterruptedException {
        return http.send(request.build(), BodyHandlers.ofString());
    }

    String logged() {
        try {
            return Files.readString(log);
        } catch (IOException e) {
            return "no log: " + e;
        }
    }

    @Override
    public void close() {
        kill();
    }
}
