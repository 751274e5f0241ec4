package quantum.p35.runtime;

import com.hazelcast.cluster.Member;
import com.hazelcast.cluster.MembershipEvent;
import com.hazelcast.cluster.MembershipListener;
import com.hazelcast.core.HazelcastInstance;
import io.vertx.core.Vertx;
import io.vertx.core.VertxBuilder;
import io.vertx.core.VertxOptions;
import io.vertx.core.eventbus.EventBusOptions;
import io.vertx.core.http.ClientAuth;
import io.vertx.core.net.PemKeyCertOptions;
import io.vertx.core.net.PemTrustOptions;
import io.vertx.spi.cluster.hazelcast.HazelcastClusterManager;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.UnknownHostException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.function.Function;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * This process as a node of a cluster: Vert.x carries the messages itself, Hazelcast knows who is there and who listens to
 * what.
 *
 * <p>With {@link HazelcastConfig} the only class that names Hazelcast: a process without {@code --cluster} has it not even on
 * its class path.
 */
final class Cluster implements Nodes {

    private static final Logger LOG = LoggerFactory.getLogger(Cluster.class);
    private static final String LOGGING = "hazelcast.logging.type";
    private static final String SLF4J = "slf4j";
    private static final long JOIN_SECONDS = 60;

    /** Who looks up an address for the first time waits for a frozen node, on one of them. */
    private static final int WORKERS = 8;

    /** A node that was frozen, or whose network went, is missed within about ten seconds by both. */
    private static final int PING_MILLIS = 5_000;

    private final String own;
    private final int expected;
    private final HazelcastInstance hazelcast;
    private final Vertx vertx;

    private Cluster(ClusterConfig config, HazelcastInstance hazelcast, Vertx vertx) {
        this.own = config.called();
        this.expected = config.members().size();
        this.hazelcast = hazelcast;
        this.vertx = vertx;
    }

    /**
     * Waits until it has joined, so not on an event loop.
     *
     * @param file finds a path that the configuration names
     * @throws StartProblem that says what is in the way
     */
    static Cluster join(ClusterConfig config, VertxOptions options, VertxBuilder builder, Function<String, Path> file)
            throws StartProblem {
        check(config);
        free("port", config.host(), config.port());
        free("busPort", config.host(), config.busPort());
        // Hazelcast's first line comes before it looks at its properties
        System.setProperty(LOGGING, SLF4J);
        HazelcastClusterManager manager = new HazelcastClusterManager(HazelcastConfig.of(config));
        options.setEventBusOptions(bus(config, file)).setWorkerPoolSize(WORKERS);
        Vertx vertx;
        try {
            vertx = builder.with(options)
                    .withClusterManager(manager)
                    .buildClustered()
                    .await(JOIN_SECONDS, TimeUnit.SECONDS);
        } catch (Exception e) {
            // await() throws whatever was the cause
            throw new StartProblem(problem(config, e));
        }
        Cluster cluster = new Cluster(config, manager.getHazelcastInstance(), vertx);
        cluster.checkName();
        LOG.info(
                "node {} of the cluster {}: {}{}",
                cluster.own,
                config.name(),
                String.join(", ", cluster.names()),
                config.encrypted() ? "" : "; messages are not encrypted");
        return cluster;
    }

    /** What can be said before it is joined. @throws StartProblem when this process is not among the members */
    static void check(ClusterConfig config) throws StartProblem {
        if (config.members().isEmpty()) {
            throw new StartProblem("cluster.members is empty: with --cluster, list host:port of every node there,"
                    + " this one's too (" + config.host() + ":" + config.port() + ")");
        }
        if (!listed(config)) {
            throw new StartProblem("cluster.members lacks this process (" + config.at()
                    + "): mend cluster.host or the list; it has " + String.join(", ", config.members()));
        }
    }

    /** Also by another name of the same address. Else the others would never look for this one, nor miss it. */
    private static boolean listed(ClusterConfig config) {
        return config.members().contains(config.at())
                || config.membersAt(config.port()).stream().anyMatch(host -> isSame(host, config.host()));
    }

