package quantum.p35.discord;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;

/**
 * How loud a channel gets: at most three messages of their own in 5 minutes; what comes on top, or more than that at
 * once, is told in digests, one a minute at most. So fifty gates that explode together, or one after the other within a
 * minute, make five messages at most.
 *
 * <p>Its times are of {@link RateLimit#STEADY}: a clock that is set back would silence it for as long.
 */
final class Volume {

    private static final int OWN = 3;
    private static final Duration PERIOD = Duration.ofMinutes(5);
    private static final Duration DIGEST_EVERY = Duration.ofMinutes(1);

    private final Deque<Instant> posts = new ArrayDeque<>();
    private Instant digest = Instant.MIN;

    /** How many of the incidents that wait the next message is to tell of; 0: none yet. */
    int next(int waiting, Instant now) {
        while (!posts.isEmpty() && !now.isBefore(posts.getFirst().plus(PERIOD))) {
            posts.removeFirst();
        }
        if (waiting + posts.size() <= OWN) {
            return Math.min(1, waiting);
        }
        return digest == Instant.MIN || !now.isBefore(digest.plus(DIGEST_EVERY)) ? waiting : 0;
    }

    /** @param incidents that the message tells of */
    void posted(int incidents, Instant now) {
        if (incidents > 1 || posts.size() >= OWN) {
            digest = now;
        }
        posts.addLast(now);
    }
}
