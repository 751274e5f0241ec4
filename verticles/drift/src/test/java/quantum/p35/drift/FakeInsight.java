package quantum.p35.drift;

import io.vertx.core.Vertx;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import quantum.p35.api.Addresses;
import quantum.p35.api.GateCount;
import quantum.p35.api.GateKind;
import quantum.p35.api.Outcome;
import quantum.p35.api.State;
import quantum.p35.api.Symbols;
import quantum.p35.api.Window;
import quantum.p35.api.WindowName;
import quantum.p35.api.WindowsUpdated;

/** In insight's place: tells the windows, and the symbols when it is asked. Its clock is not the wall's. */
final class FakeInsight {

    /** Seconds of its clock in a real one. */
    static final int SPEED = 200;

    private static final long CALM = 30;

    private final Vertx vertx;
    private final Instant begin = Instant.parse("2026-02-01T14:00:00Z");
    private final long beganNanos = System.nanoTime();
    private long timer;
    private volatile Instant stands;
    private volatile Instant silentSince;
    private volatile WindowsUpdated.Counts[] counts = {};

    FakeInsight(Vertx vertx) {
        this.vertx = vertx;
        calm();
        vertx.eventBus()
                .<Symbols.Question>consumer(
                        Addresses.INSIGHT_SYMBOLS, message -> message.reply(symbols(message.body())));
    }

    /** Tells the windows from now on. */
    FakeInsight open() {
        timer = vertx.setPeriodic(
                0, 25, timer -> vertx.eventBus().publish(Addresses.WINDOWS_UPDATED, windows(clock().instant())));
        return this;
    }

    /** Tells nothing any more. */
    void close() {
        vertx.cancelTimer(timer);
    }

    InstantSource clock() {
        return () -> stands != null ? stands : begin.plusNanos((System.nanoTime() - beganNanos) * SPEED);
    }

    /** Its clock stands still from now on. */
    void stand() {
        stands = clock().instant();
    }

    /** 10 % of 300 decisions are stopped. */
    void calm() {
        stops(CALM);
    }

    /** Nothing is proposed any more, since then. */
    void silent(Instant since) {
        silentSince = since;
    }

    /** So many of 300 decisions are stopped by {@link Life#GATE}, the others execute or are skipped. */
    void stops(long stopped) {
        stops(Map.of(Life.GATE, stopped));
    }

    /** So many of 300 decisions are stopped by each of these gates. */
    void stops(Map<String, Long> gates) {
        counts = Arrays.stream(WindowName.values())
                .map(window -> counts(window, gates))
                .toArray(WindowsUpdated.Counts[]::new);
    }

    private static WindowsUpdated.Counts counts(WindowName name, Map<String, Long> gates) {
        long stopped = gates.values().stream().mapToLong(Long::longValue).sum();
        Window window = new Window(name, Instant.EPOCH, Instant.EPOCH, 300);
        long executed = (300 - stopped) * 2 / 3;
        return new WindowsUpdated.Counts(
                window,
                Map.of(
                        Outcome.EXECUTE,
                        executed,
                        Outcome.SKIP,
                        300 - stopped - executed,
                        Outcome.BLOCKED,
                        stopped,
                        Outcome.ERROR,
                        0L,
                        Outcome.UNKNOWN,
                        0L),
                gates(gates, 300),
                300 - stopped,
                Map.of(),
                0,
                0);
    }

    private static List<GateCount> gates(Map<String, Long> gates, long total) {
        return gates.entrySet().stream()
                .map(gate -> new GateCount(
                        gate.getKey(),
                        gate.getKey().split(":")[0],
                        GateKind.BLOCKING,
                        gate.getValue(),
                        GateCount.share(gate.getValue(), total),
                        null,
                        null))
                .sorted(Comparator.comparingLong(GateCount::count).reversed())
                .toList();
    }

    WindowsUpdated windows(Instant now) {
        return new WindowsUpdated(
                now,
                State.TRADING,
                Arrays.stream(counts)
                        .map(of -> silent(of.window().name(), now) ? none(of.window()) : of)
                        .map(of -> new WindowsUpdated.Counts(
                                new Window(
                                        of.window().name(),
                                        of.window().name().from(now),
                                        now,
                                        of.window().total()),
                                of.decisions(),
                                of.gates(),
                                of.none(),
                                of.quality(),
                                of.repeatPairs(),
                                of.repeatSame()))
                        .toList(),
                silentSince == null ? now : silentSince,
                Duration.ZERO);
    }

    private boolean silent(WindowName window, Instant now) {
        return silentSince != null && silentSince.isBefore(window.from(now));
    }

    private static WindowsUpdated.Counts none(Window window) {
        return new WindowsUpdated.Counts(
                new Window(window.name(), window.from(), window.to(), 0), Map.of(), List.of(), 0, Map.of(), 0, 0);
    }

    /** Two thirds of what each gate stops is BTCUSDT, which executes only while little is stopped; one third is ETHUSDT. */
    List<Symbols.SymbolCount> symbols() {
        List<GateCount> gates = counts[WindowName.FIFTEEN_MINUTES.ordinal()].gates();
        boolean calm = gates.getFirst().count() <= CALM;
        return List.of(symbol("ETHUSDT", 1, 20, gates), symbol("BTCUSDT", 2, calm ? 40 : 0, gates));
    }

    private static Symbols.SymbolCount symbol(String symbol, long thirds, long executed, List<GateCount> all) {
        Map<String, Long> stopped =
                all.stream().collect(Collectors.toMap(GateCount::gate, gate -> gate.count() * thirds / 3));
        long total = stopped.values().stream().mapToLong(Long::longValue).sum();
        List<GateCount> gates = gates(stopped, total + executed);
        return new Symbols.SymbolCount(
                symbol,
                total + executed,
                Map.of(Outcome.EXECUTE, executed, Outcome.BLOCKED, total),
                total,
                0,
                gates.getFirst(),
                gates,
                Instant.EPOCH,
                null);
    }

    private Symbols.Answer symbols(Symbols.Question question) {
        Instant now = clock().instant();
        WindowName name = question.window();
        return new Symbols.Answer(
                State.TRADING,
                now,
                new Window(name, name.from(now), now, 300),
                symbols().stream().map(symbol -> cut(symbol, question.gates())).toList());
    }

    private static Symbols.SymbolCount cut(Symbols.SymbolCount symbol, int gates) {
        return new Symbols.SymbolCount(
                symbol.symbol(),
                symbol.total(),
                symbol.decisions(),
                symbol.stopped(),
                symbol.skipRate(),
                symbol.topGate(),
                symbol.gates().stream().limit(gates).toList(),
                symbol.lastExecute(),
                symbol.stuckSince());
    }
}
