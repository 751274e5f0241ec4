package quantum.p35.drift;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.Collectors;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import quantum.p35.api.Alert;
import quantum.p35.api.Severity;

/** What must hold whatever the rules say and the operators do. */
class AlertBookPropertyTest {

    private static final int LIVES = 60;
    private static final List<String> RULES = List.of(AlertRules.GATE_SHARE, AlertRules.GATE_STUCK);
    private static final List<String> REASONS = List.of(Life.GATE, "leverage_ratio_exceeded", AlertRules.EXECUTE_LOW);

    /** @param seed of 60 lives of two hours each */
    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3})
    void neverTwoEntriesWithinACooldownAndEveryFiringIsToldToBeOver(long seed) {
        Random random = new Random(seed);
        int entries = 0;
        for (int number = 0; number < LIVES; number++) {
            Life life = life(random);
            String name = "seed " + seed + ", life " + number + ": " + life.entries();
            holds(life.told(), name);
            assertEquals(Map.of(), life.ledger().alerts(), "all is over: " + name);
            entries += life.told().size();
        }
        assertTrue(entries > LIVES, "these lives are eventful: " + entries + " entries");
    }

    /** The promises about the alert stream. @param told its entries when all is over */
    static void holds(List<Alert> told, String name) {
        told.stream()
                .collect(Collectors.groupingBy(alert -> alert.reason() + " " + alert.severity()))
                .values()
                .forEach(same -> spaced(same, name));
        told.stream().collect(Collectors.groupingBy(Alert::id)).values().forEach(incident -> complete(incident, name));
    }

    private static Life life(Random random) {
        Life life = new Life();
        int minutes = 120;
        for (String reason : REASONS) {
            for (String rule : RULES) {
                int second = 0;
                while (second < minutes * 60) {
                    // mostly about as long as the looks in a row and the cooldown, where it matters
                    second += 10 * (1 + random.nextInt(random.nextBoolean() ? 6 : 50));
                    String at = second / 60 + ":" + second % 60;
                    if (random.nextInt(5) < 2) {
                        life.clear(at, rule, reason);
                    } else {
                        life.fires(at, rule, reason, Severity.values()[random.nextInt(3)]);
                    }
                }
                life.clear(minutes + 10 + ":0", rule, reason);
            }
        }
        for (int minute = random.nextInt(20); minute < minutes; minute += 1 + random.nextInt(30)) {
            String at = minute + ":" + 10 * random.nextInt(6);
            switch (random.nextInt(4)) {
                case 0 -> life.silence(at, REASONS.get(random.nextInt(3)), minute + 1 + random.nextInt(20) + ":0");
                case 1 -> life.acknowledge(at);
                case 2 -> life.blind(at, true).blind(minute + 1 + random.nextInt(10) + ":0", false);
                default -> life.at(at, Life::restart);
            }
        }
        return life.blind(minutes + 20 + ":0", false).until(minutes + 60 + ":0");
    }

    private static void spaced(List<Alert> told, String name) {
        for (int i = 1; i < told.size(); i++) {
            Duration gap = Duration.between(
                    told.get(i - 1).told().at(), told.get(i).told().at());
            assertTrue(gap.toSeconds() >= 300, "two entries within " + gap + ": " + name);
        }
    }

    private static void complete(List<Alert> told, String name) {
        assertEquals(Alert.State.FIRING, told.getFirst().state(), name);
        assertEquals(Alert.State.RESOLVED, told.getLast().state(), name);
        for (int i = 1; i < told.size(); i++) {
            boolean other = told.get(i).state() != told.get(i - 1).state();
            boolean worse = told.get(i).state() == Alert.State.FIRING
                    && told.get(i).severity().compareTo(told.get(i - 1).severity()) > 0;
            assertTrue(worse || other, "told the same twice: " + name);
        }
    }
}
