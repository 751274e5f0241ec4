package quantum.p35.dashboard;

import io.vertx.ext.web.MIMEHeader;
import java.util.List;
import java.util.Locale;

/** How an answer is written. */
enum Format {
    JSON("application/json"),
    TEXT("text/plain"),
    CSV("text/csv");

    final String type;

    Format(String type) {
        this.type = type;
    }

    String contentType() {
        return type + (this == JSON ? "" : "; charset=utf-8");
    }

    /**
     * @param asked the parameter {@code format}; null when absent, and then {@code accept} decides
     * @param accept best first; empty accepts anything
     * @param table whether the answer can be CSV
     */
    static Format choose(String asked, List<MIMEHeader> accept, boolean table) {
        if (asked != null) {
            Format format = valueOf(asked.toUpperCase(Locale.ROOT));
            if (format == CSV && !table) {
                throw new HttpError(406, "not_acceptable", "this answer is no table: ask for format json or text");
            }
            return format;
        }
        if (accept.isEmpty()) {
            return JSON;
        }
        for (MIMEHeader wanted : accept) {
            for (Format format : values()) {
                if ((format != CSV || table) && format.isMeantBy(wanted)) {
                    return format;
                }
            }
        }
        throw new HttpError(
                406,
                "not_acceptable",
                "none of the types in 'Accept' can be given: ask for application/json, text/plain"
                        + (table ? " or text/csv" : ""));
    }

    private boolean isMeantBy(MIMEHeader wanted) {
        String[] parts = type.split("/");
        return wanted.weight() > 0
                && (wanted.component().equals("*") || wanted.component().equals(parts[0]))
                && (wanted.subComponent().equals("*") || wanted.subComponent().equals(parts[1]));
    }
}
