package quantum.p35.runtime;

import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import quantum.p35.api.Verticles;

/**
 * The section {@code cluster}: where this process is found by the others, and they by it. Counts with {@code --cluster}
 * only.
 *
 * @param name of the cluster; processes of another one are not let in
 * @param node what people call this process; {@link #AUTO}: where it is found
 * @param host an address of this machine that the others reach; it is listened on no other
 * @param port who is there and who listens where (Hazelcast)
 * @param busPort the messages
 * @param members {@code host:port} of every process, this one too
 * @param key PEM file, of this process; with {@code certificate} and {@code ca} the messages are encrypted, and each side
 *     must show a certificate; {@link #NONE} for all three, or for none of them
 * @param ca PEM file: who signs the certificates that are believed
 */
record ClusterConfig(
        String name,
        String node,
        String host,
        int port,
        int busPort,
        List<String> members,
        String key,
        String certificate,
        String ca) {

    static final String AUTO = "auto";
    static final String NONE = "none";

    private static final Pattern NAME = Pattern.compile("[A-Za-z0-9][A-Za-z0-9._:-]{0,63}");
    private static final Pattern HOST = Pattern.compile("[A-Za-z0-9._:%-]+");
    private static final Pattern MEMBER = Pattern.compile("(\\[[0-9A-Fa-f:.%a-z]+]|[A-Za-z0-9._-]+):([0-9]{1,5})");
    private static final List<String> EVERYWHERE = List.of("0.0.0.0", "::");
    private static final int LAST_PORT = 65_535;

    static final ClusterConfig DEFAULT =
            new ClusterConfig("p35", AUTO, "127.0.0.1", 5701, 5702, List.of(), NONE, NONE, NONE);

    ClusterConfig {
        named("name", name);
        named("node", node);
        if (node.equals(Verticles.HERE)) {
            throw new IllegalArgumentException(
                    "cluster.node is 'here', which means the process that is asked: take" + " another name");
        }
        if (!HOST.matcher(host).matches() || EVERYWHERE.contains(host)) {
            throw new IllegalArgumentException("cluster.host is '" + host
                    + "': it must be the one address of this machine that the other nodes reach");
        }
        inRange("port", port);
        inRange("busPort", busPort);
        if (port == busPort) {
            throw new IllegalArgumentException(
                    "cluster.busPort is " + busPort + ", as cluster.port: each needs a port of its own");
        }
        members = members.stream().distinct().toList();
        members.forEach(ClusterConfig::member);
        long given = Stream.of(key, certificate, ca)
                .filter(file -> !file.equals(NONE))
                .count();
        if (given != 0 && given != 3) {
            throw new IllegalArgumentException("cluster.key, cluster.certificate and cluster.ca belong together: name a"
                    + " file for each, or none for all three");
        }
    }

    private static void named(String key, String value) {
        if (!NAME.matcher(value).matches()) {
            throw new IllegalArgumentException("cluster." + key + " is '" + value
                    + "': it must be 1 to 64 letters, digits and . _ : -, a letter or digit first");
        }
    }

    private static void inRange(String key, int port) {
        if (port < 1 || port > LAST_PORT) {
            throw new IllegalArgumentException("cluster." + key + " is " + port + ": it must be 1 to " + LAST_PORT);
        }
    }

    private static void member(String member) {
        var parts = MEMBER.matcher(member);
        if (!parts.matches() || Integer.parseInt(parts.group(2)) < 1 || Integer.parseInt(parts.group(2)) > LAST_PORT) {
            throw new IllegalArgumentException("cluster.members has '" + member
                    + "': give host:port of each node, its cluster.host and cluster.port");
        }
    }

    /** What people call this process. */
    String called() {
        return node.equals(AUTO) ? at() : node;
    }

    /** Where it is found: {@code host:port}, as the members are written. */
    String at() {
        return (host.contains(":") ? "[" + host + "]" : host) + ":" + port;
    }

    /** Hosts of the members with that port. */
    List<String> membersAt(int which) {
        return members.stream()
                .filter(member -> member.endsWith(":" + which))
                .map(member -> member.substring(0, member.lastIndexOf(':')))
                .toList();
    }

    boolean encrypted() {
        return !key.equals(NONE);
    }
}
