package quantum.p35.redis;

/** Why a command has no answer. Every failed future of {@link RedisLink} carries one. */
public final class RedisFailure extends RuntimeException {

    private static final long serialVersionUID = 1;

    public enum Kind {
        /** Not sent: there is no connection. */
        NOT_CONNECTED,
        /** Sent, and no answer within the deadline: it may be executed still, later. */
        NO_ANSWER,
        /** Sent, and the connection was lost: it may have been executed. */
        CONNECTION_LOST,
        /** Redis answered with an error: {@link #code()} tells which. */
        REFUSED
    }

    private final Kind kind;

    RedisFailure(Kind kind, String message) {
        super(message, null, false, false);
        this.kind = kind;
    }

    public Kind kind() {
        return kind;
    }

    /** The first word of Redis's error, {@code NOGROUP}, {@code WRONGTYPE}, {@code OOM} …; empty when it was not refused. */
    public String code() {
        if (kind != Kind.REFUSED) {
            return "";
        }
        int space = getMessage().indexOf(' ');
        return space < 0 ? getMessage() : getMessage().substring(0, space);
    }

    public boolean refusedWith(String code) {
        return code().equals(code);
    }

    /** Whether the command may have taken effect although there is no answer. */
    public boolean outcomeUnknown() {
        return kind == Kind.NO_ANSWER || kind == Kind.CONNECTION_LOST;
    }
}
