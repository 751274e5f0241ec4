package quantum.p35.drift;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.util.LinkedHashMap;
import java.util.Map;
import quantum.p35.api.AlertThresholds;
import quantum.p35.api.Severity;
import quantum.p35.api.WindowName;

/**
 * The rules of {@code conf/alerts.yaml}: when an alert fires, how bad it is, when it ends. The file is laid over
 * {@link #DEFAULT}, group by group: a key that is left out keeps its default.
 *
 * @param thresholds of a gate's share; a gate may have its own in {@code conf/gates.yaml}
 * @param evidence how much must be known before anything is said
 * @param timing how long it must be so, and how often people are told
 * @param quietHours null when there are none
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record AlertRules(
        AlertThresholds thresholds, Evidence evidence, Timing timing, Map<String, Rule> rules, QuietHours quietHours) {

    static final String GATE_SHARE = "gate_share";
    static final String FAMILY_SHARE = "family_share";
    static final String GATE_STUCK = "gate_stuck";
    static final String GATE_GROWING = "gate_growing";
    static final String EXECUTE_LOW = "execute_low";
    static final String SKIP_HIGH = "skip_high";
    static final String BLOCKED_HIGH = "blocked_high";
    static final String ERROR_HIGH = "error_high";
    static final String UNKNOWN_HIGH = "unknown_high";
    static final String SYMBOL_STUCK = "symbol_stuck";
    static final String SOURCE_SILENT = "source_silent";
    static final String INGEST_BEHIND = "ingest_behind";

    /** As {@code conf/alerts.yaml} is shipped. */
    public static final AlertRules DEFAULT = new AlertRules(
            new AlertThresholds(0.40, 0.60, 0.80),
            new Evidence(20, 0.99, 120, 0.05),
            new Timing(3, 300),
            shipped(),
            null);

    /**
     * @param decisions that a window must hold, repeats left out, before a rule about shares fires
     * @param confidence of the intervals that shares are compared by, two-sided
     * @param freshSeconds how old the newest decision may be for a rule about shares to fire
     * @param clearBelow how far out of its threshold a share must be for an alert to end, as a part of one
     */
    public record Evidence(int decisions, double confidence, int freshSeconds, double clearBelow) {

        public Evidence {
            require(decisions >= 1, "alerts.evidence.decisions", decisions, "1 or more");
            require(
                    confidence >= 0.5 && confidence < 1,
                    "alerts.evidence.confidence",
                    confidence,
                    "at least 0.5 and under 1 (0.99 is 99 %)");
            require(freshSeconds >= 10, "alerts.evidence.freshSeconds", freshSeconds, "10 or more");
            require(
                    clearBelow >= 0 && clearBelow < 1,
                    "alerts.evidence.clearBelow",
                    clearBelow,
                    "0 or more and under 1 (0.05 is 5 points)");
        }
    }

    /**
     * @param looks in a row, 10 s apart, that must say the same before an alert fires or ends
     * @param cooldownSeconds during which an alert that fires again is the same incident, and nobody is told anew
     */
    public record Timing(int looks, int cooldownSeconds) {

        public Timing {
            require(looks >= 1 && looks <= 60, "alerts.timing.looks", looks, "1 to 60");
            require(
                    cooldownSeconds >= 0 && cooldownSeconds <= 86_400,
                    "alerts.timing.cooldownSeconds",
                    cooldownSeconds,
                    "0 to 86400");
        }
    }

    /**
     * One rule; a key that means nothing for it is null.
     *
     * @param severity null where the share decides
     * @param window that it looks at; null where that is fixed
     * @param threshold as a part of one
     * @param seconds how long it may last
     */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    public record Rule(boolean enabled, Severity severity, WindowName window, Double threshold, Integer seconds) {}

    /**
     * Nobody is to be notified in these hours, every day.
     *
     * @param from {@code 22:00}, in the zone
     * @param to {@code 07:00}; before {@code from} when the hours go over midnight
     * @param zone {@code Europe/Oslo}
     * @param below alerts of this severity or worse are told all the same
     */
    public record QuietHours(String from, String to, String zone, Severity below) {

        public QuietHours {
            RuleChecks.time("alerts.quietHours.from", from);
            RuleChecks.time("alerts.quietHours.to", to);
            RuleChecks.zone("alerts.quietHours.zone", zone);
            require(!from.equals(to), "alerts.quietHours.to", to, "another time than from");
            require(below != null, "alerts.quietHours.below", below, "MEDIUM, HIGH or CRITICAL");
        }
    }

    public AlertRules {
        thresholds = thresholds == null ? DEFAULT.thresholds : thresholds;
        evidence = evidence == null ? DEFAULT.evidence : evidence;
        timing = timing == null ? DEFAULT.timing : timing;
        rules = RuleChecks.complete(rules, DEFAULT == null ? rules : DEFAULT.rules);
        required("medium", thresholds.medium());
        required("high", thresholds.high());
        required("critical", thresholds.critical());
    }

    /** The rule of that name; every name has one. */
    Rule rule(String name) {
        return rules.get(name);
    }

    /** As {@code P35_ALERT_THRESHOLD_MEDIUM}, {@code _HIGH}, {@code _CRITICAL} and {@code P35_ALERT_COOLDOWN} ask; null keeps it. */
    public AlertRules withOverrides(Double medium, Double high, Double critical, Integer cooldownSeconds) {
        AlertThresholds overridden = new AlertThresholds(
                medium == null ? thresholds.medium() : medium,
                high == null ? thresholds.high() : high,
                critical == null ? thresholds.critical() : critical);
        Timing told = cooldownSeconds == null ? timing : new Timing(timing.looks, cooldownSeconds);
        return new AlertRules(overridden, evidence, told, rules, quietHours);
    }

    private static Map<String, Rule> shipped() {
        Map<String, Rule> rules = new LinkedHashMap<>();
        rules.put(GATE_SHARE, new Rule(true, null, null, null, null));
        rules.put(FAMILY_SHARE, new Rule(true, null, null, null, null));
        rules.put(GATE_STUCK, new Rule(true, Severity.HIGH, null, null, null));
        rules.put(GATE_GROWING, new Rule(true, Severity.MEDIUM, null, 0.10, null));
        rules.put(EXECUTE_LOW, share(Severity.HIGH, WindowName.FIFTEEN_MINUTES, 0.20));
        rules.put(SKIP_HIGH, share(Severity.MEDIUM, WindowName.FIFTEEN_MINUTES, 0.70));
        rules.put(BLOCKED_HIGH, share(Severity.HIGH, WindowName.FIFTEEN_MINUTES, 0.40));
        rules.put(ERROR_HIGH, share(Severity.CRITICAL, WindowName.FIVE_MINUTES, 0.10));
        rules.put(UNKNOWN_HIGH, share(Severity.MEDIUM, WindowName.FIFTEEN_MINUTES, 0.05));
        rules.put(SYMBOL_STUCK, new Rule(true, Severity.HIGH, null, null, null));
        rules.put(SOURCE_SILENT, new Rule(true, Severity.HIGH, null, null, 300));
        rules.put(INGEST_BEHIND, new Rule(true, Severity.HIGH, null, null, 60));
        return rules;
    }

    private static Rule share(Severity severity, WindowName window, double threshold) {
        return new Rule(true, severity, window, threshold, null);
    }

    private static void required(String severity, Double threshold) {
        require(threshold != null, "alerts.thresholds." + severity, threshold, "a part of one (0.4 is 40 %)");
    }

    private static void require(boolean met, String key, Object value, String rule) {
        RuleChecks.require(met, key, value, rule);
    }
}
