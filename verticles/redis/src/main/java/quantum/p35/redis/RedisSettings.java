package quantum.p35.redis;

import io.vertx.core.net.NetClientOptions;
import io.vertx.core.net.PemTrustOptions;
import io.vertx.redis.client.ProtocolVersion;
import io.vertx.redis.client.RedisOptions;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * Where Redis is and how long it may take. Prints without the password.
 *
 * <p>{@code redis://} and {@code rediss://} name one server, or with commas some nodes of a cluster, or with {@code
 * ?sentinel=} sentinels; {@code unix://} a socket. TLS trusts what Java trusts, or only the authorities in the PEM file that
 * {@code ?ca=} names; the certificate must name the host that was asked.
 */
public final class RedisSettings {

    /** A frozen server is noticed within 5 s: one deadline, and the time to connect anew. */
    static final Duration DEADLINE = Duration.ofSeconds(2);

    /** Commands of one connection that wait for their answers; more are not sent. */
    static final int MAX_WAITING = 4096;

    private static final Pattern DATABASE = Pattern.compile("[0-9]{1,5}");

    private final RedisUrl url;
    private final int database;
    private final String slotKey;
    private final Duration deadline;

    private RedisSettings(RedisUrl url, int database, String slotKey, Duration deadline) {
        this.url = url;
        this.database = database;
        this.slotKey = slotKey;
        this.deadline = deadline;
    }

    /**
     * Reads the file of {@code ?ca=}, to see whether it can be used.
     *
     * @throws IllegalArgumentException when the URL cannot be used; the message says why and never holds the password
     */
    public static RedisSettings of(String url) {
        RedisUrl parsed = RedisUrl.parse(url);
        RedisSettings settings = new RedisSettings(parsed, database(parsed), "", DEADLINE);
        if (settings.cluster() && settings.database != 0) {
            throw RedisUrl.refused("it is a list of servers, so a Redis Cluster, which has the database 0 only");
        }
        if (settings.ca() != null) {
            checkCertificates(parsed.scheme(), settings.ca());
        }
        return settings;
    }

    private static int database(RedisUrl url) {
        String text = url.scheme() == RedisUrl.Scheme.UNIX
                ? url.parameters().getOrDefault(RedisUrl.DATABASE, "0")
                : url.path().length() < 2 ? "0" : url.path().substring(1);
        if (!DATABASE.matcher(text).matches()) {
            throw RedisUrl.refused("what stands for the database is not its number");
        }
        return Integer.parseInt(text);
    }

    private static void checkCertificates(RedisUrl.Scheme scheme, String file) {
        if (scheme != RedisUrl.Scheme.REDISS) {
            throw RedisUrl.refused("?ca= is for TLS, so for rediss://");
        }
        try (InputStream pem = Files.newInputStream(Path.of(file))) {
            if (CertificateFactory.getInstance("X.509")
                    .generateCertificates(pem)
                    .isEmpty()) {
                throw RedisUrl.refused("the file of ?ca=, " + file + ", holds no certificate");
            }
        } catch (CertificateException e) {
            throw RedisUrl.refused("the file of ?ca=, " + file + ", is not one of PEM certificates");
        } catch (IOException | InvalidPathException e) {
            throw RedisUrl.refused("the file of ?ca=, " + file + ", cannot be read (" + e + ")");
        }
    }

    /**
     * The same Redis, of a cluster the server that holds this key: all that is written must lie in its slot, see {@link
     * #beside}.
     */
    public RedisSettings holding(String key) {
        return new RedisSettings(url, database, key, deadline);
    }

    /** The same Redis with another deadline than the usual 2 s, for who would rather wait than be told that it is away. */
    public RedisSettings waiting(Duration longer) {
        return new RedisSettings(url, database, slotKey, longer);
    }

    /**
     * The prefix, of a cluster with a hash tag, so that every key that begins with it lies in the slot of the key of {@link
     * #holding}.
     *
     * @throws IllegalArgumentException when its own braces, or those of the key, prevent that
     */
    public String beside(String prefix) {
        boolean tagged = !HashSlot.tag(prefix + ":").equals(prefix + ":");
        if (!cluster() || tagged && HashSlot.of(prefix + ":") == slot()) {
            return prefix;
        }
        String beside = prefix + ":{" + HashSlot.tag(slotKey) + "}";
        if (HashSlot.of(beside) != slot()) {
            throw new IllegalArgumentException(
                    "'" + prefix + "' and '" + slotKey
                            + "' cannot lie in one slot of a Redis Cluster: leave the braces out of both, or give both the same");
        }
        return beside;
    }

    boolean cluster() {
        return url.nodes().size() > 1 && sentinel() == null;
    }

    /** The name of the master that sentinels watch; null without them. */
    String sentinel() {
        return url.parameters().get(RedisUrl.SENTINEL);
    }

    /** Whether the server is looked for, and may be another one after a failover. */
    boolean moves() {
        return cluster() || sentinel() != null;
    }

    int slot() {
        return HashSlot.of(slotKey);
    }

    String slotKey() {
        return slotKey;
    }

    /** Whom to ask where the server is; else the one server; empty for a Unix socket. */
    List<Node> nodes() {
        return url.nodes();
    }

    boolean tls() {
        return url.scheme() == RedisUrl.Scheme.REDISS;
    }

    private String ca() {
        return url.parameters().get(RedisUrl.CA);
    }

    /** How long a command may take before its connection is given up. */
    Duration deadline() {
        return deadline;
    }

    /**
     * For a connection to the server itself.
     *
     * @param name how it is called in {@code CLIENT LIST}
     * @param node null for a Unix socket
     */
    RedisOptions options(String name, Node node) {
        // always with a database: to select it is what shows that a login was wanted
        String place = (node == null ? socket() : url.scheme() + node.toString()) + "?db=" + database + "&";
        RedisOptions options = options(place + "client=" + name);
        return url.login() == null
                ? options
                : options.setUser(url.login().user()).setPassword(url.login().password());
    }

    /** For a question to a sentinel or to a node of a cluster, where the server is. Sentinels are asked without a login. */
    RedisOptions seedOptions(String name, Node node) {
        return cluster() ? options(name, node) : options(url.scheme() + node.toString() + "?client=" + name);
    }

    private RedisOptions options(String place) {
        return new RedisOptions()
                .setConnectionString(place)
                .setPreferredProtocolVersion(ProtocolVersion.RESP2)
                .setMaxPoolSize(1)
                .setMaxPoolWaiting(1)
                .setPoolCleanerInterval(-1)
                .setPoolRecycleTimeout(-1)
                .setMaxWaitingHandlers(MAX_WAITING)
                .setNetClientOptions(transport());
    }

    private NetClientOptions transport() {
        NetClientOptions options = new NetClientOptions()
                .setTcpNoDelay(true)
                .setTcpKeepAlive(true)
                .setConnectTimeout((int) deadline().toMillis());
        if (tls()) {
            options.setSsl(true).setHostnameVerificationAlgorithm("HTTPS");
        }
        return ca() == null ? options : options.setTrustOptions(new PemTrustOptions().addCertPath(ca()));
    }

    private String socket() {
        try {
            return RedisUrl.Scheme.UNIX + new URI(null, null, url.path(), null).getRawPath();
        } catch (URISyntaxException e) {
            throw new IllegalStateException("every path can be written as a URL", e);
        }
    }

    /** Whom a complaint about the server is about. @param node null for a Unix socket */
    String at(Node node) {
        return moves() ? source() + ": " + node : toString();
    }

    /** Who is asked where the server is. */
    String source() {
        String asked = url.nodes().stream().map(Node::toString).collect(Collectors.joining(", "));
        return cluster() ? "cluster " + asked : "sentinels " + asked + " (master " + sentinel() + ")";
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof RedisSettings settings
                && url.equals(settings.url)
                && slotKey.equals(settings.slotKey)
                && deadline.equals(settings.deadline);
    }

    @Override
    public int hashCode() {
        return Objects.hash(url, slotKey, deadline);
    }

    @Override
    public String toString() {
        String login = url.login() == null ? "" : url.login().toString();
        String place = url.nodes().isEmpty()
                ? url.path() + "?db=" + database
                : url.nodes().stream().map(Node::toString).collect(Collectors.joining(",")) + "/" + database;
        String parameters = url.nodes().isEmpty()
                ? ""
                : url.parameters().entrySet().stream()
                        .map(parameter -> parameter.getKey() + "=" + parameter.getValue())
                        .collect(Collectors.joining("&"));
        return url.scheme() + login + place + (parameters.isEmpty() ? "" : "?" + parameters);
    }
}
