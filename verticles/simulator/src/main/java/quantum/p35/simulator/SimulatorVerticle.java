package quantum.p35.simulator;

import io.vertx.core.Future;
import io.vertx.core.VerticleBase;
import io.vertx.redis.client.Request;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import quantum.p35.api.HealthBeat;
import quantum.p35.api.HealthReport.Level;
import quantum.p35.api.Keys;
import quantum.p35.redis.RedisLink;
import quantum.p35.redis.RedisSettings;

/**
 * A trading system to look at: writes two hours of past into an empty stream, then goes through its {@link Programme} of
 * good times and incidents, and says in the log what the page should show.
 */
public final class SimulatorVerticle extends VerticleBase {

    private static final Logger LOG = LoggerFactory.getLogger(SimulatorVerticle.class);
    private static final long TICK_MILLIS = 100;
    private static final long MAX_LENGTH = 50_000;

    private final SimulatorConfig config;
    private final RedisSettings redis;
    private final Keys keys;
    private final Programme programme;
    private Traffic traffic;
    private Arrivals arrivals;
    private RedisLink link;
    private HealthBeat health;
    private Instant liveSince;
    private Programme.Scene scene;
    private String doing = "waits for Redis";
    private String stuck;
    private long written;
    private long dropped;

    public SimulatorVerticle(SimulatorConfig config, RedisSettings redis, Keys keys) {
        this.config = config;
        this.redis = redis;
        this.keys = keys;
        this.programme = new Programme(config);
    }

    @Override
    public Future<?> start() {
        traffic = new Traffic(System.nanoTime(), false);
        link = RedisLink.open(vertx, redis, "p35-simulator");
        health = new HealthBeat(vertx, "simulator", deploymentID(), this::condition);
        begin();
        return Future.succeededFuture();
    }

    /** The past goes into an empty stream only: behind newer entries nothing older can be added. */
    private void begin() {
        OrderedWriter writer = new OrderedWriter(vertx, link, keys.stream());
        writer.awaitNewest()
                .compose(newest -> newest.equals(EntryId.ZERO) ? writePast(writer) : Future.succeededFuture())
                .onSuccess(past -> goLive())
                .onFailure(error -> {
                    stuck = "The simulator cannot write to " + keys.stream() + ": " + error.getMessage();
                    LOG.warn("{}; rename or delete that key and deploy the simulator again", stuck);
                });
    }

    private Future<Void> writePast(OrderedWriter writer) {
        doing = "writes the past";
        Past past = new Past(traffic, config, System.nanoTime(), Instant.now().minusSeconds(1));
        return writeRest(writer, past)
                .onSuccess(done -> LOG.info(
                        "Wrote {} entries of the last {} minutes, all healthy",
                        written,
                        config.past().toMinutes()));
    }

    private Future<Void> writeRest(OrderedWriter writer, Past past) {
        if (past.finished()) {
            return Future.succeededFuture();
        }
        List<OrderedWriter.Numbered> entries = past.next();
        return writer.write(entries).compose(done -> {
            written += entries.size();
            return writeRest(writer, past);
        });
    }

    private void goLive() {
        liveSince = Instant.now();
        arrivals = new Arrivals(System.nanoTime(), liveSince);
        tick();
        vertx.setPeriodic(TICK_MILLIS, fired -> tick());
    }

    private void tick() {
        Instant now = Instant.now();
        Programme.Scene next = programme.at(Duration.between(liveSince, now));
        if (!next.equals(scene)) {
            scene = next;
            doing = "plays " + scene.mood();
            LOG.info("Next {}: {}", words(scene.length()), scene.mood().announcement());
        }
        double perSecond = config.rate() * scene.mood().pace() * Programme.swing(now);
        List<Request> requests = arrivals.until(now, perSecond).stream()
                .map(at -> OrderedWriter.addCapped(keys.stream(), MAX_LENGTH, traffic.next(at, scene.mood())))
                .toList();
        link.batch(requests)
                .onSuccess(answers -> written += answers.size())
                .onFailure(error -> dropped += requests.size());
    }

    private static String words(Duration length) {
        return length.toSecondsPart() == 0 ? length.toMinutes() + " min" : length.toSeconds() + " s";
    }

    private HealthBeat.Condition condition() {
        String trouble = stuck != null ? stuck : link.trouble();
        return new HealthBeat.Condition(
                trouble == null ? Level.UP : Level.DOWN,
                trouble == null ? "The simulator " + doing + "." : trouble,
                Map.of("written", written, "dropped", dropped));
    }

    @Override
    public Future<?> stop() {
        health.close();
        return link.close();
    }
}
