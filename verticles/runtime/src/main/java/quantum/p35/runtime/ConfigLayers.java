package quantum.p35.runtime;

import io.vertx.config.ConfigRetriever;
import io.vertx.config.ConfigRetrieverOptions;
import io.vertx.config.ConfigStoreOptions;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.json.JsonObject;
import io.vertx.core.json.jackson.DatabindCodec;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;

/**
 * The three places that Vert.x Config reads, later over earlier: the file, the environment, the flags.
 *
 * <p>A flag stands under the name of its variable, so that the one lies over the other. What is left at the end is moved
 * to its key, with the place that it came from.
 */
final class ConfigLayers {

    private static final Map<String, String> FLAGS =
            Map.of("P35_HTTP_PORT", CommandLine.PORT, "P35_REDIS_URL", CommandLine.REDIS);

    private final Path file;
    private final Environment environment;
    private final Map<String, String> flags = new HashMap<>();

    /**
     * @param file null when there is none
     * @param options of the command line
     */
    ConfigLayers(Path file, Environment environment, Map<String, String> options) {
        this.file = file;
        this.environment = environment;
        FLAGS.forEach((variable, flag) -> {
            if (options.containsKey(flag)) {
                flags.put(variable, options.get(flag));
            }
        });
    }

    /** Null when there is none. */
    Path file() {
        return file;
    }

    /** Fails with a {@link StartProblem} when the file cannot be read. */
    Future<ConfigTree> read(Vertx vertx) {
        ConfigRetriever retriever = ConfigRetriever.create(vertx, stores());
        return retriever
                .getConfig()
                .onComplete(read -> retriever.close())
                .recover(error -> Future.failedFuture(
                        error instanceof StartProblem ? error : new StartProblem(StrictYaml.unreadable(file, error))))
                .map(this::tree);
    }

    private ConfigTree tree(JsonObject merged) {
        Map<String, String> overrides = new HashMap<>();
        for (String variable : Environment.KEYS.keySet()) {
            if (flags.containsKey(variable) || environment.get(variable) != null) {
                overrides.put(variable, (String) merged.remove(variable));
            }
        }
        ConfigTree tree =
                new ConfigTree(DatabindCodec.mapper().valueToTree(merged), Configuration.DEFAULTS, Extension.SECTION);
        overrides.forEach((variable, value) -> tree.set(
                Environment.KEYS.get(variable), value, flags.containsKey(variable) ? FLAGS.get(variable) : variable));
        return tree;
    }

    private ConfigRetrieverOptions stores() {
        ConfigRetrieverOptions options = new ConfigRetrieverOptions().setIncludeDefaultStores(false);
        if (file != null) {
            options.addStore(new ConfigStoreOptions()
                    .setType("file")
                    .setFormat(StrictYamlProcessor.FORMAT)
                    .setConfig(new JsonObject().put("path", file.toString())));
        }
        return options.addStore(environment.store())
                .addStore(new ConfigStoreOptions().setType("json").setConfig(new JsonObject(Map.copyOf(flags))))
                .setScanPeriod(-1);
    }
}
