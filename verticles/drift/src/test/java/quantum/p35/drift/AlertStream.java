package quantum.p35.drift;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import quantum.p35.api.Alert;
import quantum.p35.api.Keys;
import quantum.p35.testkit.TestRedis;

/** The alert stream as its readers see it. */
record AlertStream(TestRedis redis) {

    /** Fields of every entry, oldest first. */
    List<Map<String, String>> entries() {
        List<Map<String, String>> entries = new ArrayList<>();
        for (Object entry : (List<?>) redis.cli("XRANGE", Keys.DEFAULT.alerts(), "-", "+")) {
            List<?> fields = (List<?>) ((List<?>) entry).get(1);
            Map<String, String> byName = new LinkedHashMap<>();
            for (int i = 0; i < fields.size(); i += 2) {
                byName.put((String) fields.get(i), (String) fields.get(i + 1));
            }
            entries.add(byName);
        }
        return entries;
    }

    /** {@code firing HIGH} for each entry. */
    List<String> told() {
        return entries().stream()
                .map(entry -> entry.get("state") + " " + entry.get("severity"))
                .toList();
    }

    List<String> ids() {
        return entries().stream().map(entry -> entry.get("alert_id")).distinct().toList();
    }

    List<Alert> alerts() {
        return entries().stream()
                .map(entry -> AlertEntry.alert(entry.get(AlertEntry.CONTEXT)))
                .toList();
    }
}
