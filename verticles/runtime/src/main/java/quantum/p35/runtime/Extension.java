package quantum.p35.runtime;

import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.databind.JsonNode;
import java.nio.file.InvalidPathException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import java.util.regex.Pattern;

/**
 * Somebody else's verticle: an item of {@code extensions} in {@code conf/p35.yaml}. Whether its class can be used is found
 * out when it is deployed: one that cannot start is tried again and keeps nothing else from running.
 *
 * @param type its class; the key is {@code class}
 * @param config given to it as it stands; empty when there is none
 * @param jar that holds the class; null: it is among our own jars
 */
record Extension(
        String name, @JsonProperty("class") String type, Integer instances, Map<String, Object> config, String jar) {

    static final String SECTION = "extensions";

    /** It stands in addresses of the HTTP API and in labels of metrics. */
    private static final Pattern NAME = Pattern.compile("[a-z][a-z0-9-]{0,31}");

    private static final int MOST_INSTANCES = 16;

    Extension {
        require(
                name != null && NAME.matcher(name).matches(),
                "an extension is named '" + name
                        + "': give it a 'name' of 1 to 32 lower-case letters, digits and -, a letter first");
        require(
                type != null && !type.isBlank(),
                "extension '" + name + "' has no class: name its verticle under 'class', with its package");
        instances = instances == null ? 1 : instances;
        require(
                instances >= 0 && instances <= MOST_INSTANCES,
                "extension '" + name + "': instances is " + instances + ": it must be 0 to " + MOST_INSTANCES);
        config = config == null ? Map.of() : config;
    }

    private static void require(boolean met, String otherwise) {
        if (!met) {
            throw new IllegalArgumentException(otherwise);
        }
    }

    /**
     * The items of the list that can be used.
     *
     * @param home where a relative jar begins
     * @param taken names that an extension cannot have
     * @param problems told of all others
     */
    static List<Extension> read(List<JsonNode> items, Home home, Set<String> taken, Consumer<String> problems) {
        List<Extension> extensions = new ArrayList<>();
        Set<String> names = new HashSet<>();
        int place = 0;
        for (JsonNode item : items) {
            place++;
            String shown = item.path("name").isTextual()
                    ? "extension '" + item.path("name").textValue() + "'"
                    : "extension " + place + " of the list";
            if (!item.isObject()) {
                problems.accept(shown + " is " + StrictRecord.shown(item) + ": it must be a group of keys ("
                        + String.join(", ", StrictRecord.keys(Extension.class)) + ")");
                continue;
            }
            Extension extension = StrictRecord.of(item, Extension.class, shown + ": ", problems);
            if (extension == null) {
                continue;
            }
            if (taken.contains(extension.name)) {
                problems.accept(shown + ": a part of the service has this name: take another");
            } else if (!names.add(extension.name)) {
                problems.accept(shown + " stands twice: give each a name of its own");
            } else {
                extensions.add(extension.at(home, problems));
            }
        }
        return List.copyOf(extensions);
    }

    private Extension at(Home home, Consumer<String> problems) {
        try {
            return jar == null
                    ? this
                    : new Extension(
                            name, type, instances, config, home.resolve(jar).toString());
        } catch (InvalidPathException e) {
            problems.accept("extension '" + name + "': jar is '" + jar + "': it must be a path: " + e.getReason());
            return this;
        }
    }

    /** How complaints about it begin. */
    String shown() {
        return "extension '" + name + "' (class " + type + (jar == null ? "" : ", jar " + jar) + "): ";
    }
}
