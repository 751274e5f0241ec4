package quantum.p35.dashboard;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.vertx.core.http.Cookie;
import io.vertx.core.http.CookieSameSite;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.ext.web.RoutingContext;
import java.time.Instant;
import java.util.Map;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import quantum.p35.dashboard.Access.Attempt;
import quantum.p35.dashboard.Access.Verdict;

/** What every request passes first: headers that protect the page, and {@link Access}. */
final class Doors {

    private static final Logger LOG = LoggerFactory.getLogger(Doors.class);

    private static final Map<String, String> HEADERS = Map.of(
            "Content-Security-Policy",
            "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; connect-src 'self';"
                    + " font-src 'self'; base-uri 'none'; form-action 'self'; frame-ancestors 'none'",
            "X-Content-Type-Options",
            "nosniff",
            "X-Frame-Options",
            "DENY",
            "Referrer-Policy",
            "no-referrer",
            "Cross-Origin-Resource-Policy",
            "same-origin",
            "Cross-Origin-Opener-Policy",
            "same-origin",
            "Cache-Control",
            "no-store");

    private final Access access;
    private final Counter refused;
    private boolean draining;

    Doors(Access access, MeterRegistry metrics) {
        this.access = access;
        this.refused = Counter.builder("p35.dashboard.refused")
                .description("requests refused for host, token, origin or content type")
                .baseUnit("requests")
                .register(metrics);
    }

    /** From now on every answer ends its connection, so that callers go elsewhere. */
    void drain() {
        draining = true;
    }

    void headers(RoutingContext context) {
        HEADERS.forEach(context.response()::putHeader);
        if (draining) {
            context.response().putHeader(HttpHeaders.CONNECTION, HttpHeaders.CLOSE);
        }
        context.next();
    }

    void admit(RoutingContext context) {
        String path;
        try {
            path = context.normalizedPath();
        } catch (IllegalArgumentException e) {
            context.fail(HttpError.badRequest("this path cannot be read: " + Columns.cut(e.getMessage(), 100)));
            return;
        }
        admit(context, path);
    }

    private void admit(RoutingContext context, String path) {
        HttpServerRequest request = context.request();
        Cookie cookie = request.getCookie(SessionCookie.NAME);
        Verdict verdict = access.judge(
                new Attempt(
                        request.method().name(),
                        path,
                        request.getHeader(HttpHeaders.HOST),
                        request.getHeader(HttpHeaders.AUTHORIZATION),
                        cookie == null ? null : cookie.getValue(),
                        request.getHeader(HttpHeaders.CONTENT_TYPE),
                        request.getHeader(HttpHeaders.ORIGIN)),
                Instant.now());
        if (verdict == Verdict.ADMITTED) {
            context.next();
        } else {
            refuse(context, verdict);
        }
    }

    private void refuse(RoutingContext context, Verdict verdict) {
        refused.increment();
        LOG.warn(
                "refused {} {} from {}: {}",
                context.request().method(),
                Columns.cut(context.normalizedPath(), 100),
                context.request().remoteAddress().hostAddress(),
                verdict);
        if (verdict.status == 401) {
            context.response().putHeader("WWW-Authenticate", "Bearer realm=\"p35\"");
        }
        context.fail(new HttpError(verdict.status, verdict.code, verdict.sentence));
    }

    /** {@code POST /session}: 204 with the cookie for the right token; without a token set there is nothing to give. */
    void openSession(RoutingContext context) {
        if (access.asksForToken()) {
            String session = access.session(context.body().asJsonObject().getString("token"), Instant.now());
            if (session == null) {
                refuse(context, Verdict.TOKEN_WRONG);
                return;
            }
            boolean tls = context.request().isSSL()
                    || "https".equalsIgnoreCase(context.request().getHeader("X-Forwarded-Proto"));
            context.response()
                    .addCookie(Cookie.cookie(SessionCookie.NAME, session)
                            .setHttpOnly(true)
                            .setSameSite(CookieSameSite.STRICT)
                            .setSecure(tls)
                            .setPath("/")
                            .setMaxAge(SessionCookie.LIFE.toSeconds()));
        }
        context.response().setStatusCode(204).end().onFailure(context::fail);
    }
}
