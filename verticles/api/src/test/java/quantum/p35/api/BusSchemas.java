package quantum.p35.api;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.databind.BeanDescription;
import com.fasterxml.jackson.databind.JavaType;
import com.fasterxml.jackson.databind.SerializationConfig;
import com.fasterxml.jackson.databind.introspect.BeanPropertyDefinition;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.vertx.codegen.annotations.Nullable;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.Set;

/**
 * JSON schemas of what the one mapper of the bus writes, each type once. What may be null says the annotation of the record's
 * component.
 */
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

    /** @param asked whether it is the body of a request: then what may be null may be left out */
    ObjectNode payload(String message, boolean asked) {
        return switch (message) {
            case NOTHING -> node().put("type", "null");
            case TEXT -> node().put("type", "string");
            default -> named(BusMessages.JSON.constructType(type(message)), asked);
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
        return named(type, false);
    }

    private ObjectNode named(JavaType type, boolean asked) {
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
                fields(schema.put("type", "object"), type, asked);
            }
        }
        return node().put("$ref", "#/components/schemas/" + name);
    }

    private void fields(ObjectNode schema, JavaType type, boolean asked) {
        SerializationConfig config = BusMessages.JSON.getSerializationConfig();
        BeanDescription bean = config.introspect(type);
        if (bean.findProperties().isEmpty()) {
            return;
        }
        ArrayNode required = JsonNodeFactory.instance.arrayNode();
        ObjectNode properties = node();
        for (BeanPropertyDefinition property : bean.findProperties()) {
            boolean nullable = nullable(type.getRawClass(), property.getName());
            boolean written = written(bean, property);
            if (asked ? !nullable : written) {
                required.add(property.getName());
            }
            ObjectNode value = of(property.getPrimaryType());
            properties.set(property.getName(), nullable && (asked || written) ? orNull(value) : value);
        }
        if (!required.isEmpty()) {
            schema.set("required", required);
        }
        schema.set("properties", properties);
    }

    private static boolean nullable(Class<?> type, String field) {
        return type.isRecord()
                && Arrays.stream(type.getRecordComponents())
                        .filter(component -> component.getName().equals(field))
                        .anyMatch(component -> component.getAnnotatedType().isAnnotationPresent(Nullable.class));
    }

    /** Whether it is there whatever its value is. */
    private static boolean written(BeanDescription bean, BeanPropertyDefinition property) {
        JsonInclude.Include when = bean.findPropertyInclusion(JsonInclude.Value.empty())
                .withOverrides(property.findInclusion())
                .getValueInclusion();
        return when == JsonInclude.Include.USE_DEFAULTS || when == JsonInclude.Include.ALWAYS;
    }

    private static ObjectNode orNull(ObjectNode schema) {
        if (schema.has("$ref")) {
            ObjectNode either = node();
            either.putArray("anyOf").add(schema).addObject().put("type", "null");
            return either;
        }
        String type = schema.path("type").textValue();
        schema.putArray("type").add(type).add("null");
        return schema;
    }

    private static ObjectNode node() {
        return JsonNodeFactory.instance.objectNode();
    }
}
