package quantum.p35.redis;

import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Random;
import org.junit.jupiter.api.Test;

class BackoffTest {

    @Test
    void waitsDoubleUpToTheLimitAndVary() {
        Backoff backoff = new Backoff(50, 1000, new Random(35));
        long ceiling = 50;
        for (int i = 0; i < 20; i++) {
            long wait = backoff.nextMillis();
            assertTrue(wait >= ceiling / 2 && wait <= ceiling, "try " + i + ": " + wait + " of " + ceiling);
            ceiling = Math.min(1000, ceiling * 2);
        }
        backoff.reset();
        assertTrue(backoff.nextMillis() <= 50);
    }
}
