package quantum.p35.discord;

import com.fasterxml.jackson.core.type.TypeReference;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import quantum.p35.api.Alert;
import quantum.p35.api.BusMessages;
import quantum.p35.api.Keys;
import quantum.p35.api.Outcome;
import quantum.p35.api.Severity;
import quantum.p35.api.Silence;
import quantum.p35.api.WindowName;
import quantum.p35.testkit.TestRedis;

/** An alert to be changed step by step, and drift's part: what it would write to Redis. */
record Drill(Alert alert) {

    static final String STALE = "p33_permit_denied:stale";

    /** HIGH, at 70 %, since five minutes. */
    static Drill firing(String reason) {
        return firing(reason, Instant.now().minusSeconds(300));
    }

    static Drill firing(String reason, Instant now) {
        Instant since = now.truncatedTo(ChronoUnit.SECONDS);
        return new Drill(new Alert(
                "p35_alert_" + since.getEpochSecond() + "_" + reason,
                reason,
                "gate_share",
                WindowName.FIVE_MINUTES,
                Alert.State.FIRING,
                Severity.HIGH,
                since,
                since,
                null,
                210,
                300,
                0.7,
                0.7,
                0.06,
                reason + " stops 70 % of decisions (210 of 300 in the last 5 minutes)",
                "at least 62 % with 99 % confidence",
                Map.of(Outcome.EXECUTE, 30L, Outcome.SKIP, 60L, Outcome.BLOCKED, 210L),
                List.of(new Alert.Symbol("BTCUSDT", 120), new Alert.Symbol("1000PEPE_USDT", 90)),
                "redis-cli HGETALL quantum:state:positions:BTCUSDT",
                0,
                null,
                null,
                null,
                null));
    }

    String id() {
        return alert.id();
    }

    Drill escalated(Severity severity) {
        return with("severity", severity).with("share", 0.85).with("peak", 0.85);
    }

    Drill resolved(Instant at) {
        return with("state", Alert.State.RESOLVED)
                .with("resolved", at)
                .with("changed", at)
                .with("score", 12)
                .with("share", 0.04);
    }

    Drill resolved() {
        return resolved(Instant.now());
    }

    Drill reopened() {
        return with("state", Alert.State.FIRING).with("resolved", null).with("flaps", alert.flaps() + 1);
    }

    Drill acknowledged(String by, String note, Instant at) {
        return with("acknowledged", new Alert.Acknowledgement(by, note, at));
    }

    Drill silenced(Instant until) {
        return with("silenced", new Silence("s1", alert.reason(), null, alert.since(), until, "ann", "known"));
    }

    Drill quietUntil(Instant until) {
        return with("quietUntil", until);
    }

    /** The alert with another value, by its name as JSON. */
    Drill with(String field, Object value) {
        Map<String, Object> fields =
                BusMessages.JSON.convertValue(alert, new TypeReference<TreeMap<String, Object>>() {});
        fields.put(field, value);
        return new Drill(BusMessages.JSON.convertValue(fields, Alert.class));
    }

    String json() {
        return BusMessages.JSON.valueToTree(alert).toString();
    }

    /** As drift does when the stream is due: an entry, and the present state. */
    Drill tell(TestRedis redis) {
        tell(redis, List.of(this));
        return this;
    }

    /** All in one look. */
    static void tell(TestRedis redis, List<Drill> drills) {
        redis.with(client -> {
            client.call("MULTI");
            drills.forEach(drill -> {
                String state = drill.alert.state().word();
                client.call("HSET", Keys.DEFAULT.activeAlerts(), drill.alert.reason(), drill.json());
                client.call(
                        "XADD",
                        Keys.DEFAULT.alerts(),
                        "*",
                        "alert_id",
                        drill.id(),
                        "state",
                        state,
                        "context",
                        drill.json());
            });
            return client.call("EXEC");
        });
    }

    /** Only the present state. */
    Drill show(TestRedis redis) {
        redis.cli("HSET", Keys.DEFAULT.activeAlerts(), alert.reason(), json());
        return this;
    }

    /** The cooldown is over: drift forgets it. */
    Drill forget(TestRedis redis) {
        redis.cli("HDEL", Keys.DEFAULT.activeAlerts(), alert.reason());
        return this;
    }
}
