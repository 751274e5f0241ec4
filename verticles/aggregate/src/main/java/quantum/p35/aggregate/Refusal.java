package quantum.p35.aggregate;

import java.util.Set;
import quantum.p35.redis.RedisFailure;

/** What to do about a commit that did not happen. */
enum Refusal {
    /** The consumer group is gone: ingest makes it again. */
    GROUP_GONE,
    /** commit.lua's own: new fields would take a hash over its bound; nothing is written. */
    FULL,
    /** Redis cannot take it in the state it is in: wait until a person or time mends that; nothing is lost. */
    WAIT,
    /** It may have been executed: send it again, the script counts nothing twice. */
    OUTCOME_UNKNOWN,
    /** Something in the batch itself is refused: find the entry. */
    BAD_ENTRY;

    /**
     * Errors that speak of the server or of a key, not of an entry. {@code NOTANINTEGER} is commit.lua's own: a field that
     * somebody else wrote holds no number.
     */
    private static final Set<String> STATES = Set.of(
            "OOM",
            "READONLY",
            "LOADING",
            "WRONGTYPE",
            "NOTANINTEGER",
            "MISCONF",
            "NOREPLICAS",
            "MASTERDOWN",
            "BUSY",
            "NOPERM",
            "NOAUTH",
            "CLUSTERDOWN",
            "TRYAGAIN",
            "MOVED",
            "ASK",
            "CROSSSLOT",
            "UNKILLABLE");

    /** An error that is not Redis's is a fault of ours: nothing was sent. */
    static Refusal of(Throwable error) {
        return error instanceof RedisFailure failure ? of(failure) : WAIT;
    }

    private static Refusal of(RedisFailure failure) {
        return switch (failure.kind()) {
            case NOT_CONNECTED, TOO_MANY -> WAIT;
            case NO_ANSWER, CONNECTION_LOST -> OUTCOME_UNKNOWN;
            case REFUSED -> {
                if (failure.refusedWith("NOGROUP")) {
                    yield GROUP_GONE;
                }
                if (failure.refusedWith("FULL")) {
                    yield FULL;
                }
                yield STATES.contains(failure.code()) ? WAIT : BAD_ENTRY;
            }
        };
    }
}
