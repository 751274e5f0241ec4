package quantum.p35.runtime;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import quantum.p35.api.Addresses;
import quantum.p35.api.Why;
import quantum.p35.api.WindowName;
import quantum.p35.dashboard.DashboardConfig;
import quantum.p35.embedded.RedisServer;

/** Everything in one process and one temporary folder: a Redis, a simulated trading system, and the service. */
final class Demo {

    private static final Logger LOG = LoggerFactory.getLogger(Demo.class);

    private static final int USUAL_PORT = DashboardConfig.DEFAULT.port();

    private static final long LOOK_MILLIS = 100;
    private static final Duration PAST_AT_MOST = Duration.ofSeconds(30);

    private static final String BANNER = """

              P3.5 demo: a simulated trading system, a Redis of its own, and the answer.

                Page    %1$s
                Ask     %2$s./p35 a      why are we not trading?
                        %2$s./p35 all    everything at once; ./p35 help for more
                Redis   redis-cli -p %3$d HGETALL %4$s

              Now and then something goes wrong: the log says what. Ctrl-C ends it all and leaves nothing behind.

            """;

    private Demo() {}

    static void run(CommandLine line, Environment environment, Home home) throws StartProblem {
        RedisServer redis = redis();
        try {
            Environment own = environment.without("P35_REDIS_URL", Environment.CONFIG);
            Map<String, String> flags = new HashMap<>(line.options());
            flags.put(CommandLine.REDIS, redis.url());
            if (!flags.containsKey(CommandLine.PORT) && own.get("P35_HTTP_PORT") == null && taken(USUAL_PORT)) {
                flags.put(CommandLine.PORT, Integer.toString(anyPort()));
            }
            Launch launch = new Launch(new ConfigLayers(null, own, flags), own, home);
            Settings settings = launch.settings();
            launch.up(settings, List.of(VerticleKinds.simulator(settings)), redis::close)
                    .compose(up -> past(launch.vertx(), System.nanoTime() + PAST_AT_MOST.toNanos()))
                    .onSuccess(up -> System.out.print(banner(settings, redis.port())))
                    .onFailure(error -> LOG.error("the demo cannot start", error));
        } catch (StartProblem | RuntimeException e) {
            redis.close();
            throw e;
        }
    }

    /**
     * Completes when the simulated past is written and counted: a visitor who looks earlier sees a service that is behind.
     * Never fails, and not later than {@code deadline}, in nanoseconds of {@link System#nanoTime}: the answer says why.
     */
    private static Future<Void> past(Vertx vertx, long deadline) {
        return vertx.eventBus()
                .<Why.Answer>request(Addresses.INSIGHT_WHY, new Why.Question(WindowName.FIVE_MINUTES))
                .map(why -> why.body().state().current())
                .otherwise(false)
                .compose(current -> current || System.nanoTime() > deadline
                        ? Future.succeededFuture()
                        : vertx.timer(LOOK_MILLIS, TimeUnit.MILLISECONDS).compose(later -> past(vertx, deadline)));
    }

    private static RedisServer redis() throws StartProblem {
        try {
            return RedisServer.start();
        } catch (UncheckedIOException e) {
            throw new StartProblem("the demo's Redis: " + e.getMessage());
        }
    }

    static String banner(Settings settings, int redisPort) {
        DashboardConfig dashboard = settings.modules().dashboard();
        String page = "http://" + dashboard.host() + ":" + dashboard.port();
        String counts = settings.keys().decisionCounts(WindowName.FIVE_MINUTES);
        return BANNER.formatted(page, dashboard.port() == USUAL_PORT ? "" : "P35_URL=" + page + " ", redisPort, counts);
    }

    private static boolean taken(int port) {
        try (ServerSocket probe = new ServerSocket(port, 1, InetAddress.getLoopbackAddress())) {
            return !probe.isBound();
        } catch (IOException e) {
            return true;
        }
    }

    private static int anyPort() {
        try (ServerSocket probe = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return probe.getLocalPort();
        } catch (IOException e) {
            throw new UncheckedIOException("there is no free port on 127.0.0.1", e);
        }
    }
}
