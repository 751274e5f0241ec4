package quantum.p35.insight;

import java.util.List;
import quantum.p35.api.GateKind;

/**
 * A gate, or a family of gates, as the cause of something.
 *
 * @param code what it is called: a gate's code, {@code <family>:*} for a family
 * @param count decisions that it stopped
 * @param members the codes whose counts make it up: itself, or every code that the family can have
 */
record Cause(String code, String family, GateKind kind, long count, List<String> members) {}
