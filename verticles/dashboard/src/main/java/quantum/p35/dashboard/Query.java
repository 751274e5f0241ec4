package quantum.p35.dashboard;

import io.vertx.core.json.JsonObject;
import io.vertx.ext.web.RoutingContext;
import io.vertx.ext.web.openapi.router.RouterBuilder;
import io.vertx.openapi.validation.RequestParameter;
import io.vertx.openapi.validation.ValidatedRequest;
import java.util.Arrays;
import java.util.List;
import java.util.function.Function;
import quantum.p35.api.WindowName;

/** A request that the OpenAPI document admitted: its parameters, with the defaults that it names, and its body. */
record Query(RoutingContext context, ValidatedRequest request) {

    static Query of(RoutingContext context) {
        return new Query(context, context.get(RouterBuilder.KEY_META_DATA_VALIDATED_REQUEST));
    }

    WindowName window() {
        return given("window", text -> WindowName.of(text.getString()), WindowName.FIVE_MINUTES);
    }

    String text(String name, String otherwise) {
        return given(name, RequestParameter::getString, otherwise);
    }

    /** Null when absent or blank: a form sends empty fields. */
    String filter(String name) {
        String text = text(name, "");
        return text.isBlank() ? null : text;
    }

    int whole(String name, int otherwise) {
        return given(name, RequestParameter::getInteger, otherwise);
    }

    double number(String name, double otherwise) {
        return given(name, RequestParameter::getDouble, otherwise);
    }

    boolean flag(String name) {
        return given(name, RequestParameter::getBoolean, false);
    }

    /** A comma list; empty when absent. */
    List<String> list(String name) {
        return Arrays.stream(text(name, "").split(","))
                .map(String::strip)
                .filter(part -> !part.isEmpty())
                .toList();
    }

    String path(String name) {
        return request.getPathParameters().get(name).getString();
    }

    /** Of a write that the document gives a body to. */
    JsonObject body() {
        return request.getBody().getJsonObject();
    }

    /** Does it when the answer is on its way, or the caller is gone. */
    void onceAnswered(Runnable action) {
        context.addEndHandler(answered -> action.run());
    }

    private <T> T given(String name, Function<RequestParameter, T> read, T otherwise) {
        RequestParameter value = request.getQuery().get(name);
        return value == null || value.isNull() ? otherwise : read.apply(value);
    }
}
