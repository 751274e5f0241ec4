package quantum.p35.dashboard;

import io.vertx.core.http.HttpHeaders;
import io.vertx.ext.web.RoutingContext;
import io.vertx.openapi.contract.OpenAPIContract;
import io.vertx.openapi.validation.ValidatorException;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Every failure of a request becomes the same shape, and one of our own making a line in the log. */
final class Errors {

    private static final Logger LOG = LoggerFactory.getLogger(Errors.class);

    private final OpenAPIContract contract;
    private final Parameters parameters;

    Errors(OpenAPIContract contract, Parameters parameters) {
        this.contract = contract;
        this.parameters = parameters;
    }

    /** No route took it: either nothing lies there, or it takes other methods. */
    void noSuchPath(RoutingContext context) {
        String path = context.normalizedPath();
        var known = contract.findPath(path);
        if (known == null) {
            context.fail(new HttpError(
                    404,
                    "not_found",
                    "there is nothing at " + Columns.cut(path, 200) + ": /openapi.yaml lists what there is"));
            return;
        }
        String methods = known.getOperations().stream()
                .map(operation -> operation.getHttpMethod().name())
                .sorted()
                .collect(Collectors.joining(", "));
        context.response().putHeader(HttpHeaders.ALLOW, methods);
        context.fail(new HttpError(
                405, "method_not_allowed", context.request().method() + " is not taken here: use " + methods));
    }

    void answer(RoutingContext context) {
        if (context.response().closed()) {
            LOG.debug(
                    "{} {}: the caller left before the answer",
                    context.request().method(),
                    context.request().path());
            return;
        }
        HttpError error = of(context);
        if (error.status == 500) {
            LOG.error(
                    "{} {} failed",
                    context.request().method(),
                    context.request().path(),
                    context.failure());
        }
        if (context.response().headWritten()) {
            // too late for an answer: the reader must not take what it has for all of it
            context.request().connection().close();
            return;
        }
        context.response()
                .setStatusCode(error.status)
                .putHeader(HttpHeaders.CONTENT_TYPE, Format.JSON.contentType())
                .end(error.json().toBuffer())
                .onFailure(gone -> LOG.debug("the caller left before the error was written"));
    }

    private HttpError of(RoutingContext context) {
        Throwable failure = context.failure();
        if (failure instanceof HttpError error) {
            return error;
        }
        if (failure != null && failure.getCause() instanceof ValidatorException) {
            return HttpError.badRequest(parameters.explain(context));
        }
        return switch (context.statusCode()) {
            case 400 -> HttpError.badRequest("this request cannot be read: a parameter is badly encoded");
            case 404 -> new HttpError(404, "not_found", "there is nothing at " + context.normalizedPath());
            case 413 -> new HttpError(413, "too_large", "the body is too large: at most 16 KB");
            default -> new HttpError(500, "internal", "something broke on our side; the log has the cause", failure);
        };
    }
}
