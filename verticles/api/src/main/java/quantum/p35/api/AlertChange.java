package quantum.p35.api;

/** What happened to an alert; its own record for each kind, one family so that their order is kept. */
public sealed interface AlertChange {

    /** As it is after the change. */
    Alert alert();

    /** It fires, for the first time. */
    record Raised(Alert alert) implements AlertChange {}

    /** It got worse. @param from the severity before */
    record Escalated(Alert alert, Severity from) implements AlertChange {}

    /** It fires again soon after its end. */
    record Reopened(Alert alert) implements AlertChange {}

    record Acknowledged(Alert alert) implements AlertChange {}

    record Silenced(Alert alert) implements AlertChange {}

    /** The silence that it fell under is over. */
    record Unsilenced(Alert alert) implements AlertChange {}

    record Resolved(Alert alert) implements AlertChange {}
}
