package quantum.p35.dashboard;

import java.util.Comparator;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The programs at one bridge, and what they may take together: a hundred that each keep their own bounds would be more than
 * the service has. Used from one event loop, but for {@link #size}.
 */
final class BridgeCrowd {

    private static final Logger LOG = LoggerFactory.getLogger(BridgeCrowd.class);

    private static final int MOST_SOCKETS = 100;

    /** Characters on their way to all of them. */
    private static final long MOST_UNREAD = 8L * 1024 * 1024;

    private static final int MOST_AT_ONCE = 64;

    private final Set<BridgeSocket> sockets = ConcurrentHashMap.newKeySet();
    private int underWay;

    boolean hasPlace() {
        return sockets.size() < MOST_SOCKETS;
    }

    void add(BridgeSocket socket) {
        sockets.add(socket);
    }

    void remove(BridgeSocket socket) {
        sockets.remove(socket);
    }

    int size() {
        return sockets.size();
    }

    void forEach(Consumer<BridgeSocket> action) {
        sockets.forEach(action);
    }

    Stream<BridgeSocket> listeningTo(String address) {
        return sockets.stream().filter(socket -> socket.listensTo(address));
    }

    /** False when all together ask too much at once; else {@link #answered} must follow, whoever is gone by then. */
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

    /** Before more is written: sends away whoever reads least, until what waits for all of them can be borne. */
    void makeRoom() {
        long unread = sockets.stream().mapToLong(BridgeSocket::unread).sum();
        while (unread > MOST_UNREAD) {
            BridgeSocket largest = sockets.stream()
                    .max(Comparator.comparingInt(BridgeSocket::unread))
                    .orElseThrow();
            LOG.warn(
                    "the programs at the bridge leave {} characters unread, {} the most of them, {}: sent away",
                    unread,
                    largest,
                    largest.unread());
            unread -= largest.unread();
            largest.cut();
        }
    }
}
