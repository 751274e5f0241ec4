package quantum.p35.api;

import java.util.List;

/**
 * A batch that ingest hands to aggregate; answered by {@link DecisionsCommitted} when it is counted.
 *
 * @param consumer consumer name under which the entries are pending
 * @param generation of the consumer group that they were delivered by, and the replication id of its Redis, with a slash
 *     between: a group that was made anew delivers them again, and a replica that took over may
 * @param fresh true when nobody but this consumer can have counted these entries: an entry that is then no longer
 *     pending was ACKed uncounted by somebody else and is lost. False when the batch was sent before or was claimed:
 *     then such an entry is already counted.
 * @param decisions in stream order
 * @param trimmed ids that are pending although their entries are gone from the stream: they can only be counted as lost
 */
public record DecisionsRead(
        String consumer, String generation, boolean fresh, List<Decision> decisions, List<String> trimmed) {

    public DecisionsRead {
        decisions = List.copyOf(decisions);
        trimmed = List.copyOf(trimmed);
    }
}