    private static boolean isSame(String host, String own) {
        try {
            return List.of(InetAddress.getAllByName(host)).contains(InetAddress.getByName(own));
        } catch (UnknownHostException e) {
            return false;
        }
    }

    private static EventBusOptions bus(ClusterConfig config, Function<String, Path> file) throws StartProblem {
        EventBusOptions bus = new EventBusOptions()
                .setHost(config.host())
                .setPort(config.busPort())
                .setConnectTimeout((int) TimeUnit.SECONDS.toMillis(HazelcastConfig.CONNECT_SECONDS))
                .setClusterPingInterval(PING_MILLIS)
                .setClusterPingReplyInterval(PING_MILLIS);
        return config.encrypted()
                ? bus.setSsl(true)
                        .setClientAuth(ClientAuth.REQUIRED)
                        .setKeyCertOptions(new PemKeyCertOptions()
                                .setKeyPath(readable("key", file.apply(config.key())))
                                .setCertPath(readable("certificate", file.apply(config.certificate()))))
                        .setTrustOptions(new PemTrustOptions().addCertPath(readable("ca", file.apply(config.ca()))))
                : bus;
    }

    private static String readable(String key, Path file) throws StartProblem {
        if (!Files.isReadable(file)) {
            throw new StartProblem("cluster." + key + " names " + file
                    + ", which cannot be read: give a PEM file that this user may read");
        }
        return file.toString();
    }

    /** Looked at before anybody else notices us. */
    private static void free(String key, String host, int port) throws StartProblem {
        try (ServerSocket probe = new ServerSocket()) {
            probe.setReuseAddress(true);
            probe.bind(new InetSocketAddress(host, port));
        } catch (IOException e) {
            throw new StartProblem("cluster." + key + ": cannot listen on " + host + ":" + port + " (" + e.getMessage()
                    + "): end what uses the port, or mend cluster.host or cluster." + key);
        }
    }

    private static String problem(ClusterConfig config, Throwable error) {
        Throwable root = error;
        while (root.getCause() != null) {
            root = root.getCause();
        }
        return "cannot join the cluster " + config.name() + " (" + String.join(", ", config.members()) + ") as "
                + config.called() + ": " + root + ". Mend what it says in the section cluster";
    }

    /** Two of one name could not be told apart. One at our own address is ourselves, before a restart. */
    private void checkName() throws StartProblem {
        Member self = hazelcast.getCluster().getLocalMember();
        for (Member member : hazelcast.getCluster().getMembers()) {
            if (own.equals(member.getAttribute(HazelcastConfig.NODE))
                    && !member.getAddress().equals(self.getAddress())) {
                vertx.close().await();
                throw new StartProblem("cluster.node is '" + own + "', and so is the node at " + member.getAddress()
                        + ": give each a name of its own");
            }
        }
    }

    Vertx vertx() {
        return vertx;
    }

    @Override
    public String own() {
        return own;
    }

    @Override
    public List<String> names() {
        if (!hazelcast.getLifecycleService().isRunning()) {
            return List.of();
        }
        return hazelcast.getCluster().getMembers().stream()
                .map(member -> member.getAttribute(HazelcastConfig.NODE))
                .filter(Objects::nonNull)
                .sorted()
                .toList();
    }

    @Override
    public int expected() {
        return expected;
    }

    @Override
    public void onLeft(Consumer<String> listener) {
        hazelcast.getCluster().addMembershipListener(new MembershipListener() {
            @Override
            public void memberAdded(MembershipEvent event) {
                LOG.info("node {} came", event.getMember().getAttribute(HazelcastConfig.NODE));
            }

            @Override
            public void memberRemoved(MembershipEvent event) {
                String name = event.getMember().getAttribute(HazelcastConfig.NODE);
                // or it was one that was refused for its name
                if (!names().contains(name)) {
                    listener.accept(name);
                }
            }
        });
    }
}
