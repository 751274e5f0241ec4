package quantum.p35.simulator;

import java.time.Duration;
import java.time.Instant;
import java.util.List;

/** The scenes of the live traffic: an opening, then the same round for ever. */
final class Programme {

    private static final double SLOW_SWING_SECONDS = 47 * 60;
    private static final double FAST_SWING_SECONDS = 13 * 60;

    /** @param number counts from 0; tells two scenes of one mood apart */
    record Scene(long number, Mood mood, Duration length) {}

    private final Duration opening;
    private final List<Scene> round;
    private final Duration roundLength;

    Programme(SimulatorConfig config) {
        opening = config.opening();
        round = List.of(
                new Scene(1, Mood.EXPLOSION, config.explosion()),
                new Scene(2, Mood.HEALTHY, config.healthy()),
                new Scene(3, Mood.SILENCE, config.silence()),
                new Scene(4, Mood.HEALTHY, config.healthy()),
                new Scene(5, Mood.ERRORS, config.errors()),
                new Scene(6, Mood.HEALTHY, config.healthy()));
        roundLength = round.stream().map(Scene::length).reduce(Duration.ZERO, Duration::plus);
    }

    Scene at(Duration sinceStart) {
        Duration left = sinceStart.minus(opening);
        if (left.isNegative()) {
            return new Scene(0, Mood.HEALTHY, opening);
        }
        long rounds = left.toNanos() / roundLength.toNanos();
        left = left.minus(roundLength.multipliedBy(rounds));
        for (Scene scene : round) {
            left = left.minus(scene.length);
            if (left.isNegative()) {
                return new Scene(rounds * round.size() + scene.number, scene.mood, scene.length);
            }
        }
        throw new AssertionError("a round is as long as its scenes");
    }

    /** An ordinary day is not even: entries per average entry at that time, 0.5 to 1.5. */
    static double swing(Instant at) {
        double turns = at.getEpochSecond() * 2 * Math.PI;
        return 1 + 0.35 * Math.sin(turns / SLOW_SWING_SECONDS) + 0.15 * Math.sin(turns / FAST_SWING_SECONDS);
    }
}
