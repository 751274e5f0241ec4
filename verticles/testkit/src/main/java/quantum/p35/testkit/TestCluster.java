package quantum.p35.testkit;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import quantum.p35.embedded.RedisServer;
import quantum.p35.redis.RedisSettings;

/**
 * A real Redis Cluster on loopback and free ports: three masters, and a replica of the first one, which holds the slots of
 * the stream {@code quantum:stream:apply.result}. A master that is not seen for 1.5 s is taken for dead.
 *
 * <p>Not a JUnit extension: a test that breaks a cluster needs one of its own.
 */
public final class TestCluster implements AutoCloseable {

    private static final String STREAM = "quantum:stream:apply.result";
    private static final String PASSWORD = "s3cret";
    /** First and last slot of each master; the stream's is 2185. */
    private static final int[][] SLOTS = {{0, 5460}, {5461, 10922}, {10923, 16383}};

    private final List<RedisServer> nodes = new ArrayList<>();
    private final List<String> busPorts = new ArrayList<>();

    /** Returns when every slot is served and the replica is in step. */
    public static TestCluster start() {
        TestCluster all = new TestCluster();
        try {
            all.launch();
            return all;
        } catch (RuntimeException | Error e) {
            all.close();
            throw e;
        }
    }

    private TestCluster() {}

    private void launch() {
        for (int i = 0; i <= SLOTS.length; i++) {
            busPorts.add(busPort());
            nodes.add(RedisServer.start(RedisServer.Options.DEFAULT
                    .withPassword(PASSWORD)
                    .withConfig(
                            "masterauth " + PASSWORD,
                            "cluster-enabled yes",
                            "cluster-port " + busPorts.get(i),
                            "cluster-node-timeout 1500",
                            "cluster-require-full-coverage no",
                            "repl-diskless-sync-delay 0")));
        }
        for (int i = 0; i < SLOTS.length; i++) {
            ask(i, "CLUSTER", "SET-CONFIG-EPOCH", Integer.toString(i + 1));
            ask(i, "CLUSTER", "ADDSLOTSRANGE", Integer.toString(SLOTS[i][0]), Integer.toString(SLOTS[i][1]));
        }
        for (int i = 1; i < nodes.size(); i++) {
            ask(
                    i,
                    "CLUSTER",
                    "MEET",
                    "127.0.0.1",
                    Integer.toString(nodes.getFirst().port()),
                    busPorts.getFirst());
        }
        Awaited.until("every node knows every other one", () -> nodes.stream()
                .allMatch(node -> Awaited.line(Awaited.ask(node, "CLUSTER", "INFO"), "cluster_known_nodes")
                        .equals(Integer.toString(nodes.size()))));
        String first = ask(0, "CLUSTER", "MYID").toString();
        ask(SLOTS.length, "CLUSTER", "REPLICATE", first);
        awaitReplica();
    }

    /** Not the usual one, 10 000 above the node's: that may be one that the system gives to a client while the node is down. */
    private static String busPort() {
        try {
            return Integer.toString(RedisServer.freePort());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /**
     * Until the one of the first and the last node that is a replica is in step, and every node says that all is well and
     * knows whose replica it is: those that do not give it no vote.
     */
    public void awaitReplica() {
        Awaited.until("the replica is in step, known to all, and every slot served", () -> {
            String known =
                    Awaited.ask(replica(), "CLUSTER", "MYID") + " .*slave " + Awaited.ask(master(), "CLUSTER", "MYID");
            return nodes.stream()
                            .allMatch(node -> ok(node)
                                    && nodesKnown(node)
                                            .anyMatch(Pattern.compile(known).asPredicate()))
                    && Awaited.line(Awaited.ask(replica(), "INFO", "replication"), "master_link_status")
                            .equals("up")
                    && Awaited.line(Awaited.ask(master(), "INFO", "replication"), "slave0")
                            .contains("state=online");
        });
    }

    private static boolean ok(RedisServer node) {
        return Awaited.line(Awaited.ask(node, "CLUSTER", "INFO"), "cluster_state")
                .equals("ok");
    }

    private static Stream<String> nodesKnown(RedisServer node) {
        return Awaited.ask(node, "CLUSTER", "NODES").toString().lines();
    }

    private Object ask(int node, String... command) {
        return Awaited.ask(nodes.get(node), command);
    }

    /** All nodes as seeds, aimed at the stream. */
    public RedisSettings settings() {
        return RedisSettings.of(url()).holding(STREAM);
    }

    /** All four nodes; the server that holds the stream is the first, or after a failover the last. */
    public String url() {
        return "redis://:" + PASSWORD + "@"
                + nodes.stream().map(node -> "127.0.0.1:" + node.port()).collect(Collectors.joining(","));
    }

    /** The node that holds the stream's slot and is a master, by its own words; waits until there is one. */
    public RedisServer master() {
        return role("master");
    }

    /** The replica of that one, by its own words; waits until there is one. */
    public RedisServer replica() {
        return role("slave");
    }

    private RedisServer role(String role) {
        List<RedisServer> found = new ArrayList<>();
        Awaited.until("there is a " + role + " for the stream's slot", () -> {
            for (RedisServer node : List.of(nodes.getFirst(), nodes.getLast())) {
                boolean answers = node.running() && !node.frozen();
                if (answers && role.equals(((List<?>) Awaited.ask(node, "ROLE")).getFirst())) {
                    found.add(node);
                }
            }
            return !found.isEmpty();
        });
        return found.getFirst();
    }

    /** In the order of the URL. */
    public List<RedisServer> nodes() {
        return List.copyOf(nodes);
    }

    /** The planned kind: the replica of the stream's slot changes places with its master; returns when it has. */
    public void failover() {
        RedisServer next = replica();
        Awaited.ask(next, "CLUSTER", "FAILOVER");
        Awaited.until("the replica is the master", () -> master() == next);
    }

    /** Asks the node that holds the stream, past the client under test. */
    public Object cli(String... command) {
        return Awaited.ask(master(), command);
    }

    @Override
    public void close() {
        nodes.stream().filter(RedisServer::running).forEach(RedisServer::kill);
        nodes.forEach(RedisServer::close);
    }
}
