package quantum.p35.discord;

import java.time.Duration;
import java.time.Instant;
import quantum.p35.api.Alert;

/** Whether an incident needs a message of its own at a target now, and why (not). Edits are another matter. */
enum Telling {
    /** Nobody was told of it there. */
    POST,
    /** It got worse than the message was posted with: an edit would notify nobody. */
    POST_WORSE,
    /** A person deleted the message. */
    POST_AGAIN,
    /** There is a message already. */
    TOLD,
    /** The target does not want this gate. */
    NOT_WANTED,
    /** Under the target's minimum severity. */
    TOO_MILD,
    /** Not now: under a silence. */
    SILENCED,
    /** Not now: quiet hours. */
    QUIET,
    /** Over before anybody was to be told. */
    ENDED_UNHEARD,
    /** Over for so long that it is history. */
    OLD_NEWS;

    private static final Duration NEWS = Duration.ofHours(24);

    static Telling of(Incident incident, DiscordTarget target, Instant now) {
        Alert alert = incident.alert();
        Place newest = incident.newest(target.name());
        if (newest == null) {
            return incident.resolved() ? ended(alert, target, now) : firing(alert, target, now);
        }
        boolean deleted = newest.standing() == Place.Standing.DELETED;
        boolean worse = !incident.resolved() && alert.severity().compareTo(newest.posted()) > 0;
        if (!deleted && !worse) {
            return TOLD;
        }
        Telling held = held(alert, now);
        return held != null ? held : worse ? POST_WORSE : POST_AGAIN;
    }

    boolean posts() {
        return this == POST || this == POST_WORSE || this == POST_AGAIN;
    }

    private static Telling firing(Alert alert, DiscordTarget target, Instant now) {
        Telling refused = refused(alert, target);
        Telling held = refused != null ? refused : held(alert, now);
        return held != null ? held : POST;
    }

    /** An incident that came and went while Discord or we were away is told of; one that was held back is not. */
    private static Telling ended(Alert alert, DiscordTarget target, Instant now) {
        Telling refused = refused(alert, target);
        if (refused != null) {
            return refused;
        }
        Instant end = alert.resolved() == null ? alert.changed() : alert.resolved();
        if (held(alert, end) != null) {
            return ENDED_UNHEARD;
        }
        return end.isBefore(now.minus(NEWS)) ? OLD_NEWS : POST;
    }

    private static Telling refused(Alert alert, DiscordTarget target) {
        if (!target.wants(alert)) {
            return NOT_WANTED;
        }
        return alert.severity().compareTo(target.minimum()) < 0 ? TOO_MILD : null;
    }

    private static Telling held(Alert alert, Instant now) {
        if (alert.silenced() != null && now.isBefore(alert.silenced().until())) {
            return SILENCED;
        }
        return alert.quietUntil() != null && now.isBefore(alert.quietUntil()) ? QUIET : null;
    }
}
