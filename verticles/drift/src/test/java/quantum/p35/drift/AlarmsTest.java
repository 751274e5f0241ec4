package quantum.p35.drift;

import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import quantum.p35.api.Alert;
import quantum.p35.api.GateCatalogue;
import quantum.p35.testkit.Catalogues;

/**
 * How often the rules cry wolf and how soon they see: days of simulated trading with fixed seeds.
 * {@code verticles/benchmark/run Alarms} runs as many as docs/benchmarks.md tells of.
 */
class AlarmsTest {

    private static final int DAYS = Integer.getInteger("alarms.days", 3);
    private static final int TRIALS = Integer.getInteger("alarms.trials", 40);
    private static final GateCatalogue CATALOGUE = Catalogues.fromConf();
    private static final double STICKY = 0.8;

    private static void print(String format, Object... arguments) {
        System.out.printf(Locale.ROOT, format + "%n", arguments);
    }

    static Stream<Arguments> traffic() {
        return Stream.of(5, 20, 100)
                .flatMap(rate -> Stream.of(0.0, STICKY).map(repeated -> Arguments.of(rate, repeated)));
    }

    @ParameterizedTest(name = "{0} decisions a minute, {1} repeated")
    @MethodSource("traffic")
    void ordinaryDaysAreSilent(int perMinute, double repeated) {
        List<Alert> alarms = new Simulation(CATALOGUE, 35, perMinute, repeated)
                .filled(Duration.ofHours(1))
                .alarms(Duration.ofDays(DAYS));
        print(
                "%3d/min, %.0f %% repeated: %.2f false alarms a day over %d days %s",
                perMinute, 100 * repeated, (double) alarms.size() / DAYS, DAYS, Simulation.byReason(alarms));
        assertTrue(alarms.size() <= Math.max(1, DAYS / 10), alarms::toString);
    }

    @ParameterizedTest(name = "{0} decisions a minute, {1} repeated")
    @MethodSource("traffic")
    void explosions(int perMinute, double repeated) {
        List<Duration> delays = new ArrayList<>();
        for (int trial = 0; trial < TRIALS; trial++) {
            Simulation simulation = new Simulation(CATALOGUE, 1000 + trial, perMinute, repeated)
                    .filled(Duration.ofSeconds(4200 + 10 * (trial % 6)));
            simulation.market().explode(0.85);
            delays.add(simulation.until(Market.GATE, Duration.ofHours(2)));
        }
        print("%3d/min, %.0f %% repeated: explosion %s", perMinute, 100 * repeated, quantiles(delays));
    }

    @ParameterizedTest(name = "{0} decisions a minute, {1} repeated")
    @MethodSource("traffic")
    void stops(int perMinute, double repeated) {
        List<Duration> delays = new ArrayList<>();
        for (int trial = 0; trial < TRIALS; trial++) {
            Simulation simulation = new Simulation(CATALOGUE, 2000 + trial, perMinute, repeated)
                    .filled(Duration.ofSeconds(4200 + 10 * (trial % 6)));
            simulation.market().stopTrading();
            delays.add(simulation.until(AlertRules.EXECUTE_LOW, Duration.ofHours(2)));
        }
        print("%3d/min, %.0f %% repeated: stop %s", perMinute, 100 * repeated, quantiles(delays));
    }

    private static String quantiles(List<Duration> delays) {
        Collections.sort(delays);
        return "p50 %.1f min, p90 %.1f min, max %.1f min"
                .formatted(minutes(delays, 0.5), minutes(delays, 0.9), minutes(delays, 1));
    }

    private static double minutes(List<Duration> sorted, double quantile) {
        return sorted.get((int) Math.ceil(quantile * sorted.size()) - 1).toSeconds() / 60.0;
    }
}
