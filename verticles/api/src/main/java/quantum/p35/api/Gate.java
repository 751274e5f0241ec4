package quantum.p35.api;

import com.fasterxml.jackson.annotation.JsonIgnore;

/**
 * The gate that stopped a plan, as one code of bounded cardinality.
 *
 * @param code what is counted: {@code p33_permit_denied:no_exchange_snapshot}
 * @param family the code without its detail: {@code p33_permit_denied}
 * @param catalogued whether {@code conf/gates.yaml} knows it; uncatalogued codes are bounded per minute
 * @param repeat whether it only says again what was said before, so that it is left out of verdicts
 */
public record Gate(String code, String family, GateKind kind, boolean catalogued, boolean repeat) {

    /** "No reason reported": never a gate, has no share, dominates nothing. */
    public static final Gate NONE = new Gate("none", "none", GateKind.NONE, true, false);

    /** Stopped, and the producer named only gates that it passed, or none. */
    public static final Gate UNREPORTED = new Gate("unreported_gate", "unreported_gate", GateKind.QUALITY, true, false);

    /** Free text that no pattern knows. */
    public static final Gate UNLISTED = new Gate("unlisted", "unlisted", GateKind.QUALITY, true, false);

    /** The system would have traded and was told not to. */
    public static final Gate DRY_RUN = new Gate("dry_run", "dry_run", GateKind.BENIGN, true, false);

    @JsonIgnore
    public boolean isNone() {
        return kind == GateKind.NONE;
    }
}
