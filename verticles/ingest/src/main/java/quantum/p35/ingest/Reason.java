package quantum.p35.ingest;

import quantum.p35.api.Gate;

/**
 * What a producer's reason comes to.
 *
 * @param gate the first one named that did not let the plan through; {@link Gate#NONE} when there is none
 * @param passed whether gates were named that the plan passed
 */
record Reason(Gate gate, boolean passed) {

    static final Reason NONE = new Reason(Gate.NONE, false);

    /** The gate of a plan that was not executed: naming only passed gates hides the one that stopped it. */
    Gate whenStopped() {
        return gate.isNone() && passed ? Gate.UNREPORTED : gate;
    }

    /** The gate of a plan that something surely stopped. */
    Gate whenBlocked() {
        return gate.isNone() ? Gate.UNREPORTED : gate;
    }
}
