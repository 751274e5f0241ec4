package quantum.p35.api;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonValue;
import io.vertx.codegen.annotations.Nullable;
import java.time.Instant;
import java.util.List;
import java.util.Locale;

/** What is wrong, and what was wrong lately? */
public final class Alerts {

    private Alerts() {}

    public enum Which {
        /** What fires now. */
        ACTIVE,
        /** Every incident that the alert stream still tells of, and what fires now. */
        RECENT;

        @JsonValue
        public String word() {
            return name().toLowerCase(Locale.ROOT);
        }

        /**
         * @throws IllegalArgumentException naming the words there are
         */
        @JsonCreator
        public static Which of(String word) {
            for (Which which : values()) {
                if (which.word().equals(word)) {
                    return which;
                }
            }
            throw new IllegalArgumentException("state '" + word + "' is not one of active, recent");
        }
    }

    public record Question(Which state) {}

    /**
     * @param alerts newest change first
     * @param blind why nothing can fire or end just now, of drift; null when something can
     */
    public record Answer(
            Instant asOf,
            List<Alert> alerts,

            @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable
            String blind) {

        public Answer(Instant asOf, List<Alert> alerts) {
            this(asOf, alerts, null);
        }
    }

    /**
     * "I have seen it and look after it." Answered by the {@link Alert}.
     *
     * @param id of the alert
     * @param note null is an empty one
     */
    public record Acknowledge(
            String id, String by, @Nullable String note) {}
}
