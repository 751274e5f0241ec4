package quantum.p35.dashboard;

import io.vertx.ext.web.handler.sockjs.SockJSSocket;
import java.time.Duration;
import java.time.Instant;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.SequencedMap;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One program at the bridge. One that does not keep up gets the newest of each fact and not all of them; one that goes on
 * asking without reading the answers is sent away. So it holds a bounded amount of memory, whatever it does.
 */
final class BridgeSocket {

    private static final Logger LOG = LoggerFactory.getLogger(BridgeSocket.class);

    /** Characters on their way to it, from which on facts wait. */
    private static final int KEEPS_UP = 64 * 1024;

    private static final int MOST_UNREAD = 1024 * 1024;
    private static final int MOST_AT_ONCE = 16;
    private static final Duration SILENCE = Duration.ofSeconds(30);

    private static final int GOING_AWAY = 1001;
    private static final int POLICY = 1008;

    private final SockJSSocket socket;
    private final Set<String> facts = new HashSet<>();
    private final SequencedMap<String, String> waiting = new LinkedHashMap<>();
    private Instant heard;
    private int unread;
    private int underWay;
    private boolean refused;
    private boolean ending;

    BridgeSocket(SockJSSocket socket, Instant now) {
        this.socket = socket;
        this.heard = now;
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
    }

    boolean listensTo(String address) {
        return facts.contains(address);
    }

    /** False when it asks too much at once; else {@link #answered} must follow. */
    boolean mayAsk() {
        if (underWay == MOST_AT_ONCE) {
            return false;
        }
        underWay++;
        return true;
    }

    void answered() {
        underWay--;
    }

    /** A fact that it listens to. */
    void tell(String address, String frame) {
        if (unread > KEEPS_UP) {
            waiting.put(address, frame);
        } else {
            write(frame);
        }
    }

    /** @param replyAddress null: it does not want to know */
    void answer(String replyAddress, Object answer) {
        if (replyAddress != null) {
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
            LOG.warn("refused a frame of {} at the bridge: {}", socket.remoteAddress(), error.getMessage());
        }
        fail(address, error);
    }

    private void write(String frame) {
        if (ending) {
            return;
        }
        if (unread > MOST_UNREAD) {
            LOG.warn("{} at the bridge asks and does not read the answers: sent away", socket.remoteAddress());
            end(POLICY, "read the answers");
            // who reads nothing gets no closing frame either: when we read nothing too, the server's idle time ends it
            socket.pause();
            return;
        }
        unread += frame.length();
        socket.write(frame).onComplete(written -> {
            unread -= frame.length();
            flush();
        });
    }

    private void flush() {
        while (unread <= KEEPS_UP && !waiting.isEmpty()) {
            write(waiting.pollFirstEntry().getValue());
        }
    }

    /** Who has not said anything for a while is perhaps no more: its clients ping every 5 s. */
    void look(Instant now) {
        if (Duration.between(heard, now).compareTo(SILENCE) >= 0) {
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
            socket.close(code, reason);
        }
    }
}
