package quantum.p35.runtime;

import com.fasterxml.jackson.databind.JsonNode;
import io.vertx.config.spi.ConfigProcessor;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.json.JsonObject;
import java.nio.file.Path;

/**
 * A format of Vert.x Config: YAML as {@link StrictYaml} reads it. The one of vertx-config-yaml keeps the last of two equal
 * keys, takes {@code 80:35} for the number 4835, and cannot read a file of comments.
 *
 * <p>Public because Vert.x finds it by {@code META-INF/services}.
 */
public final class StrictYamlProcessor implements ConfigProcessor {

    static final String FORMAT = "strict-yaml";

    @Override
    public String name() {
        return FORMAT;
    }

    /** @param store the file store's options: its {@code path} is named in complaints */
    @Override
    public Future<JsonObject> process(Vertx vertx, JsonObject store, Buffer content) {
        return vertx.executeBlocking(() -> sections(Path.of(store.getString("path")), content.getBytes()));
    }

    private static JsonObject sections(Path file, byte[] content) throws StartProblem {
        JsonNode tree = StrictYaml.parse(file, content);
        if (tree.isMissingNode() || tree.isNull()) {
            return new JsonObject();
        }
        if (!tree.isObject()) {
            throw new StartProblem("the configuration must be sections ("
                    + String.join(", ", Configuration.DEFAULTS.keySet()) + ") with keys below them");
        }
        return new JsonObject(tree.toString());
    }
}
