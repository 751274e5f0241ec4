package quantum.p35.runtime;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * A node of a cluster on this machine.
 *
 * @param port of its Hazelcast; the others are beside it in the cluster's list
 * @param verticles instances of those that do not run once
 */
record TestNode(String name, int port, int busPort, int httpPort, Map<String, Integer> verticles) {

    /** Its configuration, as a file in that folder. @param more beside the sections of the verticles and the cluster */
    Path file(Path folder, List<TestNode> all, boolean encrypted, String more) throws IOException {
        Map<String, String> sections = new HashMap<>();
        verticles.forEach((verticle, instances) -> sections.put(verticle, "instances: " + instances));
        sections.merge("dashboard", "port: " + httpPort, (instances, port) -> instances + ", " + port);
        String members =
                all.stream().map(node -> "'127.0.0.1:" + node.port + "'").collect(Collectors.joining(", "));
        sections.put(
                "cluster",
                "node: " + name + ", port: " + port + ", busPort: " + busPort + ", members: [" + members + "]"
                        + (encrypted ? tls() : ""));
        String text = sections.entrySet().stream()
                .map(section -> section.getKey() + ": {" + section.getValue() + "}\n")
                .collect(Collectors.joining());
        return Files.writeString(folder.resolve(name + ".yaml"), text + more);
    }

    /** One for all, and believed because all have it. */
    private static String tls() {
        return ", key: " + resource("node-key.pem") + ", certificate: " + resource("node-certificate.pem") + ", ca: "
                + resource("node-certificate.pem");
    }

    private static Path resource(String name) {
        try {
            return Path.of(TestNode.class.getResource("/" + name).toURI());
        } catch (URISyntaxException e) {
            throw new UncheckedIOException(new IOException(e));
        }
    }
}
