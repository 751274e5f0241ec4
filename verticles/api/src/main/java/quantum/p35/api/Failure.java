package quantum.p35.api;

import io.vertx.core.eventbus.ReplyException;
import io.vertx.core.eventbus.ReplyFailure;

/** Why a request on the bus failed; {@link #code()} is the failure code of the reply, and the HTTP status. */
public enum Failure {
    /** The question makes no sense; the message says why. */
    BAD_QUESTION(400),
    NOT_FOUND(404),
    /** The consumer group is gone, or Redis is another one; nothing changed. */
    GROUP_GONE(410),
    /** Something is broken on our side; the message says what. */
    INTERNAL(500),
    /** Not done, nothing changed, try again: Redis refuses or does not answer. */
    UNAVAILABLE(503),
    /** Perhaps done: the answer was lost. Try again, and expect to be told that it was done already. */
    OUTCOME_UNKNOWN(504);

    private final int code;

    Failure(int code) {
        this.code = code;
    }

    public int code() {
        return code;
    }

    public ReplyException because(String message) {
        return new ReplyException(ReplyFailure.RECIPIENT_FAILURE, code, message);
    }

    /** What kind of failure this is: a reply that never came is {@link #OUTCOME_UNKNOWN}, no handler is UNAVAILABLE. */
    public static Failure of(Throwable error) {
        if (!(error instanceof ReplyException reply)) {
            return INTERNAL;
        }
        return switch (reply.failureType()) {
            case TIMEOUT -> OUTCOME_UNKNOWN;
            case NO_HANDLERS -> UNAVAILABLE;
            case ERROR -> INTERNAL;
            case RECIPIENT_FAILURE -> ofCode(reply.failureCode());
        };
    }

    private static Failure ofCode(int code) {
        for (Failure failure : values()) {
            if (failure.code == code) {
                return failure;
            }
        }
        return INTERNAL;
    }
}
