package quantum.p35.dashboard;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonMappingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectReader;
import com.fasterxml.jackson.databind.exc.UnrecognizedPropertyException;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import java.lang.reflect.RecordComponent;
import java.util.Arrays;
import java.util.stream.Collectors;
import quantum.p35.api.BusMessages;
import quantum.p35.api.WindowName;

/**
 * Reads the body of a question or a command. Stricter than the bus, where processes of several versions meet: a stranger's
 * field that we do not know is a mistake, and one that we need must not become 0 because it was forgotten.
 */
final class BridgeBody {

    private static final ObjectReader STRICT =
            BusMessages.JSON.reader().with(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES);

    private BridgeBody() {}

    /**
     * @param body null is an empty object
     * @throws IllegalArgumentException saying which field is wrong, and what it should be
     */
    static <T extends Record> T read(JsonNode body, Class<T> type) {
        JsonNode given = body == null || body.isNull() ? JsonNodeFactory.instance.objectNode() : body;
        if (!given.isObject()) {
            throw new IllegalArgumentException("the body must be a JSON object with " + fields(type));
        }
        for (RecordComponent field : type.getRecordComponents()) {
            check(field, given.path(field.getName()));
        }
        try {
            return STRICT.treeToValue(given, type);
        } catch (UnrecognizedPropertyException e) {
            throw new IllegalArgumentException(
                    "the body has a field '" + Columns.cut(e.getPropertyName(), 60) + "', but may only have "
                            + fields(type),
                    e);
        } catch (JsonProcessingException e) {
            throw new IllegalArgumentException(explain(e, given, type), e);
        }
    }

    /** Jackson would make a number of "7", 2 of 2.9, the second of an enum's words of 1, and nothing of "". */
    private static void check(RecordComponent field, JsonNode value) {
        Class<?> type = field.getType();
        if (value.isMissingNode() || value.isNull()) {
            if (type.isPrimitive() || type == WindowName.class) {
                throw new IllegalArgumentException("the body lacks '" + field.getName() + "', " + words(type));
            }
            return;
        }
        boolean fits = type == int.class
                ? value.canConvertToInt() && value.isIntegralNumber()
                : type == double.class ? value.isNumber() : value.isTextual();
        if (!fits
                || (type != String.class && value.isTextual() && value.asText().isBlank())) {
            throw new IllegalArgumentException(wrong(field, value));
        }
    }

    private static String wrong(RecordComponent field, JsonNode value) {
        return "the body's '" + field.getName() + "' is " + Columns.cut(value.toString(), 60) + ": it must be "
                + words(field.getType());
    }

    private static String explain(JsonProcessingException error, JsonNode given, Class<? extends Record> type) {
        String name = error instanceof JsonMappingException mapping
                        && !mapping.getPath().isEmpty()
                ? mapping.getPath().getFirst().getFieldName()
                : null;
        return Arrays.stream(type.getRecordComponents())
                .filter(field -> field.getName().equals(name))
                .findFirst()
                .map(field -> wrong(field, given.path(name)))
                .orElse("the body cannot be read: " + Columns.cut(error.getOriginalMessage(), 200));
    }

    private static String fields(Class<? extends Record> type) {
        String names = Arrays.stream(type.getRecordComponents())
                .map(RecordComponent::getName)
                .collect(Collectors.joining(", "));
        return names.isEmpty() ? "no field" : names;
    }

    private static String words(Class<?> type) {
        if (type.isEnum()) {
            return "one of "
                    + Arrays.stream(type.getEnumConstants())
                            .map(word -> BusMessages.JSON
                                    .convertValue(word, JsonNode.class)
                                    .asText())
                            .collect(Collectors.joining(", "));
        }
        return switch (type.getSimpleName()) {
            case "int" -> "a whole number";
            case "double" -> "a number";
            case "Instant" -> "a time as 2026-02-01T16:00:00Z";
            case "Duration" -> "a duration as PT5M";
            default -> "a text";
        };
    }
}
