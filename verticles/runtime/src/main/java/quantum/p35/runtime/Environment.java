package quantum.p35.runtime;

import io.vertx.config.ConfigStoreOptions;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Consumer;
import java.util.function.Function;
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
    private static final String WEBHOOK = "P35_DISCORD_WEBHOOK_URL";
    private static final String FILE = "_FILE";

    /** Copies of secrets that systemd made when it started the service. */
    private static final String CREDENTIALS = "/run/credentials/";

    /** Each lies over a figure of {@code conf/alerts.yaml}. */
    static final String MEDIUM = "P35_ALERT_THRESHOLD_MEDIUM";

    static final String HIGH = "P35_ALERT_THRESHOLD_HIGH";
    static final String CRITICAL = "P35_ALERT_THRESHOLD_CRITICAL";
    static final String COOLDOWN = "P35_ALERT_COOLDOWN";

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

    /** What callers must show; null when there is none. */
    Secret token(Consumer<String> problems) {
        return secret(TOKEN, "token", problems);
    }

    /** Where alerts go; null when there is none. */
    Secret webhook(Consumer<String> problems) {
        return secret(WEBHOOK, "address", problems);
    }

    /** How another address comes to be used: which file, and what reads it again. */
    String renewWebhook() {
        String file = get(WEBHOOK + FILE);
        if (file == null) {
            return "set " + WEBHOOK + " to its URL where the service is started, and restart it: a process keeps the"
                    + " environment that it began with";
        }
        if (file.startsWith(CREDENTIALS)) {
            return "write its URL into the file that the unit's LoadCredential names"
                    + " (/etc/quantum-p35/credentials/discord-webhook-url) and restart the service: systemd hands it over"
                    + " at a start only";
        }
        return "write its URL into " + file + " (" + WEBHOOK + FILE + ") and ./p35 redeploy discord";
    }

    /** From its variable, or from the file that {@code …_FILE} names. */
    private Secret secret(String name, String what, Consumer<String> problems) {
        String value = get(name);
        String file = get(name + FILE);
        if (file == null) {
            return value == null ? null : new Secret(value.strip());
        }
        if (value != null) {
            problems.accept(name + " and " + name + FILE + " are both set: keep one");
            return null;
        }
        return secret(name + FILE, what, Path.of(""), file, problems);
    }

    /**
     * The content of a file; null when it cannot be used.
     *
     * @param key that names the file, for complaints
     * @param what must be written into it: {@code token}
     * @param folder that a relative path begins at
     */
    static Secret secret(String key, String what, Path folder, String file, Consumer<String> problems) {
        try {
            String content = Files.readString(folder.resolve(file)).strip();
            if (content.isEmpty()) {
                problems.accept(key + " names " + file + ", which is empty: write the " + what + " into it");
                return null;
            }
            return new Secret(content);
        } catch (IOException | InvalidPathException e) {
            problems.accept(key + " names " + file + ", which cannot be read: "
                    + (e instanceof NoSuchFileException ? "there is no such file" : e.toString())
                    + ". Give a file that this user may read");
            return null;
        }
    }

    /** The number that a variable holds; null when it is not set, or no number, which is a problem. */
    <T extends Number> T number(String name, Function<String, T> reader, Consumer<String> problems) {
        try {
            return get(name) == null ? null : reader.apply(get(name).strip());
        } catch (NumberFormatException e) {
            problems.accept(name + " is '" + get(name) + "': it must be a number");
            return null;
        }
    }

    /** Variables that look like ours and that nothing reads: a typing error, or of another version. */
    List<String> unknown() {
        Set<String> others =
                Set.of(CONFIG, TOKEN, TOKEN + FILE, WEBHOOK, WEBHOOK + FILE, MEDIUM, HIGH, CRITICAL, COOLDOWN);
        Set<String> known = Stream.of(KEYS.keySet(), OF_THE_COMMAND, others)
                .flatMap(Set::stream)
                .collect(Collectors.toSet());
        return variables.keySet().stream().filter(name -> !known.contains(name)).toList();
    }
}
