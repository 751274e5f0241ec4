package quantum.p35.dashboard;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpHeaders;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import io.vertx.ext.web.handler.BodyHandler;
import io.vertx.ext.web.handler.PlatformHandler;
import io.vertx.ext.web.handler.SecurityPolicyHandler;
import io.vertx.ext.web.openapi.router.RouterBuilder;
import io.vertx.openapi.contract.OpenAPIContract;
import java.util.function.Function;
import java.util.regex.Pattern;

/**
 * The routes: every operation of the OpenAPI document behind the same doors, then the bridge, the page, then "there is no such thing".
 */
final class HttpApi {

    /** Of a body, and of a frame at the bridge. */
    static final int LARGEST_BODY = 16 * 1024;

    /** Of SockJS only the WebSockets, and what its clients ask before them. */
    private static final Pattern BRIDGE =
            Pattern.compile(Access.BRIDGE_PATH + "/(info|websocket|[^/.]+/[^/.]+/websocket)");

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

    Router router(Vertx vertx, DashboardConfig config, Probes probes, Bridge bridge) {
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
        // before the bridge: its router takes failures too, and looks at paths that cannot be read
        router.route().failureHandler(errors::answer);
        router.get("/api/*").handler(errors::noSuchPath);
        router.route(Access.BRIDGE_PATH + "/*").handler(context -> {
            if (BRIDGE.matcher(context.normalizedPath()).matches()) {
                context.next();
            } else {
                errors.noSuchPath(context);
            }
        });
        router.route(Access.BRIDGE_PATH + "/*").subRouter(bridge.routes());
        new Site(config.webroot()).mount(router);
        router.route().handler(errors::noSuchPath);
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
