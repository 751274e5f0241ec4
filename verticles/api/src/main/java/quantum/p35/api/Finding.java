package quantum.p35.api;

import java.util.Locale;

/** Something wrong with the data of one entry that did not keep it from being counted. */
public enum Finding {
    TIMESTAMP_MISSING,
    TIMESTAMP_UNREADABLE,
    TIMESTAMP_OUT_OF_RANGE,
    DETAILS_BROKEN,
    SYMBOL_MISSING,
    VERDICT_UNKNOWN;

    private final String field = name().toLowerCase(Locale.ROOT);

    /** The name in the bucket: {@code quality:<field>}. */
    public String field() {
        return field;
    }
}
