package quantum.p35.ingest;

import quantum.p35.api.Gate;
import quantum.p35.api.GateKind;
import quantum.p35.api.Outcome;

/**
 * What became of a plan. Its verdict is a wish: plans with {@code decision=EXECUTE} that were never executed once looked
 * like 100 % EXECUTE for ten days without a trade. So what {@code executed} says comes first.
 */
final class OutcomeTable {

    record Row(Outcome outcome, Gate gate) {}

    private OutcomeTable() {}

    /** @param executed null when the entry does not say */
    static Row decide(Boolean executed, Verdict verdict, boolean wouldExecute, Reason reason) {
        if (executed != null && executed) {
            return new Row(Outcome.EXECUTE, Gate.NONE);
        }
        return switch (verdict) {
            case ERROR -> new Row(Outcome.ERROR, reason.whenStopped());
            case SKIP -> new Row(Outcome.SKIP, reason.whenStopped());
            case BLOCKED -> new Row(Outcome.BLOCKED, reason.whenBlocked());
            case EXECUTE ->
                executed == null ? new Row(Outcome.EXECUTE, reason.gate()) : notExecuted(wouldExecute, reason);
            case OTHER -> new Row(Outcome.UNKNOWN, reason.whenStopped());
            case ABSENT -> new Row(executed == null ? Outcome.UNKNOWN : byGate(reason), reason.whenStopped());
        };
    }

    /** The verdict was EXECUTE and nothing was executed. */
    private static Row notExecuted(boolean wouldExecute, Reason reason) {
        if (wouldExecute && reason.gate().isNone()) {
            return new Row(Outcome.SKIP, Gate.DRY_RUN);
        }
        Outcome outcome = reason.gate().kind() == GateKind.ERROR ? Outcome.ERROR : Outcome.BLOCKED;
        return new Row(outcome, reason.whenBlocked());
    }

    /** No verdict, not executed: the gate tells. */
    private static Outcome byGate(Reason reason) {
        return switch (reason.gate().kind()) {
            case ERROR -> Outcome.ERROR;
            case BENIGN, NONE, PASSED -> Outcome.SKIP;
            case BLOCKING, QUALITY -> Outcome.BLOCKED;
        };
    }
}
