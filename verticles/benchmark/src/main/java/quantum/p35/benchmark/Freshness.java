package quantum.p35.benchmark;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.time.Duration;
import java.util.Arrays;
import java.util.Locale;
import java.util.concurrent.TimeUnit;
import quantum.p35.api.BusMessages;
import quantum.p35.api.Keys;
import quantum.p35.embedded.RedisServer;
import quantum.p35.redis.RedisSettings;
import quantum.p35.simulator.Expected;
import quantum.p35.simulator.Load;

/**
 * Time from XADD to visible in {@code GET /api/v1/why}, entry by entry, at a steady rate. The answer is asked for every few
 * milliseconds, so that the figure is the service's delay and not ours; an entry is visible when the window's total reaches
 * its number.
 */
final class Freshness {

    private static final Duration WARM_UP = Duration.ofSeconds(10);
    private static final Duration MEASURED = Duration.ofSeconds(40);
    private static final long POLL_MILLIS = 5;

    private Freshness() {}

    /** @param args entries a second, several rates (100 2000) */
    public static void main(String[] args) throws Exception {
        int[] rates = args.length > 0
                ? Arrays.stream(args).mapToInt(Integer::parseInt).toArray()
                : new int[] {100, 2000};
        for (int rate : rates) {
            Vertx vertx = Vertx.vertx();
            try (RedisServer server = RedisServer.start();
                    Service service = Service.start(server.url())) {
                measure(vertx, server, service, rate);
            }
            Waiting.on(vertx.close());
        }
    }

    private static void measure(Vertx vertx, RedisServer server, Service service, int rate) throws Exception {
        Load load = Waiting.on(Load.open(vertx, RedisSettings.of(server.url()), Keys.DEFAULT, 35));
        Future<Expected> writing = load.atRate(rate, WARM_UP.plus(MEASURED));
        int entries = (int) (rate * WARM_UP.plus(MEASURED).toSeconds());
        long[] addedAt = new long[entries];
        long[] seenAt = new long[entries];
        int added = 0;
        int seen = 0;
        while (seen < entries) {
            long sent = System.nanoTime();
            added = fill(addedAt, added, (int) load.added(), sent);
            int total = BusMessages.JSON
                    .readTree(service.get("/api/v1/why?window=5m"))
                    .path("window")
                    .path("total")
                    .asInt();
            long answered = System.nanoTime();
            // what was added while we asked: at the latest now
            added = fill(addedAt, added, Math.max(total, (int) load.added()), answered);
            seen = fill(seenAt, seen, total, answered);
            TimeUnit.MILLISECONDS.sleep(POLL_MILLIS);
        }
        Waiting.on(writing);
        Waiting.on(load.close());
        report(rate, addedAt, seenAt);
    }

    private static int fill(long[] times, int from, int to, long time) {
        int end = Math.min(to, times.length);
        if (end > from) {
            Arrays.fill(times, from, end, time);
        }
        return Math.max(from, end);
    }

    private static void report(int rate, long[] addedAt, long[] seenAt) {
        int skipped = (int) (rate * WARM_UP.toSeconds());
        double[] millis = new double[addedAt.length - skipped];
        for (int i = 0; i < millis.length; i++) {
            millis[i] = (seenAt[i + skipped] - addedAt[i + skipped]) / 1e6;
        }
        Arrays.sort(millis);
        System.out.printf(
                Locale.ROOT,
                "%,d entries/s: XADD to visible p50 %.0f ms, p99 %.0f ms, max %.0f ms (%,d entries)%n",
                rate,
                millis[millis.length / 2],
                millis[(int) (millis.length * 0.99)],
                millis[millis.length - 1],
                millis.length);
    }
}
