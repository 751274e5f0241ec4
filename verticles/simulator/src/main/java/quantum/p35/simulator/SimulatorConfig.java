package quantum.p35.simulator;

import java.time.Duration;

/**
 * How the simulated trading system behaves.
 *
 * @param instances 0 or 1: two would tell two stories at once
 * @param rate entries per second on average
 * @param past how much is written for the time before the start, into an empty stream only
 * @param opening how long all is well before the first incident
 * @param healthy how long all is well between incidents; 6 minutes let the page come back to TRADING and an alert of a
 *     gate end
 * @param explosion how long one gate stops most decisions; 6 minutes let its alert become HIGH
 * @param silence how long nothing is written; 7 minutes let the alert that comes after 5 be seen
 * @param errors how long errors come in free text
 */
public record SimulatorConfig(
        int instances,
        double rate,
        Duration past,
        Duration opening,
        Duration healthy,
        Duration explosion,
        Duration silence,
        Duration errors) {

    public static final SimulatorConfig DEFAULT = new SimulatorConfig(
            0,
            5,
            Duration.ofHours(2),
            Duration.ofSeconds(90),
            Duration.ofMinutes(6),
            Duration.ofMinutes(6),
            Duration.ofMinutes(7),
            Duration.ofMinutes(3));

    public SimulatorConfig {
        check(instances == 0 || instances == 1, "instances", instances, "it must be 0 or 1");
        check(rate > 0 && rate <= 1000, "rate", rate, "it must be over 0 and at most 1000 entries a second");
        check(
                !past.isNegative() && past.compareTo(Duration.ofHours(48)) <= 0,
                "past",
                past,
                "it must be 0 to 48 hours");
        checkScene("opening", opening);
        checkScene("healthy", healthy);
        checkScene("explosion", explosion);
        checkScene("silence", silence);
        checkScene("errors", errors);
    }

    private static void checkScene(String key, Duration length) {
        check(length.compareTo(Duration.ofSeconds(1)) >= 0, key, length, "it must be at least 1 second");
    }

    private static void check(boolean fits, String key, Object value, String rule) {
        if (!fits) {
            throw new IllegalArgumentException("simulator." + key + " is " + value + ": " + rule);
        }
    }
}
