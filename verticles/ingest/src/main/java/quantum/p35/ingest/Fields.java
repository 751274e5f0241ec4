package quantum.p35.ingest;

import java.util.Map;

/**
 * What an entry says, wherever it says it: its own fields first, for what is missing there the JSON object in
 * {@code details}. An entry of the single field {@code data} or {@code payload} is unwrapped first.
 */
final class Fields {

    private final Map<String, String> own;
    private final Map<String, String> details;
    private final boolean broken;

    private Fields(Map<String, String> own, boolean wrapperBroken) {
        this.own = own;
        String json = Texts.trimmed(own.get(JsonFields.DETAILS));
        Map<String, String> read = json == null ? Map.of() : JsonFields.read(json);
        this.details = read == null ? Map.of() : read;
        this.broken = wrapperBroken || read == null;
    }

    static Fields of(Map<String, String> entry) {
        String wrapped = entry.size() == 1 ? wrapped(entry) : null;
        if (wrapped == null) {
            return new Fields(entry, false);
        }
        Map<String, String> inner = JsonFields.read(wrapped);
        return inner == null ? new Fields(entry, true) : new Fields(inner, false);
    }

    private static String wrapped(Map<String, String> entry) {
        String data = Texts.trimmed(entry.get("data"));
        return data != null ? data : Texts.trimmed(entry.get("payload"));
    }

    /** Whether JSON was there and could not be read. */
    boolean broken() {
        return broken;
    }

    /** Trimmed; null when blank or absent. */
    String text(String name) {
        String text = Texts.trimmed(own.get(name));
        return text != null ? text : Texts.trimmed(details.get(name));
    }

    /** Null when absent or not readable as yes or no. */
    Boolean flag(String name) {
        String text = text(name);
        if (text == null) {
            return null;
        }
        return switch (text) {
            case "true", "True", "TRUE", "1", "yes" -> true;
            case "false", "False", "FALSE", "0", "no" -> false;
            default -> null;
        };
    }

    /** Why, in the producer's words: the entry's own fields before those of the details; null when not said. */
    String reason() {
        String reason = reason(own);
        return reason != null ? reason : reason(details);
    }

    private static String reason(Map<String, String> fields) {
        String error = Texts.trimmed(fields.get("error"));
        return error != null ? error : Texts.trimmed(fields.get("reason"));
    }
}
