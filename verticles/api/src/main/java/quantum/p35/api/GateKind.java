package quantum.p35.api;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import java.util.Arrays;
import java.util.Locale;

/** What it means when a gate stops a plan. */
public enum GateKind {
    /** A gate doing its job, or misbehaving. */
    BLOCKING,
    /** Nothing to do: {@code duplicate_plan}, {@code no_position}. */
    BENIGN,
    /** Something broke. */
    ERROR,
    /** Let the plan through; stops nothing and is never counted as a gate. */
    PASSED,
    /** A producer that reports badly: {@code unreported_gate}, {@code unlisted}. */
    QUALITY,
    /** The kind of {@link Gate#NONE}: no reason was reported. */
    NONE;

    @JsonValue
    public String word() {
        return name().toLowerCase(Locale.ROOT);
    }

    /**
     * @throws IllegalArgumentException naming the kinds there are
     */
    @JsonCreator
    public static GateKind of(String word) {
        return Arrays.stream(values())
                .filter(kind -> kind.word().equals(word))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException(
                        "gate kind '" + word + "': it must be blocking, benign, error, passed or quality"));
    }

    /** Whether a large share of such a gate is a reason to act: blocking, error and quality. */
    public boolean alarming() {
        return this == BLOCKING || this == ERROR || this == QUALITY;
    }
}
