package quantum.p35.dashboard;

import io.micrometer.core.instrument.Counter;
import io.vertx.core.Future;
import java.time.Instant;
import quantum.p35.dashboard.BridgeRight.Kind;

/**
 * What a program at the bridge says, and what comes of it: {@link BridgeRight} says what it may. It asks as the HTTP API
 * does, with the same time limits and the same words. Whatever is refused is refused with a reason, at the reply address.
 */
final class BridgeTalk {

    private final Bus bus;
    private final boolean commands;
    private final Counter refused;

    BridgeTalk(Bus bus, boolean commands, Counter refused) {
        this.bus = bus;
        this.commands = commands;
        this.refused = refused;
    }

    void hear(BridgeSocket from, String text, Instant now) {
        if (!from.heardAt(now)) {
            return;
        }
        BridgeFrame frame;
        try {
            frame = BridgeFrame.read(text);
        } catch (IllegalArgumentException e) {
            refuse(from, null, HttpError.badRequest(e.getMessage()));
            return;
        }
        switch (frame.type()) {
            case PING -> from.pong(frame.replyAddress());
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
        } else {
            ask(from, right, frame);
        }
    }

    private void ask(BridgeSocket from, BridgeRight right, BridgeFrame frame) {
        Record body;
        try {
            body = BridgeBody.read(frame.body(), right.body());
        } catch (IllegalArgumentException e) {
            refuse(from, frame.replyAddress(), HttpError.badRequest(e.getMessage()));
            return;
        }
        String tooMany = from.mayNotAsk();
        if (tooMany != null) {
            refuse(from, frame.replyAddress(), new HttpError(429, "too_many", tooMany));
            return;
        }
        ask(right.kind(), frame.address(), body)
                .onComplete(done -> from.answered())
                .onSuccess(answer -> from.answer(frame.replyAddress(), answer))
                .onFailure(error -> from.fail(frame.replyAddress(), (HttpError) error));
    }

    /** Fails with a {@link HttpError} only. */
    private Future<Object> ask(Kind kind, String address, Record body) {
        return kind == Kind.COMMAND ? bus.command(address, body, Object.class) : bus.ask(address, body, Object.class);
    }

    private void refuse(BridgeSocket from, String address, HttpError error) {
        refused.increment();
        from.refuse(address, error);
    }

    private static HttpError denied(String message) {
        return new HttpError(403, "denied", message);
    }
}
