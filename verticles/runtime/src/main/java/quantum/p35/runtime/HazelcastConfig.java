package quantum.p35.runtime;

import com.hazelcast.config.Config;
import com.hazelcast.config.JavaSerializationFilterConfig;
import com.hazelcast.config.MultiMapConfig;
import com.hazelcast.config.NetworkConfig;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.Map;

/** Hazelcast as a node of ours needs it: members by TCP from a list, no multicast, few threads, and nothing that calls home. */
final class HazelcastConfig {

    /** Attribute of a member: what people call it. */
    static final String NODE = "p35.node";

    static final int CONNECT_SECONDS = 2;

    /**
     * Listens only where it is told, calls nobody's home, and keeps its threads few: who listens where is a small map.
     * A node whose process ends is missed at once (its connection closes), one that is frozen after 10 s.
     */
    private static final Map<String, String> PROPERTIES = Map.ofEntries(
            Map.entry("hazelcast.socket.bind.any", "false"),
            // else an address of IPv6 is none of ours
            Map.entry("hazelcast.prefer.ipv4.stack", "false"),
            Map.entry("hazelcast.phone.home.enabled", "false"),
            Map.entry("hazelcast.shutdownhook.enabled", "false"),
            Map.entry("hazelcast.jmx", "false"),
            Map.entry("hazelcast.heartbeat.interval.seconds", "1"),
            Map.entry("hazelcast.max.no.heartbeat.seconds", "10"),
            Map.entry("hazelcast.wait.seconds.before.join", "0"),
            Map.entry("hazelcast.merge.first.run.delay.seconds", "10"),
            Map.entry("hazelcast.merge.next.run.delay.seconds", "10"),
            Map.entry("hazelcast.graceful.shutdown.max.wait", "2"),
            Map.entry("hazelcast.partition.count", "31"),
            Map.entry("hazelcast.operation.thread.count", "2"),
            Map.entry("hazelcast.operation.generic.thread.count", "1"),
            Map.entry("hazelcast.io.thread.count", "1"),
            Map.entry("hazelcast.event.thread.count", "1"),
            Map.entry("hazelcast.response.thread.count", "1"),
            Map.entry("hazelcast.invocation.retry.pause.millis", "100"),
            Map.entry("hazelcast.slow.operation.detector.enabled", "false"),
            Map.entry("hazelcast.health.monitoring.level", "OFF"));

    private HazelcastConfig() {}

    static Config of(ClusterConfig config) throws StartProblem {
        Config hazelcast = new Config();
        hazelcast.setClusterName(config.name());
        PROPERTIES.forEach(hazelcast::setProperty);
        hazelcast.getMetricsConfig().setEnabled(false);
        hazelcast.getMemberAttributeConfig().setAttribute(NODE, config.called());
        hazelcast.getSerializationConfig().setJavaSerializationFilterConfig(new JavaSerializationFilterConfig());
        // what vertx-hazelcast keeps there, as it asks for it; one copy is enough: each node tells its own again
        hazelcast.addMultiMapConfig(new MultiMapConfig("__vertx.subs")
                .setBackupCount(1)
                .setValueCollectionType(MultiMapConfig.ValueCollectionType.SET));
        hazelcast.getMapConfig("__vertx.haInfo").setBackupCount(1);
        hazelcast.getMapConfig("__vertx.nodeInfo").setBackupCount(1);
        NetworkConfig network = hazelcast.getNetworkConfig();
        network.setPort(config.port()).setPortAutoIncrement(false);
        network.getInterfaces().setEnabled(true).addInterface(address(config.host()));
        network.getJoin().getAutoDetectionConfig().setEnabled(false);
        network.getJoin().getMulticastConfig().setEnabled(false);
        network.getJoin()
                .getTcpIpConfig()
                .setEnabled(true)
                .setConnectionTimeoutSeconds(CONNECT_SECONDS)
                .setMembers(config.members());
        return hazelcast;
    }

    /** Hazelcast compares numbers. */
    private static String address(String host) throws StartProblem {
        try {
            return InetAddress.getByName(host).getHostAddress();
        } catch (UnknownHostException e) {
            throw new StartProblem(
                    "cluster.host is '" + host + "': nobody knows this name; give an address of this" + " machine");
        }
    }
}
