package quantum.p35.example;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import quantum.p35.api.Alert;
import quantum.p35.api.GateCount;
import quantum.p35.api.GateKind;
import quantum.p35.api.Severity;
import quantum.p35.api.State;
import quantum.p35.api.Symbols;
import quantum.p35.api.Window;
import quantum.p35.api.WindowName;

/** An alert about confidence, and answers to the question behind it. */
final class Sample {

    private static final Instant NOW = Instant.parse("2026-02-01T14:05:37Z");

    private Sample() {}

    static Alert alert() {
        return new Alert(
                "p35_alert_1_" + ConfidenceVerticle.GATE,
                ConfidenceVerticle.GATE,
                "gate_share",
                WindowName.FIVE_MINUTES,
                Alert.State.FIRING,
                Severity.HIGH,
                NOW,
                NOW,
                null,
                60,
                100,
                0.6,
                0.6,
                null,
                "insufficient_confidence stops 60 % of decisions",
                "certain",
                Map.of(),
                List.of(),
                null,
                0,
                null,
                null,
                null,
                null);
    }

    /** @param stopped symbol → decisions that confidence stopped; each had 7 stopped by another gate */
    static Symbols.Answer fares(Map<String, Long> stopped) {
        return new Symbols.Answer(
                State.BLOCKED,
                NOW,
                new Window(WindowName.FIVE_MINUTES, NOW.minusSeconds(337), NOW, 100),
                Stream.concat(Stream.of(Map.entry("OTHERUSDT", 0L)), stopped.entrySet().stream())
                        .map(symbol -> fare(symbol.getKey(), symbol.getValue()))
                        .toList());
    }

    private static Symbols.SymbolCount fare(String symbol, long count) {
        List<GateCount> gates = Stream.of(gate("other", 7), gate(ConfidenceVerticle.GATE, count))
                .filter(gate -> gate.count() > 0)
                .toList();
        return new Symbols.SymbolCount(symbol, count + 7, Map.of(), count + 7, 0, gates.getFirst(), gates, null, null);
    }

    private static GateCount gate(String gate, long count) {
        return new GateCount(gate, gate, GateKind.BLOCKING, count, 0.1, null, null);
    }
}
