package quantum.p35.api;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.vertx.codegen.annotations.Nullable;
import java.util.Objects;
import java.util.stream.Stream;

/**
 * From which share on a gate is how bad, as parts of one. A severity without a threshold (null) is never given.
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record AlertThresholds(
        @Nullable Double medium,
        @Nullable Double high,
        @Nullable Double critical) {

    public AlertThresholds {
        double before = 0;
        for (Double threshold :
                Stream.of(medium, high, critical).filter(Objects::nonNull).toList()) {
            if (!(threshold > before && threshold <= 1)) {
                throw new IllegalArgumentException("the alert thresholds are medium " + medium + ", high " + high
                        + ", critical " + critical + ": they must rise, each over 0 and at most 1 (0.4 is 40 %)");
            }
            before = threshold;
        }
        if (before == 0) {
            throw new IllegalArgumentException(
                    "alert thresholds without a value: give at least one of medium, high, critical");
        }
    }

    /** From here on it alerts at all. */
    public double lowest() {
        return Stream.of(medium, high, critical)
                .filter(Objects::nonNull)
                .findFirst()
                .orElseThrow();
    }

    /** The highest severity whose threshold the share reaches; null when it reaches none. */
    public Severity at(double share) {
        if (critical != null && share >= critical) {
            return Severity.CRITICAL;
        }
        if (high != null && share >= high) {
            return Severity.HIGH;
        }
        return medium != null && share >= medium ? Severity.MEDIUM : null;
    }
}
