package quantum.p35.runtime;

import io.vertx.core.Vertx;
import io.vertx.core.net.NetClient;
import io.vertx.core.net.NetServer;
import io.vertx.core.net.NetSocket;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/** One address that leads to one server now and to another one later, as after a failover. */
final class Door {

    private final NetServer server;
    private final NetClient client;
    private final Set<NetSocket> callers = ConcurrentHashMap.newKeySet();
    private volatile int behind;

    Door(Vertx vertx, int port) {
        behind = port;
        client = vertx.createNetClient();
        server = vertx.createNetServer().connectHandler(this::enter);
        server.listen(0, "127.0.0.1").await();
    }

    int port() {
        return server.actualPort();
    }

    /** Everybody who is connected has to come again. */
    void leadTo(int port) {
        behind = port;
        callers.forEach(NetSocket::close);
    }

    private void enter(NetSocket caller) {
        caller.pause();
        callers.add(caller);
        client.connect(behind, "127.0.0.1").onFailure(error -> caller.close()).onSuccess(inner -> {
            caller.closeHandler(gone -> {
                callers.remove(caller);
                inner.close();
            });
            inner.handler(caller::write).closeHandler(gone -> caller.close());
            caller.handler(inner::write).resume();
        });
    }
}
