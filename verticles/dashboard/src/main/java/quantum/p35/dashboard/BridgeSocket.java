package quantum.p35.dashboard;

import io.vertx.ext.web.handler.sockjs.SockJSSocket;
import java.time.Duration;
import java.time.Instant;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.SequencedMap;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import quantum.p35.api.Failure;

/**
 * One program at the bridge. One that does not keep up gets the newest of each fact and not all of them; one that goes on
 * asking without reading the answers is cut off. So it holds a bounded amount of memory, whatever it does.
 */
final class BridgeSocket {

    private static final Logger LOG = LoggerFactory.getLogger(BridgeSocket.class);

    /** Characters on their way to it, from which on facts wait. */
    private static final int KEEPS_UP = 64 * 1024;

    private static final int MOST_UNREAD = 256 * 1024;
    private static final int MOST_AT_ONCE = 16;
    private static final Duration SILENCE = Duration.ofSeconds(30);

    static final int GOING_AWAY = 1001;

    private final SockJSSocket socket;
    private final Wire wire;
    private final BridgeCrowd crowd;
    private final Set<String> facts = new HashSet<>();
    private final SequencedMap<String, String> waiting = new LinkedHashMap<>();

    /** Addresses with facts that it will never hear of, and was not told so yet. */
    private final Set<String> leftOut = new HashSet<>();

    private Instant heard;
    private int unread;
    private int underWay;
    private boolean refused;
    private boolean ending;

    /** Null when there is none to say, or it is said. */
    private Runnable farewell;

    /** @param crowd which it belongs to until its connection is gone */
    BridgeSocket(SockJSSocket socket, BridgeCrowd crowd, Instant now) {
        this.socket = socket;
        this.crowd = crowd;
        this.heard = now;
        wire = Wire.under(socket.routingContext().request().connection());
        crowd.add(this);
        wire.whenGone(() -> {
            forget();
            crowd.remove(this);
        });
    }

    /** It said something. False when that does not matter any more, since it was sent away. */
    boolean heardAt(Instant now) {
        heard = now;
        return !ending;
    }

    void register(String address) {
        facts.add(address);
    }

    void unregister(String address) {
        facts.remove(address);
        waiting.remove(address);
        leftOut.remove(address);
    }

    boolean listensTo(String address) {
        return facts.contains(address);
    }

    /** Characters on their way to it. */
    int unread() {
        return unread;
    }

    /** Null when it may ask, and then {@link #answered} must follow; else why not. */
    String mayNotAsk() {
        if (underWay == MOST_AT_ONCE) {
            return "too many questions at once on this socket: wait for an answer first";
        }
        if (!crowd.mayAsk()) {
            return "too many questions at once at the bridge: ask again in a moment";
        }
        underWay++;
        return null;
    }

    void answered() {
        underWay--;
        crowd.answered();
    }

    /** A fact that it listens to. */
    void tell(String address, String frame) {
        if (unread > KEEPS_UP) {
            if (waiting.put(address, frame) != null) {
                leftOut.add(address);
            }
        } else {
            write(frame);
        }
    }

    /** @param replyAddress null: it does not want to know */
    void pong(String replyAddress) {
        if (replyAddress != null) {
            write(BridgeFrame.pong(replyAddress));
        }
    }

    /** @param replyAddress null: it does not want to know */
    void answer(String replyAddress, Object answer) {
        if (replyAddress != null && !ending) {
            write(BridgeFrame.told(replyAddress, answer));
        }
    }

    /** @param address null when there is none to name */
    void fail(String address, HttpError error) {
        write(BridgeFrame.failed(address, error));
    }

    /** As {@link #fail}, for what is its own mistake: the first is logged, a flood of them is not. */
    void refuse(String address, HttpError error) {
        if (!refused) {
            refused = true;
            LOG.warn("refused a frame of {} at the bridge: {}", this, error.getMessage());
        }
        fail(address, error);
    }

    private void write(String frame) {
        if (ending) {
            return;
        }
        if (unread > MOST_UNREAD) {
            LOG.warn("{} at the bridge asks and does not read the answers: sent away", this);
            cut();
            return;
        }
        crowd.makeRoom();
        if (ending) {
            return;
        }
        // the number and not the frame, or that would be held until it is read
        int length = frame.length();
        unread += length;
        socket.write(frame).onComplete(written -> {
            unread = Math.max(0, unread - length);
            flush();
            sayFarewell();
        });
    }

    private void flush() {
        while (unread <= KEEPS_UP && !waiting.isEmpty()) {
            Map.Entry<String, String> fact = waiting.pollFirstEntry();
            if (leftOut.remove(fact.getKey())) {
                fail(fact.getKey(), missed(fact.getKey()));
            }
            write(fact.getValue());
        }
    }

    /** One alert or one component is told of at a time, so that the newest fact says nothing of the others. */
    private static HttpError missed(String address) {
        return HttpError.ofReply(
                Failure.UNAVAILABLE.because("some facts of " + address + " were left out: ask anew"), "", "");
    }

    /** Who has not said anything for a while is perhaps no more: its clients ping every 5 s. */
    void look(Instant now) {
        if (ending) {
            // it had its time to agree
            cut();
        } else if (Duration.between(heard, now).compareTo(SILENCE) >= 0) {
            end(GOING_AWAY, "nothing heard for " + SILENCE.toSeconds() + " s: send {\"type\":\"ping\"} now and then");
        }
    }

    void goAway(String reason) {
        end(GOING_AWAY, reason);
    }

    private void end(int code, String reason) {
        if (!ending) {
            ending = true;
            waiting.clear();
            farewell = () -> socket.close(code, reason);
            sayFarewell();
        }
    }

    /** Behind what is not read Vert.x would go on with the farewell even when the connection is cut, and log a stack trace. */
    private void sayFarewell() {
        if (farewell != null && unread == 0) {
            Runnable now = farewell;
            farewell = null;
            now.run();
        }
    }

    /** Ends its connection, for which a word of farewell would wait behind all that it does not read. */
    void cut() {
        forget();
        wire.cut();
    }

    private void forget() {
        ending = true;
        farewell = null;
        facts.clear();
        waiting.clear();
        unread = 0;
    }

    @Override
    public String toString() {
        return String.valueOf(socket.remoteAddress());
    }
}
