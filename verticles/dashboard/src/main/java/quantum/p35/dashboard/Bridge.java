package quantum.p35.dashboard;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.handler.sockjs.SockJSHandler;
import io.vertx.ext.web.handler.sockjs.SockJSHandlerOptions;
import io.vertx.ext.web.handler.sockjs.SockJSSocket;
import io.vertx.ext.web.handler.sockjs.Transport;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import quantum.p35.api.Instances;

/**
 * The event bus for programs that are not Java, over WebSockets: lets them in, and tells them facts. A fact is written as
 * JSON once, however many listen.
 *
 * <p>Used from the event loop of its verticle, but for the gauge.
 */
final class Bridge {

    private static final Logger LOG = LoggerFactory.getLogger(Bridge.class);
    private static final int MOST_SOCKETS = 100;
    private static final int TRY_AGAIN_LATER = 1013;
    private static final long LOOK_MILLIS = 10_000;

    private final Vertx vertx;
    private final BridgeTalk talk;
    private final Instances<Bridge> instances;
    private final Set<BridgeSocket> sockets = ConcurrentHashMap.newKeySet();
    private final Counter refused;
    private final long timer;
    private boolean closed;

    /** @param commands whether who came in showed the token, and so may command */
    Bridge(Vertx vertx, Bus bus, boolean commands, MeterRegistry metrics) {
        this.vertx = vertx;
        instances = Instances.of(vertx, "dashboard-bridge");
        if (instances.add(this)) {
            Gauge.builder("p35.dashboard.bridge.sockets", instances, all -> all.sum(Bridge::connected))
                    .description("programs at the bridge")
                    .baseUnit("sockets")
                    .register(metrics);
        }
        refused = Counter.builder("p35.dashboard.bridge.refused")
                .description("frames of programs at the bridge that were refused")
                .baseUnit("frames")
                .register(metrics);
        talk = new BridgeTalk(bus, commands, refused);
        timer = vertx.setPeriodic(LOOK_MILLIS, fired -> look(Instant.now()));
    }

    /** Completes when it hears every fact. */
    Future<Void> start() {
        List<Future<Void>> hearing = BridgeRight.FACTS.stream()
                .map(address -> vertx.eventBus()
                        .consumer(address, message -> onFact(address, message.body()))
                        .completion())
                .toList();
        return Future.all(hearing).mapEmpty();
    }

    /** WebSockets only: what SockJS falls back to without them would be plain requests that another site can send. */
    Router routes() {
        SockJSHandlerOptions options = new SockJSHandlerOptions().setInsertJSESSIONID(false);
        for (Transport transport : Transport.values()) {
            if (transport != Transport.WEBSOCKET) {
                options.addDisabledTransport(transport.name());
            }
        }
        return SockJSHandler.create(vertx, options).socketHandler(this::accept);
    }

    private void accept(SockJSSocket socket) {
        if (closed || sockets.size() >= MOST_SOCKETS) {
            LOG.warn("no place at the bridge for {}: {} are there", socket.remoteAddress(), sockets.size());
            refused.increment();
            socket.close(TRY_AGAIN_LATER, "no place at the moment: try again later");
            return;
        }
        BridgeSocket program = new BridgeSocket(socket, Instant.now());
        sockets.add(program);
        socket.closeHandler(gone -> sockets.remove(program))
                .exceptionHandler(error -> {
                    LOG.debug("{} at the bridge: {}", socket.remoteAddress(), error.getMessage());
                    sockets.remove(program);
                    socket.close();
                })
                .handler(frame -> talk.hear(program, frame.toString(), Instant.now()));
    }

    private void onFact(String address, Object fact) {
        List<BridgeSocket> listeners =
                sockets.stream().filter(socket -> socket.listensTo(address)).toList();
        if (!listeners.isEmpty()) {
            String frame = BridgeFrame.told(address, fact);
            listeners.forEach(socket -> socket.tell(address, frame));
        }
    }

    /** Sends away who has gone without a word. */
    void look(Instant now) {
        sockets.forEach(socket -> socket.look(now));
    }

    int connected() {
        return sockets.size();
    }

    /** Sends everybody away. Nobody waits for it: who does not read is ended by the server's shutdown. */
    void close() {
        closed = true;
        vertx.cancelTimer(timer);
        instances.remove(this);
        sockets.forEach(socket -> socket.goAway("this instance ends: connect again"));
    }
}
