package quantum.p35.dashboard;

import static io.vertx.json.schema.common.dsl.SchemaType.STRING;

import io.vertx.core.Future;
import io.vertx.core.json.Json;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import io.vertx.ext.web.RoutingContext;
import io.vertx.json.schema.JsonSchema;
import io.vertx.openapi.contract.Location;
import io.vertx.openapi.contract.OpenAPIContract;
import io.vertx.openapi.contract.Operation;
import io.vertx.openapi.contract.Parameter;
import io.vertx.openapi.contract.RequestBody;
import io.vertx.openapi.validation.RequestParameter;
import io.vertx.openapi.validation.ValidatableRequest;
import io.vertx.openapi.validation.impl.RequestParameterImpl;
import io.vertx.openapi.validation.impl.ValidatableRequestImpl;
import java.util.HashMap;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * The parameters of a request, made ready for the validation by the OpenAPI document, and what is wrong with them, in
 * words.
 *
 * <p>The stock extraction decodes a second time, which makes {@code a+b} two words and breaks on {@code %}, and lets
 * misspelt names pass unseen. There is no public constructor for what it must return, hence the two imports from impl.
 */
final class Parameters {

    private static final String OPERATION = "p35.operation";
    private static final int LONGEST_QUOTE = 60;

    private final OpenAPIContract contract;

    Parameters(OpenAPIContract contract) {
        this.contract = contract;
    }

    Future<ValidatableRequest> extract(RoutingContext context, Operation operation) {
        context.put(OPERATION, operation);
        Map<String, RequestParameter> path = new HashMap<>();
        Map<String, RequestParameter> query = new HashMap<>();
        for (Parameter parameter : operation.getParameters()) {
            (parameter.getIn() == Location.PATH ? path : query).put(parameter.getName(), given(context, parameter));
        }
        for (String name : context.queryParams().names()) {
            if (!query.containsKey(name)) {
                return Future.failedFuture(HttpError.badRequest("there is no parameter '" + quote(name) + "' here; "
                        + (query.isEmpty() ? "none is taken" : "there are " + sorted(query))));
            }
        }
        RequestParameter body = new RequestParameterImpl(
                operation.getRequestBody() == null ? null : context.body().buffer());
        return Future.succeededFuture(new ValidatableRequestImpl(
                Map.of(), Map.of(), path, query, body, context.request().getHeader("Content-Type")));
    }

    private static RequestParameter given(RoutingContext context, Parameter parameter) {
        String value = text(context, parameter);
        // as JSON, or the validator would take the text 1.5 for a number
        return new RequestParameterImpl(
                value != null && parameter.getSchemaType() == STRING ? Json.encode(value) : value);
    }

    private static String text(RoutingContext context, Parameter parameter) {
        return parameter.getIn() == Location.PATH
                ? context.pathParam(parameter.getName())
                : context.queryParams().get(parameter.getName());
    }

    /** The first parameter that the document refuses: its name, its value and the rule. */
    String explain(RoutingContext context) {
        Operation operation = context.get(OPERATION);
        for (Parameter parameter : operation.getParameters()) {
            String value = text(context, parameter);
            if (value == null ? parameter.isRequired() : !admitted(parameter, value)) {
                return "parameter '" + parameter.getName() + "' is '" + quote(value) + "': it must be "
                        + rule(parameter);
            }
        }
        RequestBody body = operation.getRequestBody();
        return body == null
                ? "the body must be empty"
                : wrongField(body, parsed(context.body().asString())) + "the body must be "
                        + body.getOpenAPIModel().getString("description");
    }

    /** The first field that the document refuses, and why; empty when it is none of them. */
    private String wrongField(RequestBody body, Object given) {
        JsonSchema schema = body.getContent().get("application/json").getSchema();
        JsonObject known = schema.get("properties");
        if (!(given instanceof JsonObject fields) || known == null || secret(known)) {
            return "";
        }
        JsonArray required = schema.get("required", new JsonArray());
        for (Object name : required) {
            if (!fields.containsKey(name.toString())) {
                return "'" + name + "' is missing: ";
            }
        }
        for (String name : fields.fieldNames()) {
            JsonObject field = known.getJsonObject(name);
            if (field == null) {
                return "there is no field '" + quote(name) + "': ";
            }
            Object value = fields.getValue(name);
            if (!contract.getSchemaRepository()
                    .validator(JsonSchema.of(field))
                    .validate(value)
                    .getValid()) {
                return "'" + name + "' is " + shown(value) + ": ";
            }
        }
        return "";
    }

    /** Of a body that holds a secret nothing is repeated. */
    private static boolean secret(JsonObject properties) {
        return properties.fieldNames().stream()
                .anyMatch(name -> properties.getJsonObject(name).getBoolean("writeOnly", false));
    }

    private static String shown(Object value) {
        return value instanceof String text ? "'" + quote(text) + "'" : quote(String.valueOf(value));
    }

    private boolean admitted(Parameter parameter, String value) {
        return contract.getSchemaRepository()
                .validator(parameter.getSchema())
                .validate(parameter.getSchemaType() == STRING ? value : parsed(value))
                .getValid();
    }

    private static Object parsed(String value) {
        try {
            return Json.decodeValue(value);
        } catch (RuntimeException e) {
            return value;
        }
    }

    private static String rule(Parameter parameter) {
        JsonArray words = parameter.getSchema().get("enum");
        if (words != null) {
            return "one of " + words.stream().map(String::valueOf).collect(Collectors.joining(", "));
        }
        String described = parameter.getSchema().get("description");
        return described == null ? "as /openapi.yaml says" : described;
    }

    private static String sorted(Map<String, RequestParameter> parameters) {
        return parameters.keySet().stream().sorted().collect(Collectors.joining(", "));
    }

    private static String quote(String value) {
        return value == null ? "" : Columns.cut(value, LONGEST_QUOTE);
    }
}
