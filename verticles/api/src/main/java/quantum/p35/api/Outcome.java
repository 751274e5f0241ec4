package quantum.p35.api;

/** What became of one decision of the trading system. */
public enum Outcome {
    EXECUTE,
    SKIP,
    BLOCKED,
    ERROR,
    UNKNOWN
}
