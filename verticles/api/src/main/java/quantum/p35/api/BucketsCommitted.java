package quantum.p35.api;

import java.time.Instant;
import java.util.Set;

/** These minute buckets changed in Redis; the reader reads them again. */
public record BucketsCommitted(Set<Instant> minutes) {

    public BucketsCommitted {
        minutes = Set.copyOf(minutes);
    }
}
