package quantum.p35.runtime;

import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonMappingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.MapperFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.cfg.CoercionAction;
import com.fasterxml.jackson.databind.cfg.CoercionInputShape;
import com.fasterxml.jackson.databind.exc.MismatchedInputException;
import com.fasterxml.jackson.databind.exc.UnrecognizedPropertyException;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.type.LogicalType;
import java.lang.reflect.RecordComponent;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;
import java.util.stream.Collectors;

/**
 * Makes a record of a tree that a person wrote: an unknown key, a missing value or a value of another type is a problem,
 * told in words. The rules of a value are the record's own; an {@link IllegalArgumentException} of its constructor is
 * passed on as it is.
 */
final class StrictRecord {

    private static final ObjectMapper MAPPER = mapper();
    private static final int SHOWN = 60;

    /** Keys whose value is never shown: it may hold a password. */
    private static final Set<String> HIDDEN = Set.of("redis.url");

    private StrictRecord() {}

    private static ObjectMapper mapper() {
        JsonMapper mapper = JsonMapper.builder()
                .disable(DeserializationFeature.ACCEPT_FLOAT_AS_INT)
                .disable(MapperFeature.ALLOW_COERCION_OF_SCALARS)
                .build();
        for (CoercionInputShape shape :
                List.of(CoercionInputShape.Integer, CoercionInputShape.Float, CoercionInputShape.Boolean)) {
            mapper.coercionConfigFor(LogicalType.Textual).setCoercion(shape, CoercionAction.Fail);
        }
        return mapper;
    }

    /** @param defaults for the keys that the tree does not name, group by group */
    static ObjectNode withDefaults(Record defaults, ObjectNode tree) {
        ObjectNode whole = MAPPER.valueToTree(defaults);
        lay(tree, whole);
        return whole;
    }

    private static void lay(ObjectNode over, ObjectNode under) {
        for (var field : over.properties()) {
            if (field.getValue() instanceof ObjectNode group && under.get(field.getKey()) instanceof ObjectNode below) {
                lay(group, below);
            } else {
                under.set(field.getKey(), field.getValue());
            }
        }
    }

    /**
     * @param prefix what stands before a key in a complaint: {@code ingest.}, or {@code gate 'x': }
     * @param problems told here
     * @return null when there were problems
     */
    static <T extends Record> T of(JsonNode tree, Class<T> type, String prefix, Consumer<String> problems) {
        List<String> known = keys(type);
        boolean good = true;
        for (var field : tree.properties()) {
            if (!known.contains(field.getKey())) {
                problems.accept(unknown(prefix + field.getKey(), known));
                good = false;
            } else if (field.getValue().isNull()) {
                problems.accept(prefix + field.getKey() + " has no value: give one, or delete the line");
                good = false;
            }
        }
        try {
            return good ? MAPPER.treeToValue(tree, type) : null;
        } catch (JsonProcessingException e) {
            problems.accept(complaint(e, tree, prefix));
            return null;
        }
    }

    static List<String> keys(Class<?> type) {
        return Arrays.stream(type.getRecordComponents()).map(StrictRecord::key).toList();
    }

    /** A component cannot be named {@code class}. */
    private static String key(RecordComponent component) {
        JsonProperty given = component.getAccessor().getAnnotation(JsonProperty.class);
        return given == null ? component.getName() : given.value();
    }

    private static String unknown(String key, Collection<?> known) {
        return key + " is not known: the keys here are "
                + known.stream().map(String::valueOf).collect(Collectors.joining(", "));
    }

    private static String complaint(JsonProcessingException e, JsonNode tree, String prefix) {
        List<JsonMappingException.Reference> path =
                e instanceof JsonMappingException mapping ? mapping.getPath() : List.of();
        JsonNode value = tree;
        StringBuilder key = new StringBuilder(prefix);
        for (JsonMappingException.Reference step : path) {
            if (step.getFieldName() == null) {
                value = value.path(step.getIndex());
                key.append('[').append(step.getIndex()).append(']');
            } else {
                value = value.path(step.getFieldName());
                key.append(step == path.getFirst() ? "" : ".").append(step.getFieldName());
            }
        }
        if (e instanceof UnrecognizedPropertyException unknown) {
            return unknown(key.toString(), unknown.getKnownPropertyIds());
        }
        for (Throwable cause = e; cause != null; cause = cause.getCause()) {
            if (cause instanceof IllegalArgumentException rule) {
                return path.isEmpty() || rule.getMessage().startsWith(key.toString())
                        ? rule.getMessage()
                        : key + ": " + rule.getMessage();
            }
        }
        String shown = HIDDEN.contains(key.toString()) ? "" : " is " + shown(value);
        return key + shown + ": it must be " + words(e);
    }

    static String shown(JsonNode value) {
        String text = value.isTextual() ? "'" + value.textValue() + "'" : value.toString();
        return text.length() <= SHOWN ? text : text.substring(0, SHOWN) + "…";
    }

    private static String words(JsonProcessingException e) {
        Class<?> wanted = e instanceof MismatchedInputException mismatch ? mismatch.getTargetType() : int.class;
        if (wanted == int.class || wanted == Integer.class) {
            return "a whole number";
        }
        if (wanted == double.class || wanted == Double.class) {
            return "a number";
        }
        if (wanted.isEnum()) {
            return "one of "
                    + Arrays.stream(wanted.getEnumConstants())
                            .map(String::valueOf)
                            .collect(Collectors.joining(", "));
        }
        if (wanted == boolean.class) {
            return "true or false";
        }
        if (wanted == String.class) {
            return "a text";
        }
        return Collection.class.isAssignableFrom(wanted) ? "a list" : "a group of keys";
    }
}
