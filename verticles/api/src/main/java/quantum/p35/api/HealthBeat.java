package quantum.p35.api;

import io.vertx.core.Vertx;
import io.vertx.core.eventbus.MessageConsumer;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.function.Supplier;

/**
 * Tells how an instance is: when it starts, every 5 s, when its level or sentence changed, when it is asked, and, closed in
 * {@code stop()}, that it ended in order.
 */
public final class HealthBeat implements AutoCloseable {

    public static final Duration PERIOD = Duration.ofSeconds(5);

    private static final long LOOK_MILLIS = 500;

    /** What every verticle of a Vert.x can look up, and no other process. */
    private static final String LOCAL = "p35.health";

    private static final String NODE = "node";

    /** How it is right now. @param figures numbers and words by name; no null values */
    public record Condition(HealthReport.Level level, String sentence, Map<String, Object> figures) {

        private boolean saysTheSameAs(Condition other) {
            return other != null && level == other.level && sentence.equals(other.sentence);
        }
    }

    private final Vertx vertx;
    private final String component;
    private final String instance;
    private final String node;
    private final Supplier<Condition> condition;
    private final long timer;
    private final MessageConsumer<Void> asked;
    private Condition told;
    private long toldAtMillis;

    /**
     * @param condition asked on the event loop that made this, twice a second: it must be cheap
     */
    public HealthBeat(Vertx vertx, String component, String instance, Supplier<Condition> condition) {
        this.vertx = vertx;
        this.component = component;
        this.instance = instance;
        this.node = vertx.sharedData().<String, String>getLocalMap(LOCAL).get(NODE);
        this.condition = condition;
        this.timer = vertx.setPeriodic(0, LOOK_MILLIS, id -> look());
        this.asked = vertx.eventBus().consumer(Addresses.HEALTH_ASKED, question -> tell(condition.get()));
    }

    private void look() {
        Condition now = condition.get();
        if (!now.saysTheSameAs(told) || System.currentTimeMillis() - toldAtMillis >= PERIOD.toMillis()) {
            tell(now);
        }
    }

    private void tell(Condition now) {
        told = now;
        toldAtMillis = System.currentTimeMillis();
        publish(now, Instant.ofEpochMilli(toldAtMillis), false);
    }

    private void publish(Condition now, Instant at, boolean last) {
        vertx.eventBus()
                .publish(
                        Addresses.HEALTH_CHANGED,
                        new HealthReport(component, instance, now.level, now.sentence, now.figures, at, node, last));
    }

    /** Before the first beat: the name of this process among several, which every report then bears. */
    public static void node(Vertx vertx, String name) {
        vertx.sharedData().<String, String>getLocalMap(LOCAL).put(NODE, name);
    }

    /** Says that it ended, or others would miss it, and nothing any more. */
    @Override
    public void close() {
        vertx.cancelTimer(timer);
        asked.unregister();
        if (told != null) {
            publish(new Condition(HealthReport.Level.UP, "ended in order", told.figures), Instant.now(), true);
            told = null;
        }
    }
}
