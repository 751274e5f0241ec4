package quantum.p35.runtime;

import java.io.IOException;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import quantum.p35.embedded.RedisServer;

/** Ports of 127.0.0.1 that nobody uses, and that the system gives to nobody who asks for any. */
final class FreePorts {

    private FreePorts() {}

    /** So many different ones. */
    static List<Integer> of(int count) throws IOException {
        Set<Integer> ports = new LinkedHashSet<>();
        while (ports.size() < count) {
            ports.add(RedisServer.freePort());
        }
        return List.copyOf(ports);
    }
}
