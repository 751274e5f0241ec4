package quantum.p35.dashboard;

import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpMethod;
import io.vertx.ext.web.Route;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import io.vertx.ext.web.handler.FileSystemAccess;
import io.vertx.ext.web.handler.StaticHandler;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The page: the files of the webroot folder, never cached, so that an edit shows on reload; and the browser libraries out
 * of their jars, under paths that hold their version and may be kept for ever.
 *
 * <p>The content security policy allows no inline script but the import map, by its hash: that is computed at each
 * request from the page itself, so that an edit of the map needs no restart either.
 */
final class Site {

    private static final String LIBRARIES = "/_static/*";
    private static final String POLICY = "Content-Security-Policy";
    private static final Pattern IMPORT_MAP =
            Pattern.compile("<script type=\"importmap\">(.*?)</script>", Pattern.DOTALL);

    private final Path webroot;

    Site(Path webroot) {
        this.webroot = webroot.toAbsolutePath().normalize();
    }

    void mount(Router router) {
        reads(router.routeWithRegex("/(index\\.html)?")).handler(this::page);
        // of the class path only what lies in this folder of the jars can be asked for
        reads(router.route(LIBRARIES))
                .handler(Site::keepForEver)
                .handler(StaticHandler.create("META-INF/resources/_static").setCachingEnabled(false))
                .handler(Site::forget);
        reads(router.route("/*"))
                .handler(StaticHandler.create(FileSystemAccess.ROOT, webroot.toString())
                        .setCachingEnabled(false)
                        .setIncludeHidden(false));
    }

    private static Route reads(Route route) {
        return route.method(HttpMethod.GET).method(HttpMethod.HEAD);
    }

    private void page(RoutingContext context) {
        String file = webroot.resolve("index.html").toString();
        context.vertx()
                .fileSystem()
                .readFile(file)
                .recover(error -> Future.failedFuture(new HttpError(
                        404, "not_found", "the page is not there: " + file + " cannot be read (dashboard.webroot)")))
                .compose(html -> {
                    var headers = context.response().headers();
                    headers.set(HttpHeaders.CONTENT_TYPE, "text/html; charset=utf-8");
                    headers.set(POLICY, policy(headers.get(POLICY), html));
                    return context.response().end(html);
                })
                .onFailure(context::fail);
    }

    private static String policy(String policy, Buffer html) {
        Matcher map = IMPORT_MAP.matcher(html.toString(StandardCharsets.UTF_8));
        return map.find()
                ? policy.replace("script-src 'self'", "script-src 'self' 'sha256-" + hash(map.group(1)) + "'")
                : policy;
    }

    private static String hash(String script) {
        try {
            byte[] digest = MessageDigest.getInstance("SHA-256").digest(script.getBytes(StandardCharsets.UTF_8));
            return Base64.getEncoder().encodeToString(digest);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform must offer SHA-256", e);
        }
    }

    private static void keepForEver(RoutingContext context) {
        context.response().putHeader(HttpHeaders.CACHE_CONTROL, "public, max-age=31536000, immutable");
        context.next();
    }

    /** There is no such library: another version may have it tomorrow. */
    private static void forget(RoutingContext context) {
        context.response().putHeader(HttpHeaders.CACHE_CONTROL, "no-store");
        context.next();
    }
}
