package quantum.p35.insight;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import quantum.p35.api.Keys;

class FindingsTest {

    private static final Instant MINUTE = Instant.parse("2026-02-01T14:05:00Z");

    private static List<String> findings(Bucket.Builder built) {
        Bucket bucket = built.build();
        return Findings.of(Counts.sum(List.of(bucket)), Progress.NONE, List.of(bucket), List.of(), Keys.DEFAULT);
    }

    private static Bucket.Builder decisions(int count) {
        return Bucket.of(MINUTE, name -> name).add("decision:SKIP", Integer.toString(count));
    }

    @Test
    void onePercentIsNotWorthASentence() {
        assertEquals(List.of(), findings(decisions(100).add("quality:details_broken", "1")));
        assertEquals(
                List.of("2 % of decisions have broken JSON in their details"),
                findings(decisions(100).add("quality:details_broken", "2")));
    }

    @Test
    void missingAndUnreadableTimestampsAreOneFinding() {
        assertEquals(
                List.of("4 % of decisions have no readable timestamp"),
                findings(
                        decisions(100).add("quality:timestamp_missing", "1").add("quality:timestamp_unreadable", "3")));
    }

    @Test
    void namesTheReasonsThatNobodyKnows() {
        assertEquals(
                List.of("50 % of decisions have a reason that the gate catalogue does not know"),
                findings(decisions(100).add("reason:unlisted", "50")));
    }

    @Test
    void saysWhenABucketIsAtItsBound() {
        Bucket.Builder full = decisions(1_000_000).add("symbol_decision:other:SKIP", "9");
        for (int i = 0; i < 4094; i++) {
            full.add("symbol_decision:S" + i + ":SKIP", "1");
        }
        assertEquals(
                List.of(
                        "quantum:p35:bucket:202602011405 holds 4 096 fields, its bound: further symbols count as 'other'"),
                findings(full));
    }

    @Test
    void readsTheStatusWhateverStandsInIt() {
        Progress progress = Progress.of(
                Map.of("last_id", "garbage", "processed_total", "-3", "lost_total", "1", "lag", "unknown"),
                Map.of("*", "NaN", "BTCUSDT", "1769954731"),
                null);
        assertEquals(
                new Progress(null, 0, 1, true, null, Map.of("BTCUSDT", Instant.ofEpochSecond(1769954731))), progress);
        assertEquals(
                "1 entry was lost before anyone could count it",
                Findings.of(Counts.NONE, progress, List.of(), List.of(), Keys.DEFAULT)
                        .getFirst());
    }
}
