package quantum.p35.benchmark;

import com.fasterxml.jackson.databind.JsonNode;
import io.vertx.core.Vertx;
import java.io.IOException;
import java.util.Locale;
import java.util.concurrent.TimeUnit;
import quantum.p35.api.BusMessages;
import quantum.p35.api.Keys;
import quantum.p35.embedded.RedisServer;
import quantum.p35.redis.RedisSettings;
import quantum.p35.simulator.Load;

/**
 * Memory of the whole service while it drains a long backlog from a cold start, and what it costs when nothing happens
 * afterwards.
 */
final class Footprint {

    private static final int IDLE_SECONDS = 60;

    private Footprint() {}

    /** @param args entries in the backlog (1 000 000), {@code installed}: with the first compiler only */
    public static void main(String[] args) throws Exception {
        int entries = args.length > 0 ? Integer.parseInt(args[0]) : 1_000_000;
        Vertx vertx = Vertx.vertx();
        try (RedisServer server = RedisServer.start()) {
            RedisSettings redis = RedisSettings.of(server.url());
            Load load = Waiting.on(Load.open(vertx, redis, Keys.DEFAULT, 35));
            Waiting.on(load.fill(entries));
            Waiting.on(load.close());
            System.out.printf(Locale.ROOT, "Redis %s, a backlog of %,d entries%n", server.version(), entries);
            boolean installed = args.length > 1 && args[1].equals("installed");
            try (Service service = installed ? Service.installed(server.url()) : Service.start(server.url())) {
                drain(service, server, entries);
                idle(service);
            }
        }
        Waiting.on(vertx.close());
    }

    private static void drain(Service service, RedisServer server, int entries) throws Exception {
        long begun = System.nanoTime();
        double peak = 0;
        int told = 0;
        long processed = 0;
        Standing half = null;
        while (processed < entries) {
            TimeUnit.MILLISECONDS.sleep(100);
            peak = Math.max(peak, service.residentMiB());
            processed = processed(service);
            if (half == null && processed >= entries / 2) {
                half = Standing.now(service, server, processed);
            }
            if (processed * 10 / entries > told) {
                told = (int) (processed * 10 / entries);
                System.out.printf(Locale.ROOT, "%3d %%: %.0f MiB resident%n", told * 10, service.residentMiB());
            }
        }
        double seconds = (System.nanoTime() - begun) / 1e9;
        System.out.printf(
                Locale.ROOT,
                "peak %.0f MiB; drained in %.1f s from a cold start, %,.0f/s%n",
                peak,
                seconds,
                entries / seconds);
        Standing end = Standing.now(service, server, processed);
        System.out.printf(
                Locale.ROOT,
                "second half: %,.0f/s; CPU of an entry %.1f µs in the service, %.1f µs in Redis%n",
                (end.processed - half.processed) * 1e9 / (end.nanos - half.nanos),
                1e6 * (end.service - half.service) / (end.processed - half.processed),
                1e6 * (end.redis - half.redis) / (end.processed - half.processed));
    }

    /** How far it is, and what that cost. CPU in seconds. */
    private record Standing(long nanos, long processed, double service, double redis) {

        static Standing now(Service service, RedisServer server, long processed) throws IOException {
            return new Standing(System.nanoTime(), processed, service.cpuSeconds(), Steady.cpuSeconds(server));
        }
    }

    private static long processed(Service service) throws Exception {
        JsonNode health = BusMessages.JSON.readTree(service.get("/api/v1/health"));
        return health.path("ingest").path("processed").asLong();
    }

    private static void idle(Service service) throws Exception {
        TimeUnit.SECONDS.sleep(10);
        double before = service.cpuSeconds();
        TimeUnit.SECONDS.sleep(IDLE_SECONDS);
        double share = (service.cpuSeconds() - before) / IDLE_SECONDS;
        System.out.printf(
                Locale.ROOT,
                "idle: %.2f %% of a core over %d s, %.0f MiB resident%n",
                100 * share,
                IDLE_SECONDS,
                service.residentMiB());
    }
}
