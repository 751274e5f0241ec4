package quantum.p35.dashboard;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
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
import quantum.p35.dashboard.BridgeRight.Kind;

/**
 * The event bus for programs that are not Java, over WebSockets: {@link BridgeRight} says what they may. A fact is written
 * as JSON once, however many listen.
 *
 * <p>Used from the event loop of its verticle, but for the gauge, which carries the instance and goes with it.
 */
final class Bridge {

    private static final Logger LOG = LoggerFactory.getLogger(Bridge.class);
    private static final int MOST_SOCKETS = 100;
    private static final int TRY_AGAIN_LATER = 1013;
    private static final long LOOK_MILLIS = 10_000;

    private final Vertx vertx;
    private final Bus bus;
    private final boolean commands;
    private final MeterRegistry metrics;
    private final Set<BridgeSocket> sockets = ConcurrentHashMap.newKeySet();
    private final Gauge gauge;
    private final Counter refused;
    private final long timer;
    private boolean closed;

    /** @param commands whether who came in showed the token, and so may command */
    Bridge(Vertx vertx, Bus bus, boolean commands, MeterRegistry metrics, String instance) {
        this.vertx = vertx;
        this.bus = bus;
        this.commands = commands;
        this.metrics = metrics;
        gauge = Gauge.builder("p35.dashboard.bridge.sockets", sockets, Set::size)
                .description("programs at the bridge")
                .baseUnit("sockets")
                .tag("verticle", instance)
                .register(metrics);
        refused = Counter.builder("p35.dashboard.bridge.refused")
                .description("frames of programs at the bridge that were refused")
                .baseUnit("frames")
                .register(metrics);
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
                .handler(frame -> hear(program, frame));
    }

    private void onFact(String address, Object fact) {
        List<BridgeSocket> listeners =
                sockets.stream().filter(socket -> socket.listensTo(address)).toList();
        if (!listeners.isEmpty()) {
            String frame = BridgeFrame.told(address, fact);
            listeners.forEach(socket -> socket.tell(address, frame));
        }
    }

    private void hear(BridgeSocket from, Buffer text) {
        if (!from.heardAt(Instant.now())) {
            return;
        }
        BridgeFrame frame;
        try {
            frame = BridgeFrame.read(text.toString());
        } catch (IllegalArgumentException e) {
            refuse(from, null, HttpError.badRequest(e.getMessage()));
            return;
        }
        switch (frame.type()) {
            case PING -> {}
            case REGISTER -> register(from, frame.address());
            case UNREGISTER -> from.unregister(frame.address());
            case PUBLISH ->
                refuse(from, frame.address(), denied("nobody may publish over the bridge: send a question"));
            case SEND -> send(from, frame);
        }
    }

    private void register(BridgeSocket from, String address) {
        if (BridgeRight.FACTS.contains(address)) {
            from.register(address);
        } else {
            refuse(
                    from,
                    address,
                    denied("'" + Columns.cut(address, 100) + "' may not be listened to, only "
                            + String.join(", ", BridgeRight.FACTS)));
        }
    }

    private void send(BridgeSocket from, BridgeFrame frame) {
        BridgeRight right = BridgeRight.at(frame.address());
        if (right == null || right.kind() == Kind.FACT) {
            refuse(
                    from,
                    frame.replyAddress(),
                    denied("nothing may be sent to '" + Columns.cut(frame.address(), 100)
                            + "': docs/event-bus.md lists what may be asked"));
        } else if (right.kind() == Kind.COMMAND && !commands) {
            refuse(
                    from,
                    frame.replyAddress(),
                    denied("a command over the bridge needs a token: set P35_API_TOKEN for the service, and connect"
                            + " with it"));
        } else if (!from.mayAsk()) {
            HttpError tooMany = new HttpError(
                    429, "too_many", "too many questions at once on this socket: wait for an answer first");
            refuse(from, frame.replyAddress(), tooMany);
        } else {
            ask(right, frame)
                    .onComplete(done -> from.answered())
                    .onSuccess(answer -> from.answer(frame.replyAddress(), answer))
                    .onFailure(error -> from.fail(frame.replyAddress(), (HttpError) error));
        }
    }

    /** Fails with a {@link HttpError} only. */
    private Future<Object> ask(BridgeRight right, BridgeFrame frame) {
        Record body;
        try {
            body = BridgeBody.read(frame.body(), right.body());
        } catch (IllegalArgumentException e) {
            return Future.failedFuture(HttpError.badRequest(e.getMessage()));
        }
        return right.kind() == Kind.COMMAND
                ? bus.command(frame.address(), body, Object.class)
                : bus.ask(frame.address(), body, Object.class);
    }

    private void refuse(BridgeSocket from, String address, HttpError error) {
        refused.increment();
        from.refuse(address, error);
    }

    private static HttpError denied(String message) {
        return new HttpError(403, "denied", message);
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
        metrics.remove(gauge);
        sockets.forEach(socket -> socket.goAway("this instance ends: connect again"));
    }
}
