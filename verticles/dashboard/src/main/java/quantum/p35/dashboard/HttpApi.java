package quantum.p35.dashboard;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpMethod;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import io.vertx.ext.web.handler.BodyHandler;
import io.vertx.ext.web.handler.FileSystemAccess;
import io.vertx.ext.web.handler.PlatformHandler;
import io.vertx.ext.web.handler.SecurityPolicyHandler;
import io.vertx.ext.web.handler.StaticHandler;
import io.vertx.ext.web.openapi.router.RouterBuilder;
import io.vertx.openapi.contract.OpenAPIContract;
import java.util.function.Function;

/**
 * The routes: every operation of the OpenAPI document behind the same doors, then the page, then "there is no such thing".
 */
final class HttpApi {

    private static final int LARGEST_BODY = 16 * 1024;

    private final OpenAPIContract contract;
    private final Bus bus;
    private final HealthDesk desk;
    private final LiveEvents events;
    private final Doors doors;

    HttpApi(OpenAPIContract contract, Bus bus, HealthDesk desk, LiveEvents events, Doors doors) {
        this.contract = contract;
        this.bus = bus;
        this.desk = desk;
        this.events = events;
        this.doors = doors;
    }

    Router router(Vertx vertx, DashboardConfig config, Probes probes) {
        Parameters parameters = new Parameters(contract);
        Errors errors = new Errors(contract, parameters);
        RouterBuilder builder = RouterBuilder.create(vertx, contract, parameters::extract)
                .rootHandler((PlatformHandler) doors::headers)
                .rootHandler((SecurityPolicyHandler) doors::admit)
                .rootHandler(BodyHandler.create(false).setBodyLimit(LARGEST_BODY));
        // the doors check the token before validation, so that a stranger learns nothing from it
        builder.getRoutes().forEach(route -> route.setDoSecurity(false));

        new Questions(bus).byOperation().forEach((operation, question) -> answer(builder, operation, question));
        new AlertCalls(bus).byOperation().forEach((operation, call) -> answer(builder, operation, call));
        new RuntimeCalls(bus).byOperation().forEach((operation, call) -> answer(builder, operation, call));
        answer(builder, "health", this::health);
        builder.getRoute("events")
                .addHandler(context ->
                        events.watch(context.response(), Query.of(context).window()));
        builder.getRoute("session").addHandler(doors::openSession);
        builder.getRoute("live").addHandler(probes::live);
        builder.getRoute("ready").addHandler(probes::ready);
        builder.getRoute("metrics").addHandler(probes::metrics);
        builder.getRoute("openapi").addHandler(probes::openapi);

        Router router = builder.createRouter();
        router.get("/api/*").handler(errors::noSuchPath);
        router.route("/*")
                .method(HttpMethod.GET)
                .method(HttpMethod.HEAD)
                .handler(StaticHandler.create(
                                FileSystemAccess.ROOT,
                                config.webroot().toAbsolutePath().normalize().toString())
                        .setCachingEnabled(false)
                        .setIncludeHidden(false));
        router.route().handler(errors::noSuchPath);
        router.route().failureHandler(errors::answer);
        return router;
    }

    private static void answer(RouterBuilder builder, String operation, Function<Query, Future<Reply>> question) {
        builder.getRoute(operation).addHandler(context -> {
            Query query = Query.of(context);
            Future.succeededFuture(query)
                    .compose(question::apply)
                    .compose(reply -> write(context, query, reply))
                    .onFailure(context::fail);
        });
    }

    private static Future<Void> write(RoutingContext context, Query query, Reply reply) {
        Format format = Format.choose(
                query.text("format", null), context.parsedHeaders().accept(), reply.csv() != null);
        Buffer body =
                switch (format) {
                    case JSON -> Json.of(reply.json());
                    case TEXT -> Buffer.buffer(reply.text().apply(query.flag("color") ? Ink.COLOUR : Ink.PLAIN));
                    case CSV -> Buffer.buffer(reply.csv().get().print());
                };
        reply.headers().forEach(context.response()::putHeader);
        return context.response()
                .setStatusCode(reply.status())
                .putHeader(HttpHeaders.CONTENT_TYPE, format.contentType())
                .putHeader(HttpHeaders.VARY, "Accept")
                .end(body);
    }

    private Future<Reply> health(Query query) {
        return desk.health().map(health -> Reply.of(health, ink -> new HealthText(ink).print(health)));
    }
}
