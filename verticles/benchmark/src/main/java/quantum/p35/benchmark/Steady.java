package quantum.p35.benchmark;

import com.fasterxml.jackson.databind.JsonNode;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.io.IOException;
import java.time.Duration;
import java.util.Arrays;
import java.util.Locale;
import java.util.concurrent.TimeUnit;
import quantum.p35.api.BusMessages;
import quantum.p35.api.Keys;
import quantum.p35.embedded.RedisServer;
import quantum.p35.embedded.RespClient;
import quantum.p35.redis.RedisSettings;
import quantum.p35.simulator.Expected;
import quantum.p35.simulator.Load;

/**
 * What a steady rate costs: CPU of the service as it is installed and of Redis, and whether the service keeps up. From this
 * comes how much one process carries.
 */
final class Steady {

    private static final Duration WARM_UP = Duration.ofSeconds(20);
    private static final Duration MEASURED = Duration.ofSeconds(20);

    private Steady() {}

    /** @param args entries a second, several rates (1000 4000 16000) */
    public static void main(String[] args) throws Exception {
        int[] rates = args.length > 0
                ? Arrays.stream(args).mapToInt(Integer::parseInt).toArray()
                : new int[] {1000, 4000, 16_000};
        for (int rate : rates) {
            Vertx vertx = Vertx.vertx();
            try (RedisServer server = RedisServer.start();
                    Service service = Service.installed(server.url())) {
                measure(vertx, server, service, rate);
            }
            Waiting.on(vertx.close());
        }
    }

    private static void measure(Vertx vertx, RedisServer server, Service service, int rate) throws Exception {
        Load load = Waiting.on(Load.open(vertx, RedisSettings.of(server.url()), Keys.DEFAULT, 35));
        Future<Expected> writing = load.atRate(rate, WARM_UP.plus(MEASURED));
        TimeUnit.SECONDS.sleep(WARM_UP.toSeconds());
        long begun = System.nanoTime();
        double ours = service.cpuSeconds();
        double redis = cpuSeconds(server);
        Waiting.on(writing);
        double seconds = (System.nanoTime() - begun) / 1e9;
        ours = service.cpuSeconds() - ours;
        redis = cpuSeconds(server) - redis;
        JsonNode ingest =
                BusMessages.JSON.readTree(service.get("/api/v1/health")).path("ingest");
        System.out.printf(
                Locale.ROOT,
                "%,7d entries/s: service %4.1f %% of a core, Redis %4.1f %%, %.0f MiB resident, behind %s s%n",
                rate,
                100 * ours / seconds,
                100 * redis / seconds,
                service.residentMiB(),
                ingest.path("behindSeconds"));
        Waiting.on(load.close());
    }

    /** CPU time that Redis used since its start, adding entries included, seconds. */
    static double cpuSeconds(RedisServer server) throws IOException {
        try (RespClient client = server.client(Duration.ofSeconds(5))) {
            return ((String) client.call("INFO", "cpu"))
                    .lines()
                    .filter(line -> line.startsWith("used_cpu_sys:") || line.startsWith("used_cpu_user:"))
                    .mapToDouble(line -> Double.parseDouble(line.substring(line.indexOf(':') + 1)))
                    .sum();
        }
    }
}
