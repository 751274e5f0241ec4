package quantum.p35.api;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.vertx.core.buffer.Buffer;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class BusMessagesTest {

    private static final Instant NOW = Instant.parse("2026-02-01T14:05:37.123Z");
    private static final Window WINDOW = new Window(WindowName.FIVE_MINUTES, NOW.minusSeconds(337), NOW, 2000);
    private static final Map<Outcome, Long> OUTCOMES = Map.of(Outcome.EXECUTE, 300L, Outcome.UNKNOWN, 0L);
    private static final GateCount GATE =
            new GateCount("permit:stale", "permit", GateKind.BLOCKING, 1234, 0.617, 41L, List.of("BTCUSDT"));
    private static final GateCount BARE_GATE =
            new GateCount("new_#", "new_#", GateKind.BLOCKING, 1, 0.001, null, null).with(0.25, List.of(0L, 3L));
    private static final CatalogueEntry ENTRY = new CatalogueEntry(
            "permit",
            GateKind.BLOCKING,
            List.of("old permit"),
            List.of("permit_\\d+"),
            List.of("stale"),
            false,
            "5–10 %",
            "no permit",
            List.of("redis-cli GET permit:<S>"),
            List.of(new CatalogueEntry.Action("stale", "restart", null)),
            new AlertThresholds(0.2, null, 0.9));

    private static final Silence SILENCE =
            new Silence("1", "permit", null, NOW, NOW.plusSeconds(7200), "kari", "maintenance");
    private static final Alert ALERT = new Alert(
            "p35_alert_1_permit",
            "permit",
            "gate_share",
            WindowName.FIVE_MINUTES,
            Alert.State.RESOLVED,
            Severity.HIGH,
            NOW,
            NOW,
            NOW,
            210,
            300,
            0.7,
            0.82,
            0.1,
            "permit stops 70 % of decisions",
            "at least 58 % with 99 % confidence",
            OUTCOMES,
            List.of(new Alert.Symbol("BTCUSDT", 90)),
            "redis-cli GET permit",
            2,
            new Alert.Acknowledgement("kari", "on it", NOW),
            SILENCE,
            NOW,
            new Alert.Told(Alert.State.FIRING, Severity.HIGH, NOW));
    private static final Alert BARE_ALERT = new Alert(
            "p35_alert_1_source_silent",
            "source_silent",
            "source_silent",
            WindowName.FIVE_MINUTES,
            Alert.State.FIRING,
            Severity.CRITICAL,
            NOW,
            NOW,
            null,
            0,
            0,
            0,
            0,
            null,
            "nothing is proposed",
            "certain",
            OUTCOMES,
            List.of(),
            null,
            0,
            null,
            null,
            null,
            null);

    /** One of every record on the bus, with nulls where they are allowed. */
    static List<Object> messages() {
        Decision decision = new Decision(
                "1-0",
                NOW,
                Outcome.BLOCKED,
                new Gate("permit:stale", "permit", GateKind.BLOCKING, true, false),
                "币安人生USDT",
                null,
                Set.of(Finding.TIMESTAMP_MISSING),
                List.of("a \"text\""));
        return List.of(
                new DecisionsRead("host-1", "7.1", true, List.of(decision), List.of("0-1")),
                new DecisionsCommitted(1, 2, 3, 4, "p35.aggregate.1"),
                new BucketsCommitted(Set.of(NOW)),
                new WindowsUpdated(
                        NOW,
                        State.TRADING,
                        List.of(new WindowsUpdated.Counts(
                                WINDOW, OUTCOMES, List.of(BARE_GATE), 7, Map.of("symbol_missing", 2L), 9, 8)),
                        NOW,
                        Duration.ofSeconds(3)),
                new Why.Question(WindowName.ONE_HOUR),
                new Why.Answer(
                        State.BLOCKED,
                        "Not trading.",
                        NOW,
                        NOW,
                        "permit",
                        WINDOW,
                        OUTCOMES,
                        0.15,
                        List.of(GATE, BARE_GATE),
                        5,
                        null,
                        List.of("late"),
                        List.of("act")),
                new Gates.Question(WindowName.ONE_MINUTE, null, 50),
                new Gates.Answer(State.SILENT, NOW, WINDOW, "BTCUSDT", 2000, List.of(GATE)),
                new Symbols.Question(WindowName.FIFTEEN_MINUTES, 3),
                new Symbols.Answer(
                        State.TRADING,
                        NOW,
                        WINDOW,
                        List.of(new Symbols.SymbolCount(
                                "BTCUSDT", 10, OUTCOMES, 4, 0.5, GATE, List.of(GATE), null, NOW))),
                new Drift.Question(WindowName.FIVE_MINUTES, 40),
                new Drift.Answer(
                        State.BLOCKED,
                        NOW,
                        WINDOW,
                        40,
                        List.of(new Drift.Breach("permit", 0.6, 6, 10, Severity.HIGH, null))),
                new Timeline.Question(Duration.ofHours(1), Duration.ofMinutes(1)),
                new Timeline.Answer(
                        NOW,
                        NOW,
                        NOW,
                        Duration.ofMinutes(1),
                        List.of("permit"),
                        List.of(new Timeline.Point(NOW, OUTCOMES, Map.of("permit", 3L)))),
                new Guide.Question(null),
                new Guide.Answer(List.of(ENTRY)),
                new Recent.Question(null, "permit", Outcome.ERROR, 50),
                new Recent.Answer(
                        NOW,
                        10,
                        false,
                        List.of(new Recent.Entry(
                                "1-0",
                                NOW,
                                Outcome.SKIP,
                                "none",
                                null,
                                null,
                                Set.of(Finding.SYMBOL_MISSING),
                                Map.of("error", "")))),
                new HealthReport("ingest", "1", HealthReport.Level.UP, "reads", Map.of("lag", 3, "id", "1-0"), NOW),
                new GateCatalogue(List.of(
                        ENTRY,
                        required("unreported_gate", GateKind.QUALITY),
                        required("unlisted", GateKind.QUALITY),
                        required("dry_run", GateKind.BENIGN))),
                new Verticles.Question(),
                new Verticles.Question("b"),
                new Verticles.Answer(
                        List.of(new Verticles.Deployed("ingest", 2, 2, null, "b")),
                        "a",
                        List.of(new Verticles.Node("a", "silent"), new Verticles.Node("b", null))),
                new Verticles.Scale("ingest", 2, "b"),
                new Verticles.Redeploy("ingest", "b"),
                new Verticles.Undeploy("ingest", "b"),
                new HealthReport("ingest", "1", HealthReport.Level.UP, "reads", Map.of(), NOW, "b"),
                new HealthReport("ingest", "1", HealthReport.Level.UP, "ended", Map.of(), NOW, "b", true),
                new Verticles.Answer(List.of(new Verticles.Deployed("ingest", 2, 1, "no Redis"))),
                new Verticles.Deployed("ingest", 0, 0, null),
                new Verticles.Scale("ingest", 2),
                new Verticles.Redeploy("ingest"),
                new Verticles.Undeploy("ingest"),
                new AlertChange.Raised(BARE_ALERT),
                new AlertChange.Escalated(ALERT, Severity.MEDIUM),
                new AlertChange.Reopened(ALERT),
                new AlertChange.Acknowledged(ALERT),
                new AlertChange.Silenced(ALERT),
                new AlertChange.Unsilenced(ALERT),
                new AlertChange.Resolved(ALERT),
                ALERT,
                new Alerts.Question(Alerts.Which.ACTIVE),
                new Alerts.Answer(NOW, List.of(ALERT, BARE_ALERT)),
                new Alerts.Answer(NOW, List.of(), "hears no fresh windows"),
                new Alerts.Acknowledge("p35_alert_1_permit", "kari", ""),
                SILENCE,
                new Silences.Question(),
                new Silences.Answer(List.of(SILENCE)),
                new Silences.Add("permit", "BTCUSDT", NOW, "kari", "maintenance"),
                new Silences.Remove("1"),
                new Explain.Question(null),
                new Explain.Answer(
                        NOW,
                        List.of(new Explain.Explanation(
                                "gate_share",
                                "permit",
                                WindowName.FIVE_MINUTES,
                                Explain.Status.UNDECIDED,
                                "did not fire: 9 decisions, 20 needed",
                                0.7,
                                null,
                                null,
                                0.4))),
                new DiscordTest.Question(),
                new DiscordTest.Answer(List.of(new DiscordTest.Target("default", true, "posted"))));
    }

    private static CatalogueEntry required(String code, GateKind kind) {
        return new CatalogueEntry(code, kind, null, null, null, false, null, null, null, null, null);
    }

    @ParameterizedTest
    @MethodSource("messages")
    void everyMessageComesOffTheWireAsItWas(Object message) {
        Object back = acrossTheWire(message);
        if (message instanceof GateCatalogue catalogue) {
            assertEquals(catalogue.entries(), ((GateCatalogue) back).entries());
        } else {
            assertEquals(message, back);
        }
    }

    private static <T> Object acrossTheWire(T message) {
        @SuppressWarnings("unchecked")
        Class<T> type = (Class<T>) message.getClass();
        BusMessages.JsonCodec<T> codec = new BusMessages.JsonCodec<>(type);
        Buffer wire = Buffer.buffer("what stands before it");
        int position = wire.length();
        codec.encodeToWire(wire, message);
        wire.appendString("what stands behind it");
        return codec.decodeFromWire(position, wire);
    }

    @Test
    void everyTypeOfTheBusIsAmongThem() {
        assertEquals(
                new HashSet<>(BusMessages.TYPES),
                messages().stream().map(Object::getClass).collect(Collectors.toSet()));
    }

    @Test
    void fieldsOfANewerProcessAreIgnored() throws IOException {
        assertEquals(
                new Guide.Question("permit"),
                BusMessages.JSON.readValue("{\"gate\":\"permit\",\"colour\":\"red\"}", Guide.Question.class));
    }
}
