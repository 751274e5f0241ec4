package quantum.p35.insight;

import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Collection;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.TreeMap;
import quantum.p35.api.WindowName;

/**
 * The minutes of the last hour, and their sums.
 *
 * <p>A window at an instant is the current minute and the whole minutes from {@link WindowName#from} on. Only the current
 * minute grows all the time, so the sum of the closed ones is kept until one of them changes or the window moves on.
 */
final class Windows {

    private static final int MINUTES = 60;

    private final NavigableMap<Instant, Bucket> minutes = new TreeMap<>();
    private final Map<WindowName, Closed> closed = new EnumMap<>(WindowName.class);

    private record Closed(Instant from, Instant to, Counts sum) {

        boolean holds(Instant minute) {
            return !minute.isBefore(from) && minute.isBefore(to);
        }
    }

    /** Every minute that a window at this instant can need, newest first. */
    static List<Instant> minutesOfTheHour(Instant at) {
        List<Instant> all = new ArrayList<>(MINUTES + 1);
        Instant current = at.truncatedTo(ChronoUnit.MINUTES);
        for (int back = 0; back <= MINUTES; back++) {
            all.add(current.minus(back, ChronoUnit.MINUTES));
        }
        return all;
    }

    void put(Bucket bucket) {
        change(bucket.minute());
        if (bucket.fields() == 0) {
            minutes.remove(bucket.minute());
        } else {
            minutes.put(bucket.minute(), bucket);
        }
    }

    void forget(Instant minute) {
        change(minute);
        minutes.remove(minute);
    }

    private void change(Instant minute) {
        closed.values().removeIf(sum -> sum.holds(minute));
    }

    /** Drops the minutes that no window at this instant or later needs. */
    void trim(Instant at) {
        minutes.headMap(WindowName.ONE_HOUR.from(at), false).clear();
    }

    Counts counts(WindowName window, Instant at) {
        Instant from = window.from(at);
        Instant current = at.truncatedTo(ChronoUnit.MINUTES);
        Closed sum = closed.get(window);
        if (sum == null || !sum.from.equals(from)) {
            Collection<Bucket> past = minutes.subMap(from, true, current, false).values();
            sum = new Closed(from, current, Counts.sum(past));
            closed.put(window, sum);
        }
        Bucket growing = minutes.get(current);
        return growing == null ? sum.sum : sum.sum.plus(List.of(growing));
    }

    /** The minutes of a window, oldest first; those without decisions are not among them. */
    List<Bucket> buckets(WindowName window, Instant at) {
        return List.copyOf(minutes.subMap(window.from(at), true, at, true).values());
    }

    /** Null when nothing was counted in it, or when it is not of the last hour. */
    Bucket minute(Instant minute) {
        return minutes.get(minute);
    }
}
