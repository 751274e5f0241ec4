package quantum.p35.runtime;

import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import quantum.p35.api.Keys;
import quantum.p35.simulator.Expected;
import quantum.p35.testkit.TestRedis;

/** What stands in Redis after counting, read past the service. */
final class Counted {

    private static final Keys KEYS = Keys.DEFAULT;

    private final TestRedis redis;

    Counted(TestRedis redis) {
        this.redis = redis;
    }

    /** Zero when the field is not there. */
    long status(String field) {
        Object value = redis.cli("HGET", KEYS.status(), field);
        return value == null ? 0 : Long.parseLong((String) value);
    }

    long pending() {
        return (Long) ((List<?>) redis.cli("XPENDING", KEYS.stream(), KEYS.group())).getFirst();
    }

    long pendingOf(String consumer) {
        List<?> ids = (List<?>) redis.cli("XPENDING", KEYS.stream(), KEYS.group(), "-", "+", "10000", consumer);
        return ids.size();
    }

    /** Every consumer name that was ever used. */
    List<String> consumers() {
        List<?> rows = (List<?>) redis.cli("XINFO", "CONSUMERS", KEYS.stream(), KEYS.group());
        return rows.stream().map(row -> (String) ((List<?>) row).get(1)).toList();
    }

    /** Consumer names that a running instance holds. */
    List<String> heldNames() {
        String prefix = KEYS.lease("consumer:");
        List<?> keys = (List<?>) redis.cli("KEYS", prefix + "*");
        return keys.stream()
                .map(key -> ((String) key).substring(prefix.length()))
                .sorted()
                .toList();
    }

    /** Whether all that was added is told of and nothing is under way. */
    boolean settled(long entries) {
        return status("processed_total") + status("lost_total") >= entries && pending() == 0;
    }

    /** Bucket key → the fields that {@link Expected} knows. */
    Map<String, Map<String, Long>> buckets() {
        return hashes(KEYS.prefix() + ":bucket:*");
    }

    Map<String, Map<String, Long>> hours() {
        return hashes(KEYS.prefix() + ":hour:*");
    }

    private Map<String, Map<String, Long>> hashes(String pattern) {
        Map<String, Map<String, Long>> hashes = new TreeMap<>();
        for (Object key : (List<?>) redis.cli("KEYS", pattern)) {
            hashes.put((String) key, hash((String) key));
        }
        return hashes;
    }

    private Map<String, Long> hash(String key) {
        List<?> flat = (List<?>) redis.cli("HGETALL", key);
        Map<String, Long> fields = new TreeMap<>();
        for (int i = 0; i < flat.size(); i += 2) {
            String field = (String) flat.get(i);
            if (field.startsWith("decision:") || field.startsWith("reason:") || field.startsWith("symbol_")) {
                fields.put(field, Long.valueOf((String) flat.get(i + 1)));
            }
        }
        return fields;
    }

    static Map<String, Map<String, Long>> buckets(Expected expected) {
        Map<String, Map<String, Long>> buckets = new TreeMap<>();
        expected.buckets().forEach((minute, fields) -> buckets.put(KEYS.bucket(minute), new TreeMap<>(fields)));
        return buckets;
    }

    static Map<String, Map<String, Long>> hours(Expected expected) {
        Map<String, Map<String, Long>> hours = new TreeMap<>();
        expected.buckets().forEach((minute, fields) -> {
            Map<String, Long> hour = hours.computeIfAbsent(hourOf(minute), key -> new TreeMap<>());
            fields.forEach((field, count) -> {
                if (!field.startsWith("symbol_")) {
                    hour.merge(field, count, Long::sum);
                }
            });
        });
        return hours;
    }

    private static String hourOf(Instant minute) {
        return KEYS.hour(minute.truncatedTo(ChronoUnit.HOURS));
    }

    /** The whole status hash and what is pending, for a failure's story. */
    String story() {
        Map<Object, Object> status = new HashMap<>();
        List<?> flat = (List<?>) redis.cli("HGETALL", KEYS.status());
        for (int i = 0; i < flat.size(); i += 2) {
            status.put(flat.get(i), flat.get(i + 1));
        }
        return "status " + new TreeMap<>(status) + "\npending " + redis.cli("XPENDING", KEYS.stream(), KEYS.group())
                + "\ngroups " + redis.cli("XINFO", "GROUPS", KEYS.stream()) + "\nnames held " + heldNames();
    }
}
