package quantum.p35.runtime;

import io.vertx.config.ConfigStoreOptions;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import quantum.p35.api.Secret;

/** The environment variables that we know, each with the key that it sets. A blank one counts as not set. */
final class Environment {

    static final String CONFIG = "P35_CONFIG";

    /** Variable → the key that it sets. */
    static final Map<String, String> KEYS = Map.of(
            "P35_REDIS_URL", "redis.url",
            "P35_HTTP_HOST", "dashboard.host",
            "P35_HTTP_PORT", "dashboard.port");

    private static final String TOKEN = "P35_API_TOKEN";

    /** Read by the command {@code ./p35}, not by the service. */
    private static final Set<String> OF_THE_COMMAND = Set.of("P35_URL", "P35_TOKEN", "P35_JAVA_HOME", "P35_JAVA_OPTS");

    private final Map<String, String> variables;
    private final boolean ofProcess;

    /** These variables instead of the process's own. */
    Environment(Map<String, String> variables) {
        this(variables, false);
    }

    static Environment ofProcess() {
        return new Environment(System.getenv(), true);
    }

    private Environment(Map<String, String> variables, boolean ofProcess) {
        this.ofProcess = ofProcess;
        this.variables = variables.entrySet().stream()
                .filter(variable -> variable.getKey().startsWith("P35_"))
                .filter(variable -> !variable.getValue().isBlank())
                .collect(Collectors.toMap(Map.Entry::getKey, Map.Entry::getValue, (a, b) -> b, TreeMap::new));
    }

    /** Without these names: the demo has a Redis and a configuration of its own. */
    Environment without(String... names) {
        return new Environment(
                variables.entrySet().stream()
                        .filter(variable -> !List.of(names).contains(variable.getKey()))
                        .collect(Collectors.toMap(Map.Entry::getKey, Map.Entry::getValue)),
                ofProcess);
    }

    /** Null when it is not set. */
    String get(String name) {
        return variables.get(name);
    }

    /** What Vert.x Config reads: the variables that set a key, as text under their own names, and no blank ones. */
    ConfigStoreOptions store() {
        Map<String, Object> given = new HashMap<>(variables);
        given.keySet().retainAll(KEYS.keySet());
        return ofProcess
                ? new ConfigStoreOptions()
                        .setType("env")
                        .setConfig(new JsonObject()
                                .put("keys", new JsonArray(List.copyOf(given.keySet())))
                                .put("raw-data", true))
                : new ConfigStoreOptions().setType("json").setConfig(new JsonObject(given));
    }

    /** The API token, from its variable or from the file that {@code …_FILE} names; null when there is none. */
    Secret token(Consumer<String> problems) {
        String value = get(TOKEN);
        String file = get(TOKEN + "_FILE");
        if (file == null) {
            return value == null ? null : new Secret(value.strip());
        }
        if (value != null) {
            problems.accept(TOKEN + " and " + TOKEN + "_FILE are both set: keep one");
            return null;
        }
        try {
            String content = Files.readString(Path.of(file)).strip();
            if (content.isEmpty()) {
                problems.accept(TOKEN + "_FILE names " + file + ", which is empty: write the token into it");
                return null;
            }
            return new Secret(content);
        } catch (IOException | java.nio.file.InvalidPathException e) {
            problems.accept(TOKEN + "_FILE names " + file + ", which cannot be read: "
                    + (e instanceof IOException && !Files.exists(Path.of(file))
                            ? "there is no such file"
                            : e.toString())
                    + ". Give a file that this user may read");
            return null;
        }
    }

    /** Variables that look like ours and that nothing reads: a typing error, or of another version. */
    List<String> unknown() {
        Set<String> known = Stream.of(KEYS.keySet(), OF_THE_COMMAND, Set.of(CONFIG, TOKEN, TOKEN + "_FILE"))
                .flatMap(Set::stream)
                .collect(Collectors.toSet());
        return variables.keySet().stream().filter(name -> !known.contains(name)).toList();
    }
}
