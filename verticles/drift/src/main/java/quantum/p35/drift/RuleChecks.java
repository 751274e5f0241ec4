package quantum.p35.drift;

import java.time.DateTimeException;
import java.time.LocalTime;
import java.time.ZoneId;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import quantum.p35.api.WindowName;
import quantum.p35.drift.AlertRules.Rule;

/** What must be so in {@code conf/alerts.yaml}; each complaint names key, value and rule. */
final class RuleChecks {

    private RuleChecks() {}

    /** Every rule, each with just the keys that mean something for it. @param shapes the rules as they are shipped */
    static Map<String, Rule> complete(Map<String, Rule> rules, Map<String, Rule> shapes) {
        Map<String, Rule> all = new LinkedHashMap<>(shapes);
        if (rules != null) {
            rules.forEach((name, rule) -> {
                if (!shapes.containsKey(name)) {
                    throw new IllegalArgumentException("alerts.rules." + name + ": there is no rule '" + name
                            + "', the rules are " + String.join(", ", shapes.keySet()));
                }
                require(rule != null, "alerts.rules." + name, rule, "a group of keys");
                check("alerts.rules." + name + ".", rule, shapes.get(name));
                all.put(name, rule);
            });
        }
        return Collections.unmodifiableMap(all);
    }

    private static void check(String key, Rule rule, Rule shape) {
        same(key + "severity", rule.severity(), shape.severity(), "MEDIUM, HIGH or CRITICAL");
        same(key + "window", rule.window(), shape.window(), "1m, 5m, 15m or 1h");
        same(key + "threshold", rule.threshold(), shape.threshold(), "over 0 and under 1 (0.4 is 40 %)");
        same(key + "seconds", rule.seconds(), shape.seconds(), "10 to 86400");
        Double threshold = rule.threshold();
        require(
                threshold == null || threshold > 0 && threshold < 1,
                key + "threshold",
                threshold,
                "over 0 and under 1 (0.4 is 40 %)");
        Integer seconds = rule.seconds();
        require(seconds == null || seconds >= 10 && seconds <= 86_400, key + "seconds", seconds, "10 to 86400");
    }

    private static void same(String key, Object value, Object shape, String rule) {
        require(value == null || shape != null, key, value, "left out: it means nothing for this rule");
        require(value != null || shape == null, key, value, rule);
    }

    static LocalTime time(String key, String text) {
        require(text != null, key, text, "a time such as '22:00'");
        try {
            return LocalTime.parse(text);
        } catch (DateTimeException e) {
            throw new IllegalArgumentException(key + " is '" + text + "': it must be a time such as '22:00'", e);
        }
    }

    static ZoneId zone(String key, String text) {
        require(text != null, key, text, "a time zone such as 'Europe/Oslo' or 'UTC'");
        try {
            return ZoneId.of(text);
        } catch (DateTimeException e) {
            throw new IllegalArgumentException(
                    key + " is '" + text + "': it must be a time zone such as 'Europe/Oslo' or 'UTC'", e);
        }
    }

    static void require(boolean met, String key, Object value, String rule) {
        if (!met) {
            throw new IllegalArgumentException(key + " is " + written(value) + ": it must be " + rule);
        }
    }

    /** As it stands in the file. */
    private static Object written(Object value) {
        return value == null ? "not given" : value instanceof WindowName window ? window.code() : value;
    }
}
