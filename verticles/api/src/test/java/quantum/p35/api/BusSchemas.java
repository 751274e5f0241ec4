package quantum.p35.api;

import com.fasterxml.jackson.databind.BeanDescription;
import com.fasterxml.jackson.databind.JavaType;
import com.fasterxml.jackson.databind.SerializationConfig;
import com.fasterxml.jackson.databind.introspect.BeanPropertyDefinition;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Duration;
import java.time.Instant;
import java.util.Set;

/** JSON schemas of what the one mapper of the bus writes, each type once. */
final class BusSchemas {

    /** A message without a body. */
    static final String NOTHING = "Nothing";

    /** A message that is a String. */
    static final String TEXT = "Text";

    private static final String PACKAGE = "quantum.p35.api.";

    private final ObjectNode all = node();

    /** By its name without the package: {@code Why.Answer}. */
    static Class<?> type(String name) {
        try {
            return Class.forName(PACKAGE + name.replace('.', '$'));
        } catch (ClassNotFoundException e) {
            throw new AssertionError(
                    "the Javadoc of Addresses names " + name + ", which is no type of this package", e);
        }
    }

    static String name(Class<?> type) {
        return type.getName().substring(PACKAGE.length()).replace('$', '.');
    }

    ObjectNode payload(String message) {
        return switch (message) {
            case NOTHING -> node().put("type", "null");
            case TEXT -> node().put("type", "string");
            default -> of(BusMessages.JSON.constructType(type(message)));
        };
    }

    ObjectNode all() {
        return all;
    }

    private ObjectNode of(JavaType type) {
        Class<?> raw = type.getRawClass();
        if (raw == Object.class) {
            return node();
        }
        if (raw == String.class) {
            return node().put("type", "string");
        }
        if (raw == Instant.class) {
            return node().put("type", "string").put("format", "date-time");
        }
        if (raw == Duration.class) {
            return node().put("type", "string").put("format", "duration");
        }
        if (raw == boolean.class) {
            return node().put("type", "boolean");
        }
        if (raw == double.class || raw == Double.class) {
            return node().put("type", "number");
        }
        if (raw == int.class || raw == long.class || raw == Long.class) {
            return node().put("type", "integer");
        }
        if (type.isMapLikeType()) {
            ObjectNode map = node().put("type", "object");
            if (type.getKeyType().isEnumType()) {
                map.set("propertyNames", of(type.getKeyType()));
            }
            return map.set("additionalProperties", of(type.getContentType()));
        }
        if (type.isCollectionLikeType()) {
            ObjectNode list = node().put("type", "array").set("items", of(type.getContentType()));
            return Set.class.isAssignableFrom(raw) ? list.put("uniqueItems", true) : list;
        }
        return named(type);
    }

    private ObjectNode named(JavaType type) {
        String name = name(type.getRawClass());
        if (!all.has(name)) {
            ObjectNode schema = all.putObject(name);
            if (type.isEnumType()) {
                ArrayNode words = schema.put("type", "string").putArray("enum");
                for (Object constant : type.getRawClass().getEnumConstants()) {
                    words.add(BusMessages.JSON
                            .<ArrayNode>valueToTree(new Object[] {constant})
                            .get(0));
                }
            } else {
                fields(schema.put("type", "object"), type);
            }
        }
        return node().put("$ref", "#/components/schemas/" + name);
    }

    private void fields(ObjectNode schema, JavaType type) {
        SerializationConfig config = BusMessages.JSON.getSerializationConfig();
        BeanDescription bean = config.introspect(type);
        if (!bean.findProperties().isEmpty()) {
            ObjectNode properties = schema.putObject("properties");
            for (BeanPropertyDefinition property : bean.findProperties()) {
                properties.set(property.getName(), of(property.getPrimaryType()));
            }
        }
    }

    private static ObjectNode node() {
        return JsonNodeFactory.instance.objectNode();
    }
}
