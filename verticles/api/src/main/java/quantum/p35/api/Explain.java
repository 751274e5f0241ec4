package quantum.p35.api;

import com.fasterxml.jackson.annotation.JsonValue;
import io.vertx.codegen.annotations.Nullable;
import java.time.Instant;
import java.util.List;
import java.util.Locale;

/** Why does an alert fire, or not? */
public final class Explain {

    private Explain() {}

    /** @param gate code, family or name of a rule; null for everything that was looked at */
    public record Question(@Nullable String gate) {}

    /** @param asOf of the look that this explains */
    public record Answer(Instant asOf, List<Explanation> explanations) {}

    public enum Status {
        /** The condition does not hold. */
        INACTIVE,
        /** It holds, and not long enough yet. */
        PENDING,
        FIRING,
        /** Not enough is known: neither fires nor ends. */
        UNDECIDED;

        @JsonValue
        public String word() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    /**
     * One rule about one thing, at one look.
     *
     * @param reason gate, family, or the rule's name
     * @param sentence {@code did not fire: 9 decisions, 20 needed}
     * @param share plain share of all decisions, 3 decimals; null when the rule is not about a share
     * @param low lower end of the confidence interval that was compared; null when there is none
     * @param high upper end; null when there is none
     * @param threshold that it was compared with; null when there is none
     */
    public record Explanation(
            String rule,
            String reason,
            WindowName window,
            Status status,
            String sentence,
            @Nullable Double share,
            @Nullable Double low,
            @Nullable Double high,
            @Nullable Double threshold) {}
}
