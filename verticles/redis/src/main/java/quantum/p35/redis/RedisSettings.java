package quantum.p35.redis;

import io.vertx.core.net.NetClientOptions;
import io.vertx.redis.client.ProtocolVersion;
import io.vertx.redis.client.RedisOptions;
import java.net.URI;
import java.net.URISyntaxException;
import java.time.Duration;
import java.util.regex.Pattern;

/**
 * Where Redis is and how long it may take. Prints without the password.
 *
 * <p>One server by {@code redis://[user[:password]@]host[:port][/database]}. TLS, Unix sockets, Sentinel and Cluster are
 * told apart here too, and are refused by name until they are supported.
 */
public final class RedisSettings {

    /** A frozen server is noticed within 5 s: one deadline, and the time to connect anew. */
    static final Duration DEADLINE = Duration.ofSeconds(2);

    private static final int MAX_WAITING = 4096;
    private static final Pattern DATABASE = Pattern.compile("/?|/[0-9]{1,5}");

    private final String url;
    private final String shown;
    private final Duration deadline;

    private RedisSettings(String url, String shown, Duration deadline) {
        this.url = url;
        this.shown = shown;
        this.deadline = deadline;
    }

    /**
     * @throws IllegalArgumentException when the URL cannot be used; the message says why and never holds the password
     */
    public static RedisSettings of(String url) {
        if (url == null || url.isBlank()) {
            throw refused("it is empty");
        }
        if (url.indexOf(',') >= 0) {
            throw refused("it is a list: Redis Cluster and Sentinel are not supported yet, name one server");
        }
        URI uri = parse(url.strip());
        check(uri);
        String host = uri.getHost() + ":" + (uri.getPort() == -1 ? 6379 : uri.getPort());
        String path = uri.getPath().length() > 1 ? uri.getPath() : "/0";
        String credentials = uri.getRawUserInfo() == null ? "" : "<hidden>@";
        String userInfo = uri.getRawUserInfo() == null ? "" : uri.getRawUserInfo() + "@";
        return new RedisSettings("redis://" + userInfo + host + path, "redis://" + credentials + host + path, DEADLINE);
    }

    private static URI parse(String url) {
        try {
            return new URI(url);
        } catch (URISyntaxException e) {
            // its message would hold the URL, and so the password
            throw refused("it is no URL (" + e.getReason() + " at character " + e.getIndex()
                    + "; write special characters of a password as %XX)");
        }
    }

    private static void check(URI uri) {
        if ("rediss".equals(uri.getScheme()) || "unix".equals(uri.getScheme())) {
            throw refused("'" + uri.getScheme() + "://' is not supported yet");
        }
        if (!"redis".equals(uri.getScheme())) {
            throw refused("it does not begin with redis://");
        }
        if (uri.getHost() == null) {
            throw refused("it names no host");
        }
        if (!DATABASE.matcher(uri.getPath()).matches()) {
            throw refused("'" + uri.getPath() + "' is no database number");
        }
        if (uri.getQuery() != null || uri.getFragment() != null) {
            throw refused("nothing may follow the database number");
        }
    }

    private static IllegalArgumentException refused(String why) {
        return new IllegalArgumentException("the Redis URL cannot be used: " + why
                + ". Give redis://[user[:password]@]host[:port][/database], for example redis://127.0.0.1:6379/0");
    }

    /** How long a command may take before its connection is given up. */
    Duration deadline() {
        return deadline;
    }

    /** @param name how the connection is called in {@code CLIENT LIST} */
    RedisOptions options(String name) {
        return new RedisOptions()
                .setConnectionString(url + "?client=" + name)
                .setPreferredProtocolVersion(ProtocolVersion.RESP2)
                .setMaxPoolSize(1)
                .setMaxPoolWaiting(1)
                .setPoolCleanerInterval(-1)
                .setPoolRecycleTimeout(-1)
                .setMaxWaitingHandlers(MAX_WAITING)
                .setNetClientOptions(new NetClientOptions()
                        .setTcpNoDelay(true)
                        .setTcpKeepAlive(true)
                        .setConnectTimeout((int) deadline.toMillis()));
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof RedisSettings settings && url.equals(settings.url);
    }

    @Override
    public int hashCode() {
        return url.hashCode();
    }

    @Override
    public String toString() {
        return shown;
    }
}
