package quantum.p35.discord;

import java.time.Duration;

/**
 * @param tick between two looks at what may be sent
 * @param poll between two readings of Redis when nobody wakes us
 * @param deadline of one call of Discord
 * @param firstWait after a call that failed; doubles up to {@code longestWait}
 * @param refused after a message that was refused, until it is tried again; doubles
 */
record Pace(
        Duration tick, Duration poll, Duration deadline, Duration firstWait, Duration longestWait, Duration refused) {

    static final Pace DEFAULT = new Pace(
            Duration.ofSeconds(1),
            Duration.ofSeconds(10),
            Duration.ofSeconds(10),
            Duration.ofSeconds(2),
            Duration.ofSeconds(60),
            Duration.ofMinutes(1));
}
