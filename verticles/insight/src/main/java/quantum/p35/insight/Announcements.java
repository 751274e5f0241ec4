package quantum.p35.insight;

import io.vertx.core.eventbus.EventBus;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import quantum.p35.api.Addresses;
import quantum.p35.api.Gate;
import quantum.p35.api.GateCatalogue;
import quantum.p35.api.GateCount;
import quantum.p35.api.State;
import quantum.p35.api.Window;
import quantum.p35.api.WindowName;
import quantum.p35.api.WindowsUpdated;

/** Publishes the four windows: at most once a second, when they changed, and every 10 s anyway. */
final class Announcements {

    /** A little under a second, so that what comes once a second is not held back for two. */
    private static final Duration AT_MOST_EVERY = Duration.ofMillis(950);

    private static final Duration AT_LEAST_EVERY = Duration.ofSeconds(9);

    private final EventBus bus;
    private State state;
    private Map<WindowName, Counts> told = Map.of();
    private Instant toldAt = Instant.MIN;

    Announcements(EventBus bus) {
        this.bus = bus;
    }

    /** Call it often: it publishes when it is time to. */
    void offer(Facts facts, GateCatalogue catalogue, Instant now) {
        if (now.isBefore(toldAt.plus(AT_MOST_EVERY))) {
            return;
        }
        State current = Verdict.of(facts, WindowName.FIVE_MINUTES, catalogue).state();
        boolean changed = current != state || !facts.windows().equals(told);
        if (changed || !now.isBefore(toldAt.plus(AT_LEAST_EVERY))) {
            state = current;
            told = facts.windows();
            toldAt = now;
            bus.publish(Addresses.WINDOWS_UPDATED, message(facts, current, catalogue));
        }
    }

    private static WindowsUpdated message(Facts facts, State state, GateCatalogue catalogue) {
        return new WindowsUpdated(
                facts.asOf(),
                state,
                Arrays.stream(WindowName.values())
                        .map(window -> counts(window, facts, catalogue))
                        .toList(),
                facts.progress().newestCounted(),
                facts.progress().behind(facts.asOf()));
    }

    private static WindowsUpdated.Counts counts(WindowName window, Facts facts, GateCatalogue catalogue) {
        Counts counts = facts.counts(window);
        List<GateCount> gates = counts.gatesByCount().stream()
                .map(entry -> {
                    Gate gate = catalogue.gate(entry.getKey());
                    double share = GateCount.share(entry.getValue(), counts.total());
                    return new GateCount(
                            entry.getKey(), gate.family(), gate.kind(), entry.getValue(), share, null, null);
                })
                .toList();
        return new WindowsUpdated.Counts(
                new Window(window, window.from(facts.asOf()), facts.asOf(), counts.total()),
                counts.decisions(),
                gates,
                counts.none(),
                counts.quality(),
                counts.repeatPairs(),
                counts.repeatSame());
    }
}
