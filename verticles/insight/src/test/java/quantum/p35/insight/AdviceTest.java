package quantum.p35.insight;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import java.time.Duration;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import quantum.p35.api.Keys;
import quantum.p35.api.State;

class AdviceTest {

    static Stream<Arguments> states() {
        return Stream.of(
                arguments(State.REDIS_DOWN, new Scene().redisSilentFor(Duration.ofSeconds(5)), "redis-cli PING"),
                arguments(
                        State.BEHIND,
                        new Scene().oldestUncounted(Duration.ofMinutes(2)),
                        "redis-cli XPENDING quantum:stream:apply.result p35_decision_intel"),
                arguments(State.NO_DATA, new Scene().neverCounted(), "redis-cli XREVRANGE quantum:stream:apply.result"),
                arguments(
                        State.SILENT,
                        new Scene().newestCounted(Duration.ofHours(1)),
                        "redis-cli XREVRANGE quantum:stream:apply.result"),
                arguments(
                        State.UNCLEAR,
                        new Scene().skipped(90, "none"),
                        "redis-cli XREVRANGE quantum:stream:apply.result"),
                arguments(
                        State.BLOCKED,
                        new Scene().blocked(90, "cooldown"),
                        "redis-cli HGETALL quantum:state:positions:BTCUSDT"),
                arguments(
                        State.HOLDING,
                        new Scene().skipped(90, "no_position"),
                        "redis-cli HGETALL quantum:state:positions:BTCUSDT"));
    }

    @ParameterizedTest(name = "{0}: {2}")
    @MethodSource("states")
    void beginsWithThePlaceToLook(State state, Scene scene, String begin) {
        Verdict verdict = scene.verdict();
        assertEquals(state, verdict.state());
        String first =
                Advice.of(verdict, Scene.CATALOGUE, "BTCUSDT", Keys.DEFAULT).getFirst();
        assertTrue(first.startsWith(begin), first);
    }

    @Test
    void saysThatNobodyWroteAGuide() {
        Verdict verdict = new Scene().blocked(90, "brand_new_gate").verdict();
        assertEquals(
                "the gate catalogue has no entry for brand_new_gate: ask the producer's code what it means,"
                        + " then add it to conf/gates.yaml",
                Advice.of(verdict, Scene.CATALOGUE, "BTCUSDT", Keys.DEFAULT).getFirst());
    }
}
