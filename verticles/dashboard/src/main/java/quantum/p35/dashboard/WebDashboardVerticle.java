package quantum.p35.dashboard;

import io.micrometer.core.instrument.MeterRegistry;
import io.vertx.core.Future;
import io.vertx.core.VerticleBase;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.ext.web.Router;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import quantum.p35.api.Addresses;
import quantum.p35.api.AlertChange;
import quantum.p35.api.HealthBeat;
import quantum.p35.api.HealthReport;
import quantum.p35.api.HealthReport.Level;
import quantum.p35.api.WindowsUpdated;

/** Serves the HTTP API, the live events, the bridge to the event bus and the page. Whatever it says it asked on the event bus. */
public final class WebDashboardVerticle extends VerticleBase {

    private static final Logger LOG = LoggerFactory.getLogger(WebDashboardVerticle.class);
    private static final int GRACE_SECONDS = 5;
    private static final int IDLE_SECONDS = 60;
    private static final int WEB_SOCKET_CLOSING_SECONDS = 2;

    private final DashboardConfig config;
    private final MeterRegistry metrics;
    private final String instance = UUID.randomUUID().toString();
    private final Callers callers = new Callers();
    private HttpServer server;
    private LiveEvents events;
    private Bridge bridge;
    private Doors doors;
    private HealthBeat beat;

    public WebDashboardVerticle(DashboardConfig config, MeterRegistry metrics) {
        this.config = config;
        this.metrics = metrics;
    }

    @Override
    public Future<?> start() {
        Bus bus = new Bus(vertx.eventBus());
        HealthDesk desk = new HealthDesk(bus);
        events = new LiveEvents(vertx, bus, desk, metrics);
        bridge = new Bridge(vertx, bus, config.token() != null, metrics);
        doors = new Doors(new Access(config.token()), metrics);
        var reports =
                vertx.eventBus().<HealthReport>consumer(Addresses.HEALTH_CHANGED, message -> desk.take(message.body()));
        var windows = vertx.eventBus()
                .<WindowsUpdated>consumer(Addresses.WINDOWS_UPDATED, message -> events.onWindowsUpdated());
        var alerts = vertx.eventBus()
                .<AlertChange>consumer(Addresses.ALERTS_CHANGED, message -> events.onAlertChanged(message.body()));
        return Future.all(reports.completion(), windows.completion(), alerts.completion(), bridge.start())
                .compose(hearing -> {
                    // or one that takes another's place would know of nobody for seconds
                    vertx.eventBus().publish(Addresses.HEALTH_ASKED, null);
                    return Contract.load(vertx);
                })
                .compose(contract -> listen(new HttpApi(contract.rules(), bus, desk, events, doors)
                        .router(vertx, config, new Probes(desk, metrics, contract.document()), bridge)))
                .onSuccess(this::onListening)
                .onFailure(error -> {
                    events.close();
                    bridge.close();
                });
    }

    private Future<HttpServer> listen(Router router) {
        HttpServerOptions options = new HttpServerOptions()
                .setHttp2ClearTextEnabled(false)
                .setCompressionSupported(true)
                .setIdleTimeout(IDLE_SECONDS)
                .setIdleTimeoutUnit(TimeUnit.SECONDS)
                .setMaxWebSocketFrameSize(HttpApi.LARGEST_BODY)
                .setMaxWebSocketMessageSize(HttpApi.LARGEST_BODY)
                // or a compressor would hold memory for every program that only waits
                .setPerMessageWebSocketCompressionSupported(false)
                .setPerFrameWebSocketCompressionSupported(false)
                // how long a program may take to agree to its end; well within the grace
                .setWebSocketClosingTimeout(WEB_SOCKET_CLOSING_SECONDS);
        return vertx.createHttpServer(options)
                .requestHandler(router)
                .connectionHandler(callers::take)
                .listen(config.port(), config.host())
                .recover(error -> Future.failedFuture(new IllegalStateException(
                        "cannot listen on " + config.host() + ":" + config.port() + " (" + error.getMessage()
                                + "): free the port, or choose another with P35_HTTP_PORT or dashboard.port",
                        error)));
    }

    private void onListening(HttpServer listening) {
        server = listening;
        beat = new HealthBeat(vertx, "dashboard", instance, this::condition);
        LOG.info(
                "dashboard on http://{}:{} ({})",
                config.host(),
                server.actualPort(),
                config.token() == null ? "no token: loopback only" : "a token is needed");
    }

    private HealthBeat.Condition condition() {
        String sentence = "listens on " + config.host() + ":" + server.actualPort();
        return new HealthBeat.Condition(
                Level.UP,
                sentence,
                Map.of("port", server.actualPort(), "watching", events.watching(), "bridged", bridge.connected()));
    }

    @Override
    public Future<?> stop() {
        if (beat != null) {
            beat.close();
        }
        doors.drain();
        events.close();
        bridge.close();
        return server == null
                ? Future.succeededFuture()
                : callers.gone(vertx).compose(gone -> server.shutdown(GRACE_SECONDS, TimeUnit.SECONDS));
    }
}
