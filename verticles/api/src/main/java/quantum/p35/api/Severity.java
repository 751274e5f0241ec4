package quantum.p35.api;

/** How bad, in rising order. */
public enum Severity {
    MEDIUM,
    HIGH,
    CRITICAL
}
