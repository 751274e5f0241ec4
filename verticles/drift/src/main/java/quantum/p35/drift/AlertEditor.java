package quantum.p35.drift;

import io.vertx.core.Future;
import io.vertx.core.eventbus.EventBus;
import java.util.function.Function;
import quantum.p35.api.Addresses;
import quantum.p35.api.Failure;

/**
 * Changes what stands in Redis about alerts: reads, decides, writes, and begins anew when somebody else was faster; then
 * publishes what changed.
 *
 * <p>A crash between writing and publishing loses the message only: readers of the alert stream look by themselves.
 */
final class AlertEditor {

    /** Others write once a look, so the third try meets nobody. */
    private static final int TRIES = 5;

    private final AlertStore store;
    private final EventBus bus;
    private final DriftRecord record;

    AlertEditor(AlertStore store, EventBus bus, DriftRecord record) {
        this.store = store;
        this.bus = bus;
        this.record = record;
    }

    /** @param decision pure: it is asked again for each new reading; what it throws fails the future */
    Future<Edit> edit(Function<Ledger, Edit> decision) {
        return store.read().compose(read -> edit(read, decision));
    }

    /** The same, beginning with a reading that is there already. */
    Future<Edit> edit(AlertStore.Read read, Function<Ledger, Edit> decision) {
        return edit(read, decision, TRIES);
    }

    private Future<Edit> edit(AlertStore.Read read, Function<Ledger, Edit> decision, int tries) {
        Edit edit = decision.apply(read.ledger());
        return store.write(read, edit).compose(done -> {
            if (done) {
                record.written(edit);
                edit.changes().forEach(change -> bus.publish(Addresses.ALERTS_CHANGED, change));
                return Future.succeededFuture(edit);
            }
            if (tries == 1) {
                return Future.failedFuture(Failure.UNAVAILABLE.because(
                        "nothing was changed: others changed the same alert " + TRIES + " times meanwhile, try again"));
            }
            return store.read().compose(again -> edit(again, decision, tries - 1));
        });
    }
}
