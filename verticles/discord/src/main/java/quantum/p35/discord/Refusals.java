package quantum.p35.discord;

import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;

/**
 * What a target did not take. It may take it a little later, or when it says something else; after a while nothing more is
 * tried. In memory only: after a restart all of it is tried again.
 */
final class Refusals {

    private static final int TRIES = 6;
    private static final Duration REMEMBERED = Duration.ofHours(1);

    private final Duration first;
    private final Map<String, Refusal> refusals = new HashMap<>();

    private record Refusal(String says, int times, Instant again) {}

    /** @param first wait before the next try; doubles each time */
    Refusals(Duration first) {
        this.first = first;
    }

    /**
     * Whether it was refused as it stands.
     *
     * @param what id of an incident that is to be posted, or of a message that is to be edited
     * @param says of the incidents, in short
     */
    boolean refused(String what, String says) {
        Refusal refusal = refusals.get(what);
        return refusal != null && refusal.says().equals(says);
    }

    /** Whether it was refused as it stands, and is not to be tried yet. */
    boolean held(String what, String says, Instant now) {
        return refused(what, says) && now.isBefore(refusals.get(what).again());
    }

    /** Records that it was refused. True when that was the last try. */
    boolean last(String what, String says, Instant now) {
        refusals.values().removeIf(old -> old.again().isBefore(now.minus(REMEMBERED)));
        int before = refused(what, says) ? refusals.get(what).times() : 0;
        if (before + 1 == TRIES) {
            refusals.remove(what);
            return true;
        }
        refusals.put(what, new Refusal(says, before + 1, now.plus(first.multipliedBy(1L << before))));
        return false;
    }

    void taken(String what) {
        refusals.remove(what);
    }
}
