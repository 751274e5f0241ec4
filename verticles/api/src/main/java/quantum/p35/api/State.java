package quantum.p35.api;

/** The answer in one word. {@code docs/http-api.md} says when which one is given. */
public enum State {
    /** Redis does not answer: the figures are old. */
    REDIS_DOWN,
    /** Entries wait uncounted for over 30 s: the answer is about the past. */
    BEHIND,
    /** No decision was ever counted. */
    NO_DATA,
    /** Nothing is proposed: the newest counted entry is over 5 minutes old. */
    SILENT,
    TRADING,
    /** The producers do not say what stops them. */
    UNCLEAR,
    /** One gate, or one family of gates, stops trading. */
    BLOCKED,
    /** Benign reasons, or only repeats. */
    HOLDING,
    /** No single cause: a mixture. */
    NOT_TRADING;

    /** Whether the figures are about now, so that a check may be decided by them. */
    public boolean current() {
        return switch (this) {
            case REDIS_DOWN, BEHIND, NO_DATA, SILENT -> false;
            case TRADING, UNCLEAR, BLOCKED, HOLDING, NOT_TRADING -> true;
        };
    }
}
