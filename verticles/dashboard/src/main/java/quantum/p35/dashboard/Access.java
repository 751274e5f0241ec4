package quantum.p35.dashboard;

import java.net.URI;
import java.net.URISyntaxException;
import java.time.Instant;
import java.util.Set;
import quantum.p35.api.Secret;

/**
 * Who may ask what.
 *
 * <p>Without a token nobody is asked for one; the {@code Host} must then be loopback, so that a web page elsewhere cannot
 * reach us under a name of its own. With a token everything but the page's files, the two probes and the log-in needs it.
 * Writes must be JSON and, from a browser, of the same origin: a form on another site can send neither. The bridge must be
 * of the same origin too, since browsers let any page open a WebSocket to anywhere, with the cookies of there.
 */
final class Access {

    static final String SESSION_PATH = "/api/v1/session";
    static final String BRIDGE_PATH = "/eventbus";

    private static final String BEARER = "Bearer ";
    private static final Set<String> READS = Set.of("GET", "HEAD", "OPTIONS");

    enum Verdict {
        ADMITTED(200, "ok", ""),
        FOREIGN_HOST(
                421,
                "foreign_host",
                "this service has no token and answers only to a loopback Host: ask http://127.0.0.1, or set"
                        + " P35_API_TOKEN"),
        TOKEN_MISSING(
                401,
                "token_missing",
                "a token is needed: send 'Authorization: Bearer <token>', or set P35_TOKEN for ./p35"),
        TOKEN_WRONG(401, "token_wrong", "this token or session is not valid (any more): show the right token again"),
        NOT_JSON(415, "not_json", "a write needs the header 'Content-Type: application/json'"),
        FOREIGN_ORIGIN(
                403, "foreign_origin", "a write or a WebSocket from a browser must come from this service's own page");

        final int status;
        final String code;
        final String sentence;

        Verdict(int status, String code, String sentence) {
            this.status = status;
            this.code = code;
            this.sentence = sentence;
        }
    }

    /** What is asked. Headers may be null. @param path normalised */
    record Attempt(
            String method,
            String path,
            String host,
            String authorization,
            String cookie,
            String contentType,
            String origin) {}

    private final Secret token;
    private final SessionCookie sessions;

    /** @param token null when none is set */
    Access(Secret token) {
        this.token = token;
        this.sessions = token == null ? null : new SessionCookie(token);
    }

    Verdict judge(Attempt attempt, Instant now) {
        if (token == null && !Loopback.isAuthority(attempt.host)) {
            return Verdict.FOREIGN_HOST;
        }
        Verdict shown = token == null || open(attempt) ? Verdict.ADMITTED : credentials(attempt, now);
        return shown == Verdict.ADMITTED ? write(attempt) : shown;
    }

    private static boolean open(Attempt attempt) {
        String path = attempt.path.replaceAll("/+$", "");
        boolean ours = path.equals("/api")
                || path.startsWith("/api/")
                || bridge(attempt)
                || path.equals("/metrics")
                || path.equals("/openapi.yaml");
        return !ours || path.equals(SESSION_PATH);
    }

    private static boolean bridge(Attempt attempt) {
        return attempt.path.equals(BRIDGE_PATH) || attempt.path.startsWith(BRIDGE_PATH + "/");
    }

    private Verdict credentials(Attempt attempt, Instant now) {
        if (attempt.authorization == null && attempt.cookie == null) {
            return Verdict.TOKEN_MISSING;
        }
        boolean bearer = attempt.authorization != null
                && attempt.authorization.regionMatches(true, 0, BEARER, 0, BEARER.length())
                && token.matches(
                        attempt.authorization.substring(BEARER.length()).strip());
        return bearer || sessions.valid(attempt.cookie, now) ? Verdict.ADMITTED : Verdict.TOKEN_WRONG;
    }

    private static Verdict write(Attempt attempt) {
        boolean reads = READS.contains(attempt.method);
        if (reads && !bridge(attempt)) {
            return Verdict.ADMITTED;
        }
        String type = attempt.contentType == null ? "" : attempt.contentType.split(";", 2)[0].strip();
        if (!reads && !type.equalsIgnoreCase("application/json")) {
            return Verdict.NOT_JSON;
        }
        return attempt.origin == null || authority(attempt.origin).equalsIgnoreCase(attempt.host)
                ? Verdict.ADMITTED
                : Verdict.FOREIGN_ORIGIN;
    }

    /** Host and port of an {@code Origin}; a scheme says nothing behind a proxy that ends TLS. Empty for {@code null}. */
    private static String authority(String origin) {
        try {
            String authority = new URI(origin).getRawAuthority();
            return authority == null ? "" : authority;
        } catch (URISyntaxException e) {
            return "";
        }
    }

    /** The cookie for whoever shows this token; null when it is wrong. Without a token there is nothing to show. */
    String session(String shown, Instant now) {
        return token != null && token.matches(shown) ? sessions.issue(now) : null;
    }

    boolean asksForToken() {
        return token != null;
    }
}
