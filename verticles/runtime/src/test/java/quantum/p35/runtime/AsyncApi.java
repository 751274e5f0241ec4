package quantum.p35.runtime;

import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import io.vertx.json.schema.Draft;
import io.vertx.json.schema.JsonSchema;
import io.vertx.json.schema.JsonSchemaOptions;
import io.vertx.json.schema.OutputFormat;
import io.vertx.json.schema.OutputUnit;
import io.vertx.json.schema.Validator;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;

/** {@code docs/asyncapi.yaml}, as a stranger takes it: nothing of the code is looked at. */
record AsyncApi(JsonObject document) {

    private static final JsonSchemaOptions OPTIONS = new JsonSchemaOptions()
            .setBaseUri("https://p35.test/")
            .setDraft(Draft.DRAFT202012)
            .setOutputFormat(OutputFormat.Basic);

    static AsyncApi read(Path file) throws IOException {
        return new AsyncApi(
                new JsonObject(new YAMLMapper().readTree(file.toFile()).toString()));
    }

    Set<String> messages() {
        return new TreeSet<>(
                document.getJsonObject("components").getJsonObject("messages").fieldNames());
    }

    /** Messages that are sent to us. */
    Set<String> asked() {
        JsonObject operations = document.getJsonObject("operations");
        return operations.fieldNames().stream()
                .filter(name -> operations.getJsonObject(name).containsKey("reply"))
                .map(name -> only(document.getJsonObject("channels").getJsonObject(name)))
                .collect(Collectors.toSet());
    }

    /** The message that is sent there. */
    String askedAt(String address) {
        JsonObject channels = document.getJsonObject("channels");
        return channels.fieldNames().stream()
                .map(channels::getJsonObject)
                .filter(channel -> address.equals(channel.getString("address")))
                .map(AsyncApi::only)
                .findFirst()
                .orElseThrow();
    }

    private static String only(JsonObject channel) {
        return channel.getJsonObject("messages").fieldNames().iterator().next();
    }

    List<String> required(String message) {
        return schemas().getJsonObject(message).getJsonArray("required", JsonArray.of()).stream()
                .map(String.class::cast)
                .toList();
    }

    Set<String> fields(String message) {
        return schemas()
                .getJsonObject(message)
                .getJsonObject("properties", JsonObject.of())
                .fieldNames();
    }

    /** What keeps this from being that message, by JSON Schema; empty when nothing does. */
    List<String> problems(String message, Object body) {
        JsonObject root = JsonObject.of(
                "$ref", "#/components/schemas/" + message, "components", JsonObject.of("schemas", schemas()));
        OutputUnit found = Validator.create(JsonSchema.of(root), OPTIONS).validate(body);
        List<String> problems = new ArrayList<>();
        if (!found.getValid()) {
            found.getErrors()
                    .forEach(error -> problems.add(message + " "
                            + error.getInstanceLocation().replaceAll("/[0-9]+", "/n") + ": " + error.getError()));
        }
        return problems;
    }

    private JsonObject schemas() {
        return document.getJsonObject("components").getJsonObject("schemas");
    }
}
