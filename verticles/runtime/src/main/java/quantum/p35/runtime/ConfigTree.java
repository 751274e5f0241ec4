package quantum.p35.runtime;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.IntNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import java.lang.reflect.RecordComponent;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;

/**
 * What the configuration file, the environment and the flags say, the later over the earlier. Gathers every problem, so
 * that a person mends all of them at once, and knows which variable or flag a value came from.
 */
final class ConfigTree {

    private static final Pattern INTEGER = Pattern.compile("-?[0-9]{1,9}");

    private final Map<String, Record> defaults;
    private final ObjectNode root;
    private final Map<String, String> origins = new HashMap<>();
    private final List<String> problems = new ArrayList<>();

    /**
     * @param root as it was read
     * @param defaults every section that may stand in it
     * @param list the section that holds no keys but items
     */
    ConfigTree(ObjectNode root, Map<String, Record> defaults, String list) {
        this.defaults = defaults;
        this.root = root;
        String sections = String.join(", ", defaults.keySet());
        for (Map.Entry<String, JsonNode> section : List.copyOf(root.properties())) {
            String name = section.getKey();
            if (name.equals(list)) {
                continue;
            }
            if (!defaults.containsKey(name)) {
                problems.add(name + " is not known: the sections are " + sections + ", " + list);
            } else if (!section.getValue().isObject()) {
                root.remove(name);
                if (!section.getValue().isNull()) {
                    problems.add(name + " must be a section with keys below it, not a value");
                }
            }
        }
    }

    /** @param key {@code dashboard.port} @param origin {@code P35_HTTP_PORT}, {@code --port}: for complaints */
    void set(String key, String value, String origin) {
        int dot = key.indexOf('.');
        root.withObjectProperty(key.substring(0, dot)).put(key.substring(dot + 1), value);
        origins.put(key, origin);
    }

    /** The section's values over its defaults; null when there were problems. */
    <T extends Record> T section(String name, Class<T> type) {
        ObjectNode given = root.withObjectProperty(name);
        for (RecordComponent component : type.getRecordComponents()) {
            String key = component.getName();
            boolean text = origins.containsKey(name + "." + key);
            if (text && component.getType() == int.class) {
                given.set(key, number(given.get(key).textValue().strip()));
            }
        }
        return StrictRecord.of(StrictRecord.withDefaults(defaults.get(name), given), type, name + ".", this::problem);
    }

    /** The items of the section that is a list; empty when it is not there or no list, which is a problem. */
    List<JsonNode> items(String name) {
        JsonNode given = root.path(name);
        List<JsonNode> items = new ArrayList<>();
        if (given.isArray()) {
            given.forEach(items::add);
        } else if (!given.isMissingNode() && !given.isNull()) {
            problems.add(name + " is " + StrictRecord.shown(given) + ": it must be a list; [] for none");
        }
        return items;
    }

    private static JsonNode number(String text) {
        return INTEGER.matcher(text).matches() ? IntNode.valueOf(Integer.parseInt(text)) : TextNode.valueOf(text);
    }

    /** @param text begins with the key that it is about */
    void problem(String text) {
        String origin = origins.entrySet().stream()
                .filter(entry -> text.startsWith(entry.getKey()))
                .map(entry -> " (set by " + entry.getValue() + ")")
                .findFirst()
                .orElse("");
        problems.add(text + origin);
    }

    /** @throws StartProblem when anything was wrong */
    void check() throws StartProblem {
        if (!problems.isEmpty()) {
            throw new StartProblem(problems);
        }
    }
}
