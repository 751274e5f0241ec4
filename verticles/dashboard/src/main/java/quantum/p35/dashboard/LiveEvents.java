package quantum.p35.dashboard;

import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServerResponse;
import java.util.EnumMap;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import quantum.p35.api.Addresses;
import quantum.p35.api.AlertChange;
import quantum.p35.api.Instances;
import quantum.p35.api.Why;
import quantum.p35.api.WindowName;

/**
 * Everybody who watches: a snapshot first, then what changed. One question a window and change, however many watch it.
 *
 * <p>Used from the event loop of its verticle, but for the gauge.
 */
final class LiveEvents {

    private static final Logger LOG = LoggerFactory.getLogger(LiveEvents.class);
    private static final long HEALTH_MILLIS = 1_000;
    /** Figures tick: tell them now and then although no level changed. */
    private static final int HEALTH_AT_LEAST_EVERY = 5;

    private static final long ALERTS_MILLIS = 10_000;
    private static final long COMMENT_MILLIS = 15_000;

    private final Vertx vertx;
    private final Bus bus;
    private final HealthDesk desk;
    private final Set<Watcher> watchers = ConcurrentHashMap.newKeySet();
    private final Map<WindowName, OneAtATime> windows = new EnumMap<>(WindowName.class);
    private final AlertFeed alerts;
    private final long[] timers;
    private final Instances<LiveEvents> instances;
    private Health told;
    private int looks;
    private boolean closed;

    LiveEvents(Vertx vertx, Bus bus, HealthDesk desk, MeterRegistry metrics) {
        this.vertx = vertx;
        this.bus = bus;
        this.desk = desk;
        alerts = new AlertFeed(bus, watchers);
        for (WindowName window : WindowName.values()) {
            windows.put(window, new OneAtATime(() -> ask(window, watchers)));
        }
        instances = Instances.of(vertx, "dashboard");
        if (instances.add(this)) {
            Gauge.builder("p35.dashboard.watchers", instances, all -> all.sum(LiveEvents::watching))
                    .description("open event streams")
                    .baseUnit("streams")
                    .register(metrics);
        }
        timers = new long[] {
            vertx.setPeriodic(HEALTH_MILLIS, id -> lookAtHealth()),
            vertx.setPeriodic(ALERTS_MILLIS, id -> alerts.refresh()),
            vertx.setPeriodic(COMMENT_MILLIS, id -> watchers.forEach(Watcher::comment))
        };
    }

    void watch(HttpServerResponse response, WindowName window) {
        if (closed) {
            response.setStatusCode(503).end();
            return;
        }
        Watcher watcher = new Watcher(response, window, watchers::remove);
        watchers.add(watcher);
        ask(window, Set.of(watcher));
        alerts.snapshot(watcher);
        desk.health()
                .onSuccess(health -> watcher.tell("health", Json.of(health)))
                .onFailure(error -> LOG.warn("no health for a new watcher: {}", error.getMessage()));
    }

    /** The windows changed: whoever watches hears it. */
    void onWindowsUpdated() {
        watchers.stream().map(Watcher::window).collect(Collectors.toSet()).forEach(window -> windows.get(window)
                .ask());
    }

    void onAlertChanged(AlertChange change) {
        alerts.onAlertChanged(change);
    }

    private Future<Why.Answer> ask(WindowName window, Set<Watcher> readers) {
        return bus.ask(Addresses.INSIGHT_WHY, new Why.Question(window), Why.Answer.class)
                .onSuccess(answer -> {
                    var json = Json.of(answer);
                    readers.stream()
                            .filter(watcher -> watcher.window() == window)
                            .forEach(watcher -> watcher.tell("windows", json));
                })
                .onFailure(error -> LOG.debug("no answer for the watchers: {}", error.getMessage()));
    }

    private void lookAtHealth() {
        if (watchers.isEmpty()) {
            return;
        }
        desk.health()
                .onSuccess(health -> {
                    if (!health.saysTheSameAs(told) || ++looks >= HEALTH_AT_LEAST_EVERY) {
                        looks = 0;
                        told = health;
                        var json = Json.of(health);
                        watchers.forEach(watcher -> watcher.tell("health", json));
                    }
                })
                .onFailure(error -> LOG.warn("no health for the watchers: {}", error.getMessage()));
    }

    int watching() {
        return watchers.size();
    }

    /** Ends every stream. Nobody waits for it: a reader that does not read is cut off by the server's shutdown. */
    void close() {
        closed = true;
        for (long timer : timers) {
            vertx.cancelTimer(timer);
        }
        instances.remove(this);
        watchers.forEach(Watcher::end);
    }
}
