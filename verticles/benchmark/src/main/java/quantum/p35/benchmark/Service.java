package quantum.p35.benchmark;

import java.io.IOException;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/** The service as it is run: {@code ./p35 run} as a process of its own, with its own small heap. Linux only. */
final class Service implements AutoCloseable {

    private static final double TICKS_PER_SECOND = 100;

    private final Process process;
    private final int port;
    private final HttpClient http = HttpClient.newHttpClient();

    private Service(Process process, int port) {
        this.process = process;
        this.port = port;
    }

    /** Returns when it is ready. */
    static Service start(String redisUrl) throws IOException, InterruptedException {
        return start("run", Map.of("P35_REDIS_URL", redisUrl));
    }

    /** As the unit of {@code deploy/} runs it: with the first compiler only. */
    static Service installed(String redisUrl) throws IOException, InterruptedException {
        return start("run", Map.of("P35_REDIS_URL", redisUrl, "P35_JAVA_OPTS", "-XX:TieredStopAtLevel=1"));
    }

    /** {@code ./p35 demo}, with its own Redis and a simulated trading system. */
    static Service demo() throws IOException, InterruptedException {
        return start("demo", Map.of());
    }

    private static Service start(String what, Map<String, String> environment)
            throws IOException, InterruptedException {
        Path root = Path.of(System.getProperty("p35.root"));
        int port = freePort();
        ProcessBuilder command = new ProcessBuilder(root.resolve("p35").toString(), what);
        command.environment().remove("P35_JAVA_OPTS");
        command.environment().putAll(environment);
        command.environment().put("P35_HTTP_PORT", Integer.toString(port));
        command.redirectErrorStream(true).redirectOutput(ProcessBuilder.Redirect.DISCARD);
        Service service = new Service(command.start(), port);
        while (!service.ready()) {
            if (!service.process.isAlive()) {
                throw new IllegalStateException("./p35 " + what + " ended with " + service.process.exitValue());
            }
            TimeUnit.MILLISECONDS.sleep(50);
        }
        return service;
    }

    private static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0)) {
            return socket.getLocalPort();
        }
    }

    private boolean ready() throws InterruptedException {
        try {
            return status("/health/ready") == 200;
        } catch (IOException e) {
            return false;
        }
    }

    String url(String path) {
        return "http://127.0.0.1:" + port + path;
    }

    private int status(String path) throws IOException, InterruptedException {
        return http.send(request(path), BodyHandlers.discarding()).statusCode();
    }

    String get(String path) throws IOException, InterruptedException {
        return http.send(request(path), BodyHandlers.ofString()).body();
    }

    private HttpRequest request(String path) {
        return HttpRequest.newBuilder(URI.create(url(path)))
                .timeout(Duration.ofSeconds(5))
                .build();
    }

    /** Resident memory of the whole process, MiB. */
    double residentMiB() throws IOException {
        for (String line : Files.readAllLines(proc("status"))) {
            if (line.startsWith("VmRSS:")) {
                return Long.parseLong(line.replaceAll("[^0-9]", "")) / 1024.0;
            }
        }
        throw new IOException("no VmRSS in " + proc("status"));
    }

    /** CPU time used since the start, user and system, seconds. */
    double cpuSeconds() throws IOException {
        String stat = Files.readString(proc("stat"));
        String[] fields = stat.substring(stat.lastIndexOf(')') + 2).split(" ");
        return (Long.parseLong(fields[11]) + Long.parseLong(fields[12])) / TICKS_PER_SECOND;
    }

    private Path proc(String file) {
        return Path.of("/proc", Long.toString(process.pid()), file);
    }

    @Override
    public void close() {
        process.destroy();
        try {
            if (!process.waitFor(10, TimeUnit.SECONDS)) {
                process.destroyForcibly();
            }
        } catch (InterruptedException e) {
            process.destroyForcibly();
            Thread.currentThread().interrupt();
        }
    }
}
