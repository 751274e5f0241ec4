package quantum.p35.drift;

import java.time.Duration;
import java.time.Instant;
import quantum.p35.api.Alert;

/**
 * Whether the alert stream is to be told of an alert now, and why or why not.
 *
 * <p>One rule: an entry is due when what the stream was told last is not true any more. The first entry and every higher
 * severity are told at once, anything else when a cooldown has passed since the last entry. So a condition that flaps makes
 * one entry, an incident that is told as firing is told as resolved, and there are never two entries of one (reason,
 * severity) within a cooldown: a severity that is told at once is higher than every one before it. A new incident begins with
 * what was told of the one before it, when that is still remembered.
 */
enum Telling {
    /** It fires, and nobody was told. */
    FIRST(true),
    /** It is worse than what was told. */
    WORSE(true),
    /** It ended, or fires again, and this can be told now. */
    DUE(true),
    /** What was told is still true. */
    TRUE(false),
    /** What was told is not true any more, and was told too lately. */
    COOLDOWN(false),
    /** Nobody wants to be told. The end of what was told as firing is told all the same. */
    SILENCED(false),
    /** It ended before anybody was told. */
    NEVER_TOLD(false);

    private final boolean entry;

    Telling(boolean entry) {
        this.entry = entry;
    }

    /** Whether an entry is to be written. */
    boolean entry() {
        return entry;
    }

    static Telling of(Draft alert, Instant now, Duration cooldown) {
        Alert.Told told = alert.told;
        boolean toldFiring = told != null && told.state() == Alert.State.FIRING;
        if (!alert.firing() && !toldFiring) {
            return told == null ? NEVER_TOLD : TRUE;
        }
        if (alert.firing() && toldFiring && alert.severity == told.severity()) {
            return TRUE;
        }
        if (alert.firing() && alert.silenced != null) {
            return SILENCED;
        }
        if (told == null) {
            return FIRST;
        }
        if (alert.firing() && alert.severity.compareTo(told.severity()) > 0) {
            return WORSE;
        }
        return now.isBefore(told.at().plus(cooldown)) ? COOLDOWN : DUE;
    }
}
