package quantum.p35.redis;

import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A Redis URL taken apart, not yet understood. Its parts are never quoted in a complaint: where a character of a password is
 * not written as {@code %XX}, any part may be one of the password.
 *
 * @param login null for none
 * @param nodes empty for a Unix socket
 * @param path what follows the last node, from its slash on; may be empty
 */
record RedisUrl(Scheme scheme, Login login, List<Node> nodes, String path, Map<String, String> parameters) {

    enum Scheme {
        REDIS,
        REDISS,
        UNIX;

        @Override
        public String toString() {
            return name().toLowerCase(Locale.ROOT) + "://";
        }
    }

    /** @param user null for the default one */
    record Login(String user, String password) {
        @Override
        public String toString() {
            return "<hidden>@";
        }
    }

    static final String SENTINEL = "sentinel";
    static final String CA = "ca";
    static final String DATABASE = "db";

    private static final Pattern NODE = Pattern.compile("([A-Za-z0-9._-]+|\\[[0-9A-Fa-f:.]+])(?::([0-9]{1,5}))?");
    private static final List<String> FOR_SERVERS = List.of(SENTINEL, CA);
    private static final List<String> FOR_SOCKETS = List.of(DATABASE);

    /** @throws IllegalArgumentException when it cannot be used; the message says why and holds no part of it */
    static RedisUrl parse(String url) {
        if (url == null || url.isBlank()) {
            throw refused("it is empty");
        }
        String text = url.strip();
        Scheme scheme = Arrays.stream(Scheme.values())
                .filter(known -> text.startsWith(known.toString()))
                .findFirst()
                .orElseThrow(() -> refused("it does not begin with redis://, rediss:// or unix://"));
        if (text.chars().anyMatch(c -> Character.isWhitespace(c) || c == '#')) {
            throw refused("it holds a space or a '#'; in a password they are written as %20 and %23");
        }
        int question = text.indexOf('?');
        String place = text.substring(scheme.toString().length(), question < 0 ? text.length() : question);
        String query = question < 0 ? "" : text.substring(question + 1);
        RedisUrl parsed = scheme == Scheme.UNIX ? socket(place, query) : servers(scheme, place, query);
        List<String> known = scheme == Scheme.UNIX ? FOR_SOCKETS : FOR_SERVERS;
        if (!known.containsAll(parsed.parameters.keySet())) {
            throw refused("it has a parameter that " + scheme + " does not take; known: " + String.join(", ", known));
        }
        return parsed;
    }

    private static RedisUrl socket(String place, String query) {
        int end = place.startsWith("/") ? -1 : place.indexOf("@/");
        if (end < 0 && !place.startsWith("/")) {
            throw refused("after unix:// comes the absolute path of a socket, with three slashes");
        }
        String path = decoded(place.substring(end + 1));
        if (path.length() < 2) {
            throw refused("it names no socket");
        }
        return new RedisUrl(
                Scheme.UNIX, end < 0 ? null : login(place.substring(0, end)), List.of(), path, parameters(query));
    }

    private static RedisUrl servers(Scheme scheme, String place, String query) {
        Map<String, String> parameters = parameters(query);
        int port = parameters.containsKey(SENTINEL) ? 26379 : 6379;
        String[] parts = place.split(",", -1);
        Login login = null;
        String path = "";
        List<Node> nodes = new ArrayList<>();
        for (int i = 0; i < parts.length; i++) {
            String part = parts[i].startsWith(scheme.toString())
                    ? parts[i].substring(scheme.toString().length())
                    : parts[i];
            int at = part.lastIndexOf('@');
            if (at >= 0 && i > 0) {
                throw refused("user and password stand before the first server of a list only; a comma in them is"
                        + " written as %2C");
            }
            login = at < 0 ? login : login(part.substring(0, at));
            int slash = part.indexOf('/', at + 1);
            if (slash >= 0 && (i < parts.length - 1 || part.startsWith("//", slash))) {
                throw refused("every server of a list is host:port, with the same scheme; a database follows the last"
                        + " one only");
            }
            path = slash < 0 ? "" : part.substring(slash);
            nodes.add(node(part.substring(at + 1, slash < 0 ? part.length() : slash), port));
        }
        return new RedisUrl(scheme, login, List.copyOf(nodes), path, parameters);
    }

    private static Node node(String text, int defaultPort) {
        if (text.isEmpty()) {
            throw refused("it names no host");
        }
        Matcher node = NODE.matcher(text);
        if (!node.matches()) {
            throw refused("a server is host, host:port or [IPv6 address]:port");
        }
        int port = node.group(2) == null ? defaultPort : Integer.parseInt(node.group(2));
        if (port < 1 || port > 65535) {
            throw refused("a port is 1 to 65535");
        }
        if (node.group(1).indexOf('_') >= 0) {
            throw refused(
                    "a host has a '_' in its name, which a URL does not take: give it another name, or its address");
        }
        return new Node(node.group(1), port);
    }

    private static Login login(String text) {
        int colon = text.indexOf(':');
        if (colon < 0 || colon == text.length() - 1) {
            throw refused("what stands before the '@' holds no password; it is user:password@ or :password@");
        }
        return new Login(colon == 0 ? null : decoded(text.substring(0, colon)), decoded(text.substring(colon + 1)));
    }

    private static Map<String, String> parameters(String query) {
        Map<String, String> parameters = new LinkedHashMap<>();
        for (String parameter : query.isEmpty() ? new String[0] : query.split("&", -1)) {
            int equals = parameter.indexOf('=');
            String value = decoded(parameter.substring(equals + 1));
            if (equals < 1 || value.isEmpty() || parameters.put(parameter.substring(0, equals), value) != null) {
                throw refused(
                        "what follows the '?' is name=value, each name once; a '?' in a password is written as %3F");
            }
        }
        return parameters;
    }

    private static String decoded(String text) {
        try {
            return URLDecoder.decode(text.replace("+", "%2B"), StandardCharsets.UTF_8);
        } catch (IllegalArgumentException e) {
            throw refused("a '%' in it is not followed by two hexadecimal digits; a '%' itself is written as %25");
        }
    }

    static IllegalArgumentException refused(String why) {
        return new IllegalArgumentException("the Redis URL cannot be used: " + why
                + ". Give redis://[[user]:password@]host[:port][/database], for example redis://127.0.0.1:6379/0;"
                + " rediss:// for TLS; unix:///path/redis.sock; a comma list of servers for a Redis Cluster; sentinels and"
                + " ?sentinel=<name of the master>");
    }
}
