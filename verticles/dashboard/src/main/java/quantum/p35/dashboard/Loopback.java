package quantum.p35.dashboard;

import java.util.regex.Pattern;

/** Is this name the machine itself? Asked of the text alone: a resolver could be made to lie (DNS rebinding). */
final class Loopback {

    private static final Pattern NAME = Pattern.compile("(?i)localhost|127(\\.\\d{1,3}){3}|\\[?::1]?");
    private static final Pattern AUTHORITY = Pattern.compile("(\\[[^]]*]|[^:]*)(:\\d{1,5})?");

    private Loopback() {}

    static boolean is(String host) {
        return NAME.matcher(host).matches();
    }

    /** @param authority host with or without a port, as a {@code Host} header gives it; null is not loopback */
    static boolean isAuthority(String authority) {
        if (authority == null) {
            return false;
        }
        var parts = AUTHORITY.matcher(authority);
        return parts.matches() && is(parts.group(1));
    }
}
