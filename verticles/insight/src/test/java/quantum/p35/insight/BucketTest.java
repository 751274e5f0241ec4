package quantum.p35.insight;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import quantum.p35.api.Outcome;

class BucketTest {

    private static Bucket.Builder bucket() {
        return Bucket.of(Scene.NOW, name -> name);
    }

    @Test
    void readsEveryKindOfField() {
        Bucket bucket = bucket().add("decision:BLOCKED", "7")
                .add("reason:p33_permit_denied:stale", "5")
                .add("reason:none", "2")
                .add("symbol_reason:BTCUSDT:p33_permit_denied:stale", "5")
                .add("symbol_decision:BTCUSDT:BLOCKED", "7")
                .add("quality:details_broken", "1")
                .add("repeat:pairs", "6")
                .add("repeat:same", "4")
                .build();
        assertEquals(7, bucket.decisions(Outcome.BLOCKED));
        assertEquals(7, bucket.total());
        assertEquals(Map.of("p33_permit_denied:stale", 5L, "none", 2L), bucket.reasons());
        assertEquals(Map.of("details_broken", 1L), bucket.quality());
        assertEquals(6, bucket.repeatPairs());
        assertEquals(4, bucket.repeatSame());
        Bucket.Column byGate = bucket.symbolsByGate().get("p33_permit_denied:stale");
        assertArrayEquals(new String[] {"BTCUSDT"}, byGate.symbols());
        assertArrayEquals(new long[] {5}, byGate.counts());
        assertEquals(1, bucket.symbolsByOutcome().get(Outcome.BLOCKED).counts().length);
    }

    @Test
    void keepsSymbolsOfAnyScript() {
        Bucket bucket = bucket().add("symbol_reason:币安人生USDT:cooldown", "3").build();
        assertEquals(Map.of("币安人生USDT", 3L), SymbolSums.stoppedBy(List.of("cooldown"), List.of(bucket)));
    }

    @Test
    void leavesOutWhatItDoesNotKnow() {
        Bucket bucket = bucket().add("", "1")
                .add("decision", "1")
                .add("decision:", "1")
                .add("decision:MAYBE", "1")
                .add("decision:SKIP", "not a number")
                .add("decision:ERROR", "-4")
                .add("decision:BLOCKED", "99999999999999999999")
                .add("symbol_reason:BTCUSDT", "1")
                .add("symbol_reason::cooldown", "1")
                .add("symbol_reason:BTCUSDT:", "1")
                .add("symbol_decision:BTCUSDT:MAYBE", "1")
                .add("newer_kind:of:field", "1")
                .build();
        assertEquals(0, bucket.total());
        assertEquals(Map.of(), bucket.reasons());
        assertEquals(Map.of(), bucket.symbolsByGate());
        assertFalse(bucket.symbolsByOutcome().containsKey(Outcome.SKIP));
        assertEquals(12, bucket.fields());
    }
}
