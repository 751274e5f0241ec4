package quantum.p35.api;

import com.fasterxml.jackson.annotation.JsonValue;
import io.vertx.codegen.annotations.Nullable;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * One incident: a condition that fired, from its begin to its end. The value of a field of {@link Keys#activeAlerts()},
 * and the context of an entry of {@link Keys#alerts()}.
 *
 * @param id {@code p35_alert_<epoch seconds of its begin>_<reason>}: the same for its whole life
 * @param reason gate code or family; for a rule that is not about a gate, the rule's name
 * @param rule the rule of {@code conf/alerts.yaml} that gives the severity
 * @param window that the rule looks at
 * @param severity the highest that it reached
 * @param since when it fired first
 * @param changed when state or severity changed last
 * @param resolved null while it fires
 * @param score decisions of the gate, or that the rule is about, in the window; at the end when it is resolved
 * @param total all decisions in the window
 * @param share {@code score / total}, 3 decimals
 * @param peak the highest share while it fired
 * @param shareBefore the share in the hour before it began; null when not known
 * @param sentence what is wrong, in words
 * @param certainty how sure that is, in words: {@code at least 58 % with 99 % confidence}
 * @param decisions of the window by outcome, every outcome
 * @param symbols those that it stops most, at most 5; empty when it is not about decisions
 * @param action the first thing to do; null when the guide has none
 * @param flaps how often it fired again soon after its end
 * @param acknowledged null when nobody did
 * @param silenced the silence that it falls under; null when none
 * @param quietUntil nobody is to be notified of it before; null when at once
 * @param told what the alert stream was told last of this reason, lately; null when nothing
 */
public record Alert(
        String id,
        String reason,
        String rule,
        WindowName window,
        State state,
        Severity severity,
        Instant since,
        Instant changed,
        @Nullable Instant resolved,
        long score,
        long total,
        double share,
        double peak,
        @Nullable Double shareBefore,
        String sentence,
        String certainty,
        Map<Outcome, Long> decisions,
        List<Symbol> symbols,
        @Nullable String action,
        int flaps,
        @Nullable Acknowledgement acknowledged,
        @Nullable Silence silenced,
        @Nullable Instant quietUntil,
        @Nullable Told told) {

    public enum State {
        FIRING,
        RESOLVED;

        /** As it stands in the alert stream. */
        @JsonValue
        public String word() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    /** @param count decisions of this symbol that the alert is about */
    public record Symbol(String symbol, long count) {}

    /** @param note may be empty, never null */
    public record Acknowledgement(String by, String note, Instant at) {}

    /** An entry of the alert stream. */
    public record Told(State state, Severity severity, Instant at) {}
}
