package quantum.p35.dashboard;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.json.JsonObject;
import io.vertx.openapi.contract.OpenAPIContract;
import io.vertx.openapi.impl.Utils;
import quantum.p35.api.Version;

/**
 * The OpenAPI document, as it is served and as requests are checked by it.
 *
 * <p>The checker refuses documents with response types that it cannot validate, CSV and event streams among them. It only
 * ever sees our requests, so it gets the document without the content of responses.
 */
record Contract(Buffer document, OpenAPIContract rules) {

    private static final String FILE = "quantum/p35/dashboard/openapi.yaml";

    static Future<Contract> load(Vertx vertx) {
        return vertx.fileSystem().readFile(FILE).compose(file -> {
            String document = file.toString().replace("@version@", Version.current());
            return Utils.yamlStringToJson(document)
                    .map(Contract::withoutResponseContent)
                    .compose(json -> OpenAPIContract.from(vertx, json))
                    .map(rules -> new Contract(Buffer.buffer(document), rules));
        });
    }

    private static JsonObject withoutResponseContent(JsonObject document) {
        JsonObject paths = document.getJsonObject("paths");
        for (String path : paths.fieldNames()) {
            for (String method : paths.getJsonObject(path).fieldNames()) {
                strip(paths.getJsonObject(path).getJsonObject(method).getJsonObject("responses"));
            }
        }
        strip(document.getJsonObject("components").getJsonObject("responses"));
        return document;
    }

    private static void strip(JsonObject responses) {
        responses.fieldNames().forEach(name -> responses.getJsonObject(name).remove("content"));
    }
}
