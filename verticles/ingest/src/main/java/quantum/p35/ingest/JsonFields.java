package quantum.p35.ingest;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.json.JsonReadFeature;
import java.io.IOException;
import java.util.HashMap;
import java.util.Map;

/**
 * The scalar fields of a JSON object as texts, as if they stood in the entry itself. Nested values are skipped, but for an
 * object under {@code details}: the {@code permit.reason} of an executed plan is not why it was skipped.
 */
final class JsonFields {

    static final String DETAILS = "details";

    /** Chars; what the producers write has under 1 000. A longer text counts as broken. */
    static final int MAX_LENGTH = 256 * 1024;

    private static final int MAX_DEPTH = 100;

    /** Python writes NaN and Infinity. Keys are foreign text, so they are not interned and may collide. */
    private static final JsonFactory JSON = JsonFactory.builder()
            .streamReadConstraints(
                    StreamReadConstraints.builder().maxNestingDepth(MAX_DEPTH).build())
            .enable(JsonReadFeature.ALLOW_NON_NUMERIC_NUMBERS)
            .disable(JsonFactory.Feature.INTERN_FIELD_NAMES)
            .disable(JsonFactory.Feature.FAIL_ON_SYMBOL_HASH_OVERFLOW)
            .build();

    private JsonFields() {}

    /** @return null when the text is not one whole JSON object */
    static Map<String, String> read(String text) {
        if (text.length() > MAX_LENGTH || text.charAt(0) != '{') {
            return null;
        }
        try (JsonParser parser = JSON.createParser(text)) {
            parser.nextToken();
            Map<String, String> fields = new HashMap<>();
            readObject(parser, fields, text);
            return parser.nextToken() == null ? fields : null;
        } catch (IOException e) {
            return null;
        }
    }

    /** Of a key that stands twice the last value holds, as in the producers' own JSON library. */
    private static void readObject(JsonParser parser, Map<String, String> fields, String text) throws IOException {
        while (parser.nextToken() == JsonToken.FIELD_NAME) {
            String name = parser.currentName();
            JsonToken value = parser.nextToken();
            if (value == JsonToken.START_OBJECT && name.equals(DETAILS)) {
                int from = (int) parser.currentTokenLocation().getCharOffset();
                parser.skipChildren();
                fields.put(name, text.substring(from, (int)
                        parser.currentLocation().getCharOffset()));
            } else if (value.isScalarValue() && value != JsonToken.VALUE_NULL) {
                fields.put(name, parser.getText());
            } else {
                parser.skipChildren();
                fields.remove(name);
            }
        }
    }
}
