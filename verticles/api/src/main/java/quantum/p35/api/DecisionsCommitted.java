package quantum.p35.api;

/**
 * The answer to {@link DecisionsRead}: every entry of the batch is in one of these numbers.
 *
 * @param counted entries counted and ACKed now
 * @param known entries that had been counted before
 * @param lost entries that nobody can count any more; added to {@code lost_total}
 * @param deadLettered entries that Redis refused again and again; kept on the dead-letter stream
 * @param address where the same instance takes the next batch of this consumer, so that its batches stay in order
 */
public record DecisionsCommitted(int counted, int known, int lost, int deadLettered, String address) {}
