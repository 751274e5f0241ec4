package quantum.p35.simulator;

import java.time.Instant;
import java.util.Map;
import quantum.p35.api.Outcome;

/**
 * One entry of the stream and what must be counted for it.
 *
 * @param at when it is added
 * @param symbol null when the entry names none
 * @param fields in the order in which they are written
 */
record SimulatedEntry(Instant at, String symbol, Outcome outcome, String gate, Map<String, String> fields) {}
