package quantum.p35.drift;

import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.function.Consumer;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import quantum.p35.api.Alert;
import quantum.p35.api.GateCatalogue;
import quantum.p35.testkit.Catalogues;

/**
 * How often the rules cry wolf and how soon they see, by the real rules and the real book over simulated days with fixed
 * seeds. Few days here; {@code verticles/benchmark/run Alarms} runs those that docs/benchmarks.md tells of.
 */
class AlarmsTest {

    private static final int DAYS = Integer.getInteger("alarms.days", 1);
    private static final int TRIALS = Integer.getInteger("alarms.trials", 20);
    private static final GateCatalogue CATALOGUE = Catalogues.fromConf();
    private static final Duration NEVER = Duration.ofHours(2);

    static Stream<Arguments> traffic() {
        return Stream.of(5, 20, 100).flatMap(rate -> Stream.of(0.0, 0.8).map(repeated -> Arguments.of(rate, repeated)));
    }

    @ParameterizedTest(name = "{0} decisions a minute, {1} of them repeated")
    @MethodSource("traffic")
    void ordinaryDaysAreSilent(int perMinute, double repeated) {
        List<Alert> alarms = new Simulation(CATALOGUE, 36, perMinute, repeated)
                .filled(Duration.ofHours(1))
                .alarms(Duration.ofDays(DAYS));
        tell(
                perMinute,
                repeated,
                "ordinary: %.2f alarms a day in %d days %s"
                        .formatted((double) alarms.size() / DAYS, DAYS, Simulation.byReason(alarms)));
        assertTrue(alarms.size() <= DAYS / 10, alarms::toString);
    }

    @ParameterizedTest(name = "{0} decisions a minute, {1} of them repeated: within {2} minutes")
    @CsvSource({"5, 0, 7", "20, 0, 5", "20, 0.8, 10", "100, 0, 4", "100, 0.8, 4"})
    void anExplodingGateIsSeen(int perMinute, double repeated, double minutes) {
        List<Duration> delays = delays(perMinute, repeated, trading -> trading.explode(0.85), Trading.GATE);
        tell(perMinute, repeated, "from 30 to 85 %: " + quantiles(delays));
        assertTrue(minutes(delays, 0.9) <= minutes, () -> quantiles(delays));
    }

    /** 15 minutes is the rule's own duration. */
    @ParameterizedTest(name = "{0} decisions a minute, {1} of them repeated")
    @CsvSource({"5, 0", "20, 0", "20, 0.8", "100, 0", "100, 0.8"})
    void aTotalStopOfTradingIsSeenWithinAMinuteOfTheRulesOwnDuration(int perMinute, double repeated) {
        List<Duration> delays = delays(perMinute, repeated, Trading::stopTrading, AlertRules.EXECUTE_LOW);
        tell(perMinute, repeated, "no trade any more: " + quantiles(delays));
        assertTrue(minutes(delays, 0.9) <= 16, () -> quantiles(delays));
    }

    /** Until the alert stream is told, shortest first. */
    private static List<Duration> delays(int perMinute, double repeated, Consumer<Trading> what, String reason) {
        return IntStream.range(0, TRIALS)
                .mapToObj(trial -> {
                    // the step comes at any second of a minute
                    Simulation simulation = new Simulation(CATALOGUE, 1000 + trial, perMinute, repeated)
                            .filled(Duration.ofSeconds(4200 + 10 * (trial % 6)));
                    what.accept(simulation.trading());
                    return simulation.until(reason, NEVER);
                })
                .sorted()
                .toList();
    }

    /** As a benchmark it prints, as a test it does not. */
    private static void tell(int perMinute, double repeated, String what) {
        if (System.getProperty("alarms.days") != null) {
            System.out.printf(Locale.ROOT, "%3d/min, %2.0f %% repeated: %s%n", perMinute, 100 * repeated, what);
        }
    }

    private static String quantiles(List<Duration> delays) {
        return String.format(
                Locale.ROOT,
                "p50 %.1f min, p90 %.1f min, at most %.1f min",
                minutes(delays, 0.5),
                minutes(delays, 0.9),
                minutes(delays, 1));
    }

    private static double minutes(List<Duration> sorted, double quantile) {
        return sorted.get((int) Math.ceil(quantile * sorted.size()) - 1).toSeconds() / 60.0;
    }
}
