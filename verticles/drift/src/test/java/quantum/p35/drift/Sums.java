package quantum.p35.drift;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import quantum.p35.api.GateCatalogue;
import quantum.p35.api.GateCount;
import quantum.p35.api.GateKind;
import quantum.p35.api.Outcome;
import quantum.p35.api.State;
import quantum.p35.api.Symbols;
import quantum.p35.api.Window;
import quantum.p35.api.WindowName;
import quantum.p35.api.WindowsUpdated;

/** The minutes of the last hour and their sums, as insight would tell them; quick, for days of looks. */
final class Sums {

    private static final int MINUTES = 61;

    private final GateCatalogue catalogue;
    private final int symbols;
    /** By minute, then by symbol and kind of decision; the last two places are pairs and equal pairs. */
    private final long[][] minutes;

    private final Map<WindowName, long[]> closed = new EnumMap<>(WindowName.class);
    private long minute;
    private boolean any;

    Sums(GateCatalogue catalogue, int symbols) {
        this.catalogue = catalogue;
        this.symbols = symbols;
        this.minutes = new long[MINUTES][symbols * kinds() + 2];
        for (WindowName window : WindowName.values()) {
            closed.put(window, new long[width()]);
        }
    }

    private static int kinds() {
        return Trading.HEALTHY.size();
    }

    private int width() {
        return symbols * kinds() + 2;
    }

    void add(int symbol, int kind, boolean same) {
        long[] current = minutes[(int) (minute % MINUTES)];
        current[symbol * kinds() + kind]++;
        current[width() - 2]++;
        current[width() - 1] += same ? 1 : 0;
        any = true;
    }

    /** The current minute is over. */
    void nextMinute() {
        minute++;
        for (Map.Entry<WindowName, long[]> window : closed.entrySet()) {
            long length = window.getKey().length().toMinutes();
            change(window.getValue(), minutes[(int) ((minute - 1) % MINUTES)], 1);
            if (minute > length) {
                change(window.getValue(), minutes[(int) ((minute - 1 - length) % MINUTES)], -1);
            }
        }
        Arrays.fill(minutes[(int) (minute % MINUTES)], 0);
    }

    private static void change(long[] sum, long[] by, int sign) {
        for (int place = 0; place < sum.length; place++) {
            sum[place] += sign * by[place];
        }
    }

    private long[] window(WindowName window) {
        long[] sum = closed.get(window).clone();
        change(sum, minutes[(int) (minute % MINUTES)], 1);
        return sum;
    }

    WindowsUpdated windows(Instant now) {
        return new WindowsUpdated(
                now,
                State.TRADING,
                Arrays.stream(WindowName.values())
                        .map(window -> counts(window, now))
                        .toList(),
                any ? now : null,
                Duration.ZERO);
    }

    private WindowsUpdated.Counts counts(WindowName name, Instant now) {
        long[] sum = window(name);
        long[] kinds = new long[kinds()];
        for (int symbol = 0; symbol < symbols; symbol++) {
            for (int kind = 0; kind < kinds(); kind++) {
                kinds[kind] += sum[symbol * kinds() + kind];
            }
        }
        Split split = split(kinds);
        return new WindowsUpdated.Counts(
                new Window(name, name.from(now), now, split.total),
                split.outcomes,
                split.gates,
                split.none,
                Map.of(),
                sum[width() - 2],
                sum[width() - 1]);
    }

    List<Symbols.SymbolCount> symbols() {
        long[] sum = window(WindowName.FIFTEEN_MINUTES);
        List<Symbols.SymbolCount> all = new ArrayList<>(symbols);
        for (int symbol = 0; symbol < symbols; symbol++) {
            Split split = split(Arrays.copyOfRange(sum, symbol * kinds(), (symbol + 1) * kinds()));
            if (split.total > 0) {
                long stopped = split.gates.stream()
                        .filter(gate -> gate.kind() == GateKind.BLOCKING || gate.kind() == GateKind.ERROR)
                        .mapToLong(GateCount::count)
                        .sum();
                GateCount top = split.gates.isEmpty() ? null : split.gates.getFirst();
                all.add(new Symbols.SymbolCount(
                        "S" + symbol + "USDT", split.total, split.outcomes, stopped, 0, top, split.gates, null, null));
            }
        }
        return all;
    }

    private record Split(long total, long none, Map<Outcome, Long> outcomes, List<GateCount> gates) {}

    private Split split(long[] kinds) {
        long total = Arrays.stream(kinds).sum();
        Map<Outcome, Long> outcomes = new EnumMap<>(Outcome.class);
        Map<String, Long> gates = new LinkedHashMap<>();
        for (int kind = 0; kind < kinds.length; kind++) {
            outcomes.merge(Trading.HEALTHY.get(kind).outcome(), kinds[kind], Long::sum);
            gates.merge(Trading.HEALTHY.get(kind).gate(), kinds[kind], Long::sum);
        }
        long none = gates.remove(Trading.NONE);
        List<GateCount> counted = new ArrayList<>();
        gates.forEach((code, count) -> {
            if (count > 0) {
                counted.add(new GateCount(
                        code,
                        catalogue.gate(code).family(),
                        catalogue.gate(code).kind(),
                        count,
                        GateCount.share(count, total),
                        null,
                        null));
            }
        });
        counted.sort(Comparator.comparingLong(GateCount::count).reversed());
        return new Split(total, none, outcomes, counted);
    }
}
