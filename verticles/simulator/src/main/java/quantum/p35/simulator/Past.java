package quantum.p35.simulator;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/** Healthy entries of the hours before the start, made slice by slice so that they need not all be in memory. */
final class Past {

    private static final Duration SLICE = Duration.ofMinutes(2);

    private final Traffic traffic;
    private final Arrivals arrivals;
    private final double perSecond;
    private final Instant end;
    private Instant from;
    private EntryId last = EntryId.ZERO;

    /** @param end all entries are older than this */
    Past(Traffic traffic, SimulatorConfig config, long seed, Instant end) {
        this.traffic = traffic;
        this.perSecond = config.rate();
        this.end = end;
        this.from = end.minus(config.past());
        this.arrivals = new Arrivals(seed, from);
    }

    boolean finished() {
        return !from.isBefore(end);
    }

    /** The next entries, about 600 at 5/s, with rising ids. */
    List<OrderedWriter.Numbered> next() {
        Instant to = from.plus(SLICE).isBefore(end) ? from.plus(SLICE) : end;
        List<OrderedWriter.Numbered> entries = new ArrayList<>();
        for (Instant at : arrivals.until(to, perSecond * Programme.swing(from))) {
            last = last.next(at);
            entries.add(new OrderedWriter.Numbered(last, traffic.next(at, Mood.HEALTHY)));
        }
        from = to;
        return entries;
    }
}
