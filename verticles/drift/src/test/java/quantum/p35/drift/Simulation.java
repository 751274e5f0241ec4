package quantum.p35.drift;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import quantum.p35.api.Alert;
import quantum.p35.api.GateCatalogue;
import quantum.p35.api.Keys;

/** The real rules, the real book and a simulated trading on a virtual clock, a look every 10 s. */
final class Simulation {

    private static final int SYMBOLS = 10;
    private static final int LOOK_SECONDS = 10;
    private static final Instant BEGIN = Instant.parse("2026-02-01T00:00:00Z");

    private final AlertRules rules = AlertRules.DEFAULT;
    private final GateCatalogue catalogue;
    private final Trading trading;
    private final Sums sums;
    private final Streaks streaks = new Streaks();
    private Ledger ledger = new Ledger(Map.of(), Map.of());
    private long second;

    /** @param repeated chance that a decision only repeats its symbol's last one: 0 independent, 0.8 sticky */
    Simulation(GateCatalogue catalogue, long seed, double perMinute, double repeated) {
        this.catalogue = catalogue;
        this.trading = new Trading(seed, perMinute, repeated, SYMBOLS);
        this.sums = new Sums(catalogue, SYMBOLS);
    }

    Trading trading() {
        return trading;
    }

    /** The windows fill, and nobody looks. */
    Simulation filled(Duration time) {
        for (long step = 0; step < time.toSeconds() / LOOK_SECONDS; step++) {
            go();
        }
        return this;
    }

    private void go() {
        trading.run(LOOK_SECONDS, sums);
        second += LOOK_SECONDS;
        if (second % 60 == 0) {
            sums.nextMinute();
        }
    }

    /** What the alert stream is told in this time: firing entries only. */
    List<Alert> alarms(Duration time) {
        List<Alert> alarms = new ArrayList<>();
        for (long step = 0; step < time.toSeconds() / LOOK_SECONDS; step++) {
            alarms.addAll(look());
        }
        return alarms;
    }

    /** Until the stream is told of this reason; the time given when it never is. */
    Duration until(String reason, Duration longest) {
        long from = second;
        while (second - from < longest.toSeconds()) {
            if (look().stream().anyMatch(alert -> alert.reason().equals(reason))) {
                return Duration.ofSeconds(second - from);
            }
        }
        return longest;
    }

    private List<Alert> look() {
        go();
        Instant now = BEGIN.plusSeconds(second);
        Look look = new Look(now, sums.windows(now), sums.symbols(), ledger.alerts());
        List<Evaluation> evaluations = Evaluations.of(look, rules, catalogue);
        List<Standing> standings = streaks.look(
                evaluations, ledger.alerts().values(), rules.timing().looks());
        Edit edit =
                new AlertBook(rules, new Wording(look.windows(), catalogue, Keys.DEFAULT)).look(ledger, standings, now);
        ledger = ledger.after(edit);
        return edit.entries().stream()
                .filter(alert -> alert.state() == Alert.State.FIRING)
                .toList();
    }

    /** How often each reason is among them. */
    static Map<String, Integer> byReason(List<Alert> alarms) {
        Map<String, Integer> counts = new HashMap<>();
        alarms.forEach(alert -> counts.merge(alert.reason() + " by " + alert.rule(), 1, Integer::sum));
        return counts;
    }
}
