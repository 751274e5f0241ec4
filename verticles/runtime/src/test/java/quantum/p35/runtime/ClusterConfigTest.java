package quantum.p35.runtime;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.vertx.core.Vertx;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.ResourceAccessMode;
import org.junit.jupiter.api.parallel.ResourceLock;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The section {@code cluster}, and what is said of one that cannot be used. */
@ResourceLock(value = ExtensionsTest.METRICS, mode = ResourceAccessMode.READ)
class ClusterConfigTest {

    private static final Environment NONE = new Environment(Map.of());

    private static Vertx vertx;

    @TempDir
    private Path folder;

    @BeforeAll
    static void start() {
        vertx = Vertx.vertx();
    }

    @AfterAll
    static void stop() {
        vertx.close().await();
    }

    @Test
    void aSectionIsLaidOverItsDefaults() throws Exception {
        ClusterConfig read =
                read("{node: left, port: 6001, members: ['10.0.0.1:6001', 'right.example:6001', '[::1]:1']}");

        assertEquals(
                new ClusterConfig(
                        "p35",
                        "left",
                        "127.0.0.1",
                        6001,
                        5702,
                        List.of("10.0.0.1:6001", "right.example:6001", "[::1]:1"),
                        "none",
                        "none",
                        "none"),
                read);
        assertFalse(read.encrypted());
        assertEquals("left", read.called());
    }

    @ParameterizedTest(name = "{0} is called {1}")
    @CsvSource(
            delimiter = '|',
            value = {"{port: 6001} | 127.0.0.1:6001", "{host: '::1'} | [::1]:5701"})
    void whoGivesNoNameIsCalledByWhereItIs(String section, String name) throws Exception {
        assertEquals(name, read(section).called());
    }

    @Test
    void withKeyCertificateAndAuthorityMessagesAreEncrypted() throws Exception {
        assertTrue(read("{key: a.pem, certificate: b.pem, ca: c.pem}").encrypted());
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource(delimiter = '|', textBlock = """
            {name: ''}                  | cluster.name is '': it must be 1 to 64 letters, digits and . _ : -, a letter or digit first
            {node: a b}                 | cluster.node is 'a b': it must be 1 to 64 letters, digits and . _ : -, a letter or digit first
            {node: here}                | cluster.node is 'here', which means the process that is asked: take another name
            {host: 0.0.0.0}             | cluster.host is '0.0.0.0': it must be the one address of this machine that the other nodes reach
            {port: 0}                   | cluster.port is 0: it must be 1 to 65535
            {busPort: 65536}            | cluster.busPort is 65536: it must be 1 to 65535
            {port: 5702}                | cluster.busPort is 5702, as cluster.port: each needs a port of its own
            {port: many}                | cluster.port is 'many': it must be a whole number
            {members: here}             | cluster.members is 'here': it must be a list
            {members: [left]}           | cluster.members has 'left': give host:port of each node, its cluster.host and cluster.port
            {members: ['left:0']}       | cluster.members has 'left:0': give host:port of each node, its cluster.host and cluster.port
            {key: a.pem}                | cluster.key, cluster.certificate and cluster.ca belong together: name a file for each, or none for all three
            {multicast: true}           | cluster.multicast is not known: the keys here are name, node, host, port, busPort, members, key, certificate, ca
            """)
    void whatIsWrongIsSaid(String section, String complaint) {
        assertEquals(
                complaint, assertThrows(StartProblem.class, () -> read(section)).getMessage());
    }

    @Test
    void aClusterWithoutMembersIsNotJoined() {
        assertEquals(
                "cluster.members is empty: with --cluster, list host:port of every node there, this one's too"
                        + " (127.0.0.1:5701)",
                refused(ClusterConfig.DEFAULT));
    }

    @Test
    void whoIsNotInTheListDoesNotJoin() throws Exception {
        assertEquals(
                "cluster.members lacks this process (127.0.0.1:5701): mend cluster.host or the list; it has"
                        + " 127.0.0.2:5701, localhost:5711",
                refused(read("{members: ['127.0.0.2:5701', 'localhost:5711']}")));
        Text.startsWith(
                "cluster.key names ",
                refused(read("{members: ['localhost:5701'], key: none.pem, certificate: b.pem, ca: c.pem}")));
    }

    @Test
    void aNodeMayBeAtAnAddressOfIpv6() throws Exception {
        List<Integer> ports = FreePorts.of(2);
        Assumptions.assumeTrue(hasIpv6(), "this machine has no ::1");
        Launch node = launch(read("{host: '::1', port: " + ports.get(0) + ", busPort: " + ports.get(1)
                + ", members: ['[::1]:" + ports.get(0) + "']}"));
        try {
            assertTrue(node.vertx().isClustered());
        } finally {
            node.vertx().close().await();
        }
    }

    private static boolean hasIpv6() {
        try (ServerSocket probe = new ServerSocket()) {
            probe.bind(new InetSocketAddress("::1", 0));
            return true;
        } catch (IOException e) {
            return false;
        }
    }

    @Test
    void aFileThatCannotBeReadIsNamed() throws Exception {
        assertEquals(
                "cluster.key names " + folder.resolve("none.pem")
                        + ", which cannot be read: give a PEM file that this user may read",
                refused(read("{members: ['127.0.0.1:5701'], key: none.pem, certificate: b.pem, ca: c.pem}")));
    }

    private String refused(ClusterConfig config) {
        return assertThrows(StartProblem.class, () -> launch(config)).getMessage();
    }

    private Launch launch(ClusterConfig config) throws StartProblem {
        ConfigLayers layers = new ConfigLayers(null, NONE, Map.of());
        return new Launch(layers, NONE, new Home(folder)).joined(config);
    }

    private ClusterConfig read(String section) throws Exception {
        Path file = Files.writeString(folder.resolve("p35.yaml"), "cluster: " + section + "\n");
        return Configuration.read(vertx, new ConfigLayers(file, NONE, Map.of()), NONE, new Home(folder))
                .cluster();
    }
}
