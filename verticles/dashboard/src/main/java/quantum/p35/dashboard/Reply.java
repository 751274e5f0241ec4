package quantum.p35.dashboard;

import java.util.Map;
import java.util.function.Function;
import java.util.function.Supplier;
import quantum.p35.api.State;

/**
 * One answer in every form that it has; only the one asked for is written.
 *
 * @param csv null when the answer is no table
 */
record Reply(int status, Object json, Function<Ink, String> text, Supplier<Csv> csv, Map<String, String> headers) {

    /** What {@code ./p35 d} decides by, without reading JSON. */
    static final String STATE = "P35-State";

    static final String BREACHES = "P35-Breaches";

    /** What {@code ./p35 discord test} decides by. */
    static final String DELIVERED = "P35-Delivered";

    static Reply of(Object json, Function<Ink, String> text) {
        return new Reply(200, json, text, null, Map.of());
    }

    Reply orCsv(Supplier<Csv> table) {
        return new Reply(status, json, text, table, headers);
    }

    Reply with(State state) {
        return with(Map.of(STATE, state.name()));
    }

    Reply with(State state, int breaches) {
        return with(Map.of(STATE, state.name(), BREACHES, Integer.toString(breaches)));
    }

    Reply with(Map<String, String> given) {
        return new Reply(status, json, text, csv, given);
    }

    Reply as(int other) {
        return new Reply(other, json, text, csv, headers);
    }
}
