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
    private static final int TRY_AGAIN_LATER = 1013;
    private static final long LOOK_MILLIS = 10_000;

    /** For a program to agree to its end, and to read what is on its way: much less than an orderly stop may take. */
    private static final long FAREWELL_MILLIS = 500;

    private static final String ENDS = "this instance ends: connect again";

    private final Vertx vertx;
    private final BridgeTalk talk;
    private final Instances<Bridge> instances;
    private final BridgeCrowd crowd = new BridgeCrowd();
    private final Counter refused;
    private final long timer;
    private boolean turnedAway;
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
        if (closed) {
            socket.close(BridgeSocket.GOING_AWAY, ENDS);
        } else if (crowd.hasPlace()) {
            turnedAway = false;
            admit(socket);
        } else {
            turnAway(socket);
        }
    }

    private void admit(SockJSSocket socket) {
        BridgeSocket program = new BridgeSocket(socket, crowd, Instant.now());
        socket.exceptionHandler(error -> {
                    LOG.debug("{} at the bridge: {}", program, error.getMessage());
                    program.cut();
                })
                .handler(frame -> talk.hear(program, frame.toString(), Instant.now()));
    }

    /** Logs it once until there is place again. */
    private void turnAway(SockJSSocket socket) {
        if (!turnedAway) {
            turnedAway = true;
            LOG.warn(
                    "no place at the bridge for {} and who comes after it: {} are there",
                    socket.remoteAddress(),
                    crowd.size());
        }
        refused.increment();
        socket.close(TRY_AGAIN_LATER, "no place at the moment: try again later");
    }

    private void onFact(String address, Object fact) {
        List<BridgeSocket> listeners = crowd.listeningTo(address).toList();
        if (!listeners.isEmpty()) {
            String frame = BridgeFrame.told(address, fact);
            listeners.forEach(socket -> socket.tell(address, frame));
        }
    }

    /** Sends away who has gone without a word, and ends who was sent away and is still there. */
    void look(Instant now) {
        crowd.forEach(socket -> socket.look(now));
    }

    int connected() {
        return crowd.size();
    }

    /** Sends everybody away, and ends who has not gone soon: the server's shutdown would wait for them. */
    void close() {
        closed = true;
        vertx.cancelTimer(timer);
        instances.remove(this);
        crowd.forEach(socket -> socket.goAway(ENDS));
        vertx.setTimer(FAREWELL_MILLIS, fired -> crowd.forEach(BridgeSocket::cut));
    }
}
