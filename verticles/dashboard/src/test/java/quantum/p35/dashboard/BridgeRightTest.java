package quantum.p35.dashboard;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import quantum.p35.api.Addresses;

class BridgeRightTest {

    private static final Map<String, String> DECIDED = Map.ofEntries(
            Map.entry("DECISIONS_READ", "denied"),
            Map.entry("BUCKETS_COMMITTED", "denied"),
            Map.entry("WINDOWS_UPDATED", "FACT"),
            Map.entry("INSIGHT_WHY", "QUESTION"),
            Map.entry("INSIGHT_GATES", "QUESTION"),
            Map.entry("INSIGHT_SYMBOLS", "QUESTION"),
            Map.entry("INSIGHT_DRIFT", "QUESTION"),
            Map.entry("INSIGHT_TIMELINE", "QUESTION"),
            Map.entry("INSIGHT_GUIDE", "QUESTION"),
            Map.entry("INGEST_RECENT", "QUESTION"),
            Map.entry("ALERTS_CHANGED", "FACT"),
            Map.entry("DRIFT_ALERTS", "QUESTION"),
            Map.entry("DRIFT_ACKNOWLEDGE", "COMMAND"),
            Map.entry("DRIFT_SILENCES", "QUESTION"),
            Map.entry("DRIFT_SILENCE", "COMMAND"),
            Map.entry("DRIFT_UNSILENCE", "COMMAND"),
            Map.entry("DRIFT_EXPLAIN", "QUESTION"),
            Map.entry("DISCORD_TEST", "COMMAND"),
            Map.entry("DISCORD_WORKS", "denied"),
            Map.entry("HEALTH_CHANGED", "FACT"),
            Map.entry("HEALTH_ASKED", "denied"),
            Map.entry("RUNTIME_LEAVING", "denied"),
            Map.entry("CATALOGUE_CHANGED", "FACT"),
            Map.entry("RUNTIME_LIST", "QUESTION"),
            Map.entry("RUNTIME_SCALE", "COMMAND"),
            Map.entry("RUNTIME_REDEPLOY", "COMMAND"),
            Map.entry("RUNTIME_UNDEPLOY", "COMMAND"));

    /** Fails for a new address until somebody says here whether strangers may use it. */
    @Test
    void everyAddressIsDecided() throws IllegalAccessException {
        Map<String, String> rights = new TreeMap<>();
        for (var constant : Addresses.class.getFields()) {
            BridgeRight right = BridgeRight.at((String) constant.get(null));
            rights.put(
                    constant.getName(), right == null ? "denied" : right.kind().name());
        }
        assertEquals(new TreeMap<>(DECIDED), rights);
    }

    @ParameterizedTest
    @CsvSource({"p35.insight", "p35.insight.why.more", "P35.INSIGHT.WHY", "p35.*", "''", "p35.insight.new"})
    void onlyExactAddressesCount(String address) {
        assertEquals(null, BridgeRight.at(address));
    }
}
