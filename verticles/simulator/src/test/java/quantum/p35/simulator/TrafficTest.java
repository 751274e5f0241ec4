package quantum.p35.simulator;

import static java.util.stream.Collectors.groupingBy;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import quantum.p35.api.Outcome;

class TrafficTest {

    private static final Instant START = Instant.parse("2026-02-01T12:00:00Z");
    private static final int MANY = 60_000;
    private static final List<SimulatedEntry> HEALTHY = entries(MANY, 7, false, Mood.HEALTHY);

    private static List<SimulatedEntry> entries(int count, long seed, boolean plain, Mood mood) {
        Traffic traffic = new Traffic(seed, plain);
        List<SimulatedEntry> entries = new ArrayList<>(count);
        for (int i = 0; i < count; i++) {
            entries.add(traffic.next(START.plusMillis(200L * i), mood));
        }
        return entries;
    }

    private static double share(List<SimulatedEntry> entries, Predicate<SimulatedEntry> which) {
        return entries.stream().filter(which).count() / (double) entries.size();
    }

    private static void assertBetween(double low, double high, double share) {
        assertTrue(low <= share && share <= high, share + " is not between " + low + " and " + high);
    }

    @ParameterizedTest
    @CsvSource({"EXECUTE,0.30,0.50", "SKIP,0.30,0.50", "BLOCKED,0.10,0.20", "ERROR,0.01,0.05", "UNKNOWN,0.005,0.05"})
    void healthyOutcomesAreNearTheBaseline(Outcome outcome, double low, double high) {
        assertBetween(low, high, share(HEALTHY, entry -> entry.outcome() == outcome));
    }

    @ParameterizedTest
    @CsvSource({
        "no_position,0.30,0.40",
        "p33_permit_denied,0.20,0.30",
        "not_in_allowlist,0.05,0.10",
        "leverage_ratio_exceeded,0.05,0.10",
        "insufficient_confidence,0.01,0.05"
    })
    void healthyRefusalsAreNearTheBaseline(String family, double low, double high) {
        List<SimulatedEntry> refused = HEALTHY.stream()
                .filter(entry -> entry.outcome() != Outcome.EXECUTE)
                .filter(entry -> !entry.gate().equals("duplicate_plan"))
                .toList();
        assertBetween(
                low, high, share(refused, entry -> entry.gate().split(":")[0].equals(family)));
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3})
    void explosionStopsSeventyPercentOfDecisions(long seed) {
        List<SimulatedEntry> exploding = entries(MANY, seed, false, Mood.EXPLOSION);
        assertBetween(
                0.66, 0.74, share(exploding, entry -> entry.gate().equals("p33_permit_denied:no_exchange_snapshot")));
    }

    @Test
    void errorsInFreeTextLeadWhileTheyLast() {
        List<SimulatedEntry> erring = entries(MANY, 1, false, Mood.ERRORS);
        assertBetween(0.60, 0.70, share(erring, entry -> entry.gate().equals("unlisted")));
    }

    @Test
    void everySymbolOccurs() {
        Map<String, List<SimulatedEntry>> bySymbol =
                HEALTHY.stream().filter(entry -> entry.symbol() != null).collect(groupingBy(SimulatedEntry::symbol));
        assertEquals(Traffic.SYMBOLS.size(), bySymbol.size());
        assertTrue(bySymbol.get("币安人生USDT").size() > 100);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "plan_id symbol decision executed would_execute steps_results error timestamp",
                "plan_id symbol decision executed would_execute steps_results error event_type source timestamp",
                "plan_id symbol action executed error timestamp",
                "plan_id symbol action executed error close_qty timestamp",
                "plan_id symbol action executed reduceOnly close_qty filled_qty order_id order_status side close_pct"
                        + " timestamp",
                "event_type plan_id symbol executed source details timestamp",
                "event_type plan_id symbol executed source details"
            })
    void everyShapeOccurs(String fields) {
        List<String> names = List.of(fields.split(" "));
        assertTrue(HEALTHY.stream()
                .anyMatch(entry -> List.copyOf(entry.fields().keySet()).equals(names)));
    }

    @ParameterizedTest
    @CsvSource({
        "executed,True",
        "executed,False",
        "executed,true",
        "executed,false",
        "timestamp,1[0-9]{9}",
        "timestamp,1[0-9]{9}\\.000",
        "timestamp,1[0-9]{12}",
        "timestamp,2026-.*Z",
        "timestamp,\\$\\(date \\+%s\\)",
        "symbol,None",
        "action,ENTRY",
        "plan_id,rot_[0-9a-f]{8}_[0-9A-Z]+",
        "details,.*\"permit\":.*\"reason\":\"no_position\".*",
        "details,'.*kill_score_close_ok,duplicate_plan.*'",
        "error,symbol_not_in_allowlist:.*USDT"
    })
    void everyEncodingOccurs(String field, String pattern) {
        assertTrue(HEALTHY.stream()
                .anyMatch(entry -> entry.fields().getOrDefault(field, "").matches(pattern)));
    }

    @Test
    void samePlanComesAgainEveryFiveSeconds() {
        List<SimulatedEntry> repeats = HEALTHY.stream()
                .filter(entry -> entry.gate().equals("duplicate_plan"))
                .toList();
        assertBetween(0.12, 0.22, repeats.size() / (double) MANY);
        Map<String, List<SimulatedEntry>> byPlan =
                repeats.stream().collect(groupingBy(entry -> entry.fields().get("plan_id")));
        List<Duration> gaps = byPlan.values().stream()
                .flatMap(plan -> Stream.iterate(1, i -> i < plan.size(), i -> i + 1)
                        .map(i -> Duration.between(
                                plan.get(i - 1).at(), plan.get(i).at())))
                .toList();
        assertFalse(gaps.isEmpty());
        gaps.forEach(gap -> assertBetween(4, 7, gap.toMillis() / 1000.0));
    }

    @Test
    void gatesOfOneSymbolAreSticky() {
        Map<String, String> before = new HashMap<>();
        long pairs = 0;
        long same = 0;
        for (SimulatedEntry entry : HEALTHY) {
            if (entry.symbol() != null && !entry.gate().equals("duplicate_plan")) {
                String last = before.put(entry.symbol(), entry.gate());
                pairs += last == null ? 0 : 1;
                same += entry.gate().equals(last) ? 1 : 0;
            }
        }
        assertBetween(0.6, 0.9, same / (double) pairs);
    }

    @Test
    void sameSeedGivesTheSameEntries() {
        assertEquals(entries(500, 3, false, Mood.HEALTHY), entries(500, 3, false, Mood.HEALTHY));
    }

    @Test
    void plainEntriesNameTheirSymbolAndSecond() {
        for (SimulatedEntry entry : entries(2000, 3, true, Mood.HEALTHY)) {
            assertEquals(
                    Long.toString(entry.at().getEpochSecond()), entry.fields().get("timestamp"));
            assertEquals(entry.symbol(), entry.fields().get("symbol"));
        }
    }

    @Test
    void repeatsAreForgottenWhileSilent() {
        Traffic traffic = new Traffic(5, true);
        for (int i = 0; i < 500; i++) {
            traffic.next(START, Mood.HEALTHY);
        }
        Instant later = START.plus(Duration.ofMinutes(6));
        assertFalse(traffic.next(later, Mood.HEALTHY).gate().equals("duplicate_plan"));
    }
}
