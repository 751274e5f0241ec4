package quantum.p35.drift;

import io.vertx.core.Vertx;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
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
final class Market {

    /** Seconds of this market in a real one. */
    static final int SPEED = 200;

    private final Vertx vertx;
    private final Instant begin = Instant.parse("2026-02-01T14:00:00Z");
    private final long beganNanos = System.nanoTime();
    private long timer;
    private volatile WindowsUpdated.Counts[] counts = {};

    Market(Vertx vertx) {
        this.vertx = vertx;
        calm();
        vertx.eventBus()
                .<Symbols.Question>consumer(
                        Addresses.INSIGHT_SYMBOLS,
                        message -> message.reply(symbols(message.body().window())));
    }

    /** Tells the windows from now on. */
    Market open() {
        timer = vertx.setPeriodic(
                0, 25, timer -> vertx.eventBus().publish(Addresses.WINDOWS_UPDATED, windows(clock().instant())));
        return this;
    }

    /** Tells nothing any more. */
    void close() {
        vertx.cancelTimer(timer);
    }

    InstantSource clock() {
        return () -> begin.plusNanos((System.nanoTime() - beganNanos) * SPEED);
    }

    /** 10 % of 300 decisions are stopped. */
    void calm() {
        stops(30);
    }

    /** So many of 300 decisions are stopped by {@link Life#GATE}, the others execute or are skipped. */
    void stops(long stopped) {
        counts = Arrays.stream(WindowName.values())
                .map(window -> counts(window, stopped))
                .toArray(WindowsUpdated.Counts[]::new);
    }

    private static WindowsUpdated.Counts counts(WindowName name, long stopped) {
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
                List.of(gate(stopped, 300)),
                300 - stopped,
                Map.of(),
                0,
                0);
    }

    private static GateCount gate(long stopped, long total) {
        return new GateCount(
                Life.GATE,
                "p33_permit_denied",
                GateKind.BLOCKING,
                stopped,
                GateCount.share(stopped, total),
                null,
                null);
    }

    WindowsUpdated windows(Instant now) {
        return new WindowsUpdated(
                now,
                State.TRADING,
                Arrays.stream(counts)
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
                now,
                Duration.ZERO);
    }

    private Symbols.Answer symbols(WindowName name) {
        WindowsUpdated.Counts of = counts[name.ordinal()];
        long stopped = of.gates().getFirst().count();
        Instant now = clock().instant();
        return new Symbols.Answer(
                State.TRADING,
                now,
                new Window(name, name.from(now), now, 300),
                List.of(symbol("ETHUSDT", stopped / 3, of), symbol("BTCUSDT", stopped - stopped / 3, of)));
    }

    private static Symbols.SymbolCount symbol(String symbol, long stopped, WindowsUpdated.Counts of) {
        GateCount gate = gate(stopped, 150);
        return new Symbols.SymbolCount(
                symbol, 150, of.decisions(), stopped, 0.1, gate, List.of(gate), Instant.EPOCH, null);
    }
}
