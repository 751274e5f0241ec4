package quantum.p35.dashboard;

import java.nio.file.Path;
import java.util.Objects;
import java.util.regex.Pattern;
import quantum.p35.api.Secret;

/**
 * Where the dashboard listens, and for whom.
 *
 * @param instances event loops that share the port
 * @param port 0 takes any free one
 * @param token that callers must show; null: nobody is asked, and only loopback is listened on
 * @param webroot folder of the page
 */
public record DashboardConfig(int instances, String host, int port, Secret token, Path webroot) {

    public static final DashboardConfig DEFAULT = new DashboardConfig(1, "127.0.0.1", 8035, null, Path.of("webroot"));

    /** What an HTTP header can carry. */
    private static final Pattern TOKEN = Pattern.compile("[\\x21-\\x7e]+");

    public DashboardConfig {
        Objects.requireNonNull(webroot, "dashboard.webroot");
        require(instances >= 0, "instances", instances, "it must be 0 or more");
        require(host != null && !host.isBlank(), "host", host, "it must be an address or a name, as 127.0.0.1");
        require(port >= 0 && port <= 65_535, "port", port, "it must be 0 to 65535 (0 takes any free one)");
        require(
                token == null || TOKEN.matcher(token.reveal()).matches(),
                "token",
                token,
                "it must be visible ASCII characters without spaces, so that a header can carry it");
        require(
                token != null || Loopback.is(host),
                "host",
                host,
                "without a token only a loopback address may be listened on: set P35_API_TOKEN or P35_API_TOKEN_FILE,"
                        + " or use 127.0.0.1");
    }

    private static void require(boolean holds, String key, Object value, String rule) {
        if (!holds) {
            throw new IllegalArgumentException("dashboard." + key + " is '" + value + "': " + rule);
        }
    }
}
