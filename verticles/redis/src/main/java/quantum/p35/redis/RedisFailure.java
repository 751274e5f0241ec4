package quantum.p35.redis;

import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Why a command has no answer. Every failed future of {@link RedisLink} carries one. */
public final class RedisFailure extends RuntimeException {

    private static final long serialVersionUID = 1;

    public enum Kind {
        /** Not sent: there is no connection. */
        NOT_CONNECTED,
        /** Not sent: too many commands wait for their answers already. */
        TOO_MANY,
        /** Sent, and no answer within the deadline: it may be executed still, later. */
        NO_ANSWER,
        /** Sent, and the connection was lost: it may have been executed. */
        CONNECTION_LOST,
        /** Redis answered with an error: {@link #code()} tells which. */
        REFUSED
    }

    private static final String CLOSED = "CONNECTION_CLOSED";
    private static final Pattern IN_SCRIPT =
            Pattern.compile("ERR Error running script .*@user_script: ?\\d+: -([A-Z]+ .*)");

    /** What a user may not do within a script: Redis 7 gives it no code of its own. */
    private static final String NO_RIGHT = "The user executing the script";

    private final Kind kind;

    RedisFailure(Kind kind, String message) {
        super(message, null, false, false);
        this.kind = kind;
    }

    /**
     * @param answer Redis's own words. A pipeline's errors come as one, a line each, {@code ERR [3] WRONGTYPE …}: the first
     *     counts. Redis 6.2 wraps what a command within a script said: the code is that command's, as Redis 7 has it.
     */
    static RedisFailure refused(String answer) {
        List<String> lines = answer.lines().map(RedisFailure::withoutIndex).toList();
        // a pipeline that was cut off is no refusal, whatever was refused before
        String said = lines.contains(CLOSED) || lines.isEmpty() ? CLOSED : lines.getFirst();
        Matcher script = IN_SCRIPT.matcher(said);
        String meant = script.matches() ? script.group(1) : said;
        return new RedisFailure(Kind.REFUSED, meant.contains(NO_RIGHT) ? "NOPERM " + meant : meant);
    }

    private static String withoutIndex(String line) {
        return line.startsWith("ERR [") ? line.substring(line.indexOf(']') + 2) : line;
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
