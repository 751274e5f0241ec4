package quantum.p35.dashboard;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.vertx.core.Future;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import quantum.p35.api.Addresses;
import quantum.p35.api.Alert;
import quantum.p35.api.AlertChange;
import quantum.p35.api.Alerts;

/**
 * The {@code alert} events: always all that fires, so that a reader that missed one is right again with the next, and
 * what changed since the last.
 */
final class AlertFeed {

    private static final Logger LOG = LoggerFactory.getLogger(AlertFeed.class);

    /** @param changes what happened since the last event, oldest first; empty in a snapshot */
    record Event(
            Instant asOf,
            List<Alert> alerts,
            @JsonInclude(JsonInclude.Include.NON_NULL) String blind,
            List<Change> changes) {}

    record Change(String change, Alert alert) {}

    private final Bus bus;
    private final Set<Watcher> watchers;
    private final OneAtATime question;
    private final List<Change> changes = new ArrayList<>();

    /** @param watchers all of them, as they come and go */
    AlertFeed(Bus bus, Set<Watcher> watchers) {
        this.bus = bus;
        this.watchers = watchers;
        this.question = new OneAtATime(this::tellChanges);
    }

    void onAlertChanged(AlertChange change) {
        if (!watchers.isEmpty()) {
            changes.add(new Change(word(change), change.alert()));
            question.ask();
        }
    }

    /** Shares move while an alert fires, and the bus may lose a change. */
    void refresh() {
        if (!watchers.isEmpty()) {
            question.ask();
        }
    }

    void snapshot(Watcher watcher) {
        tell(Set.of(watcher), List.of());
    }

    private Future<?> tellChanges() {
        List<Change> news = List.copyOf(changes);
        changes.clear();
        return tell(watchers, news);
    }

    private Future<?> tell(Set<Watcher> readers, List<Change> news) {
        return bus.ask(Addresses.DRIFT_ALERTS, new Alerts.Question(Alerts.Which.ACTIVE), Alerts.Answer.class)
                .onSuccess(answer -> {
                    var json = Json.of(new Event(answer.asOf(), answer.alerts(), answer.blind(), news));
                    readers.forEach(watcher -> watcher.tell("alert", json));
                })
                .onFailure(error -> LOG.debug("no alerts for the watchers: {}", error.getMessage()));
    }

    private static String word(AlertChange change) {
        return switch (change) {
            case AlertChange.Raised raised -> "raised";
            case AlertChange.Escalated escalated -> "escalated";
            case AlertChange.Reopened reopened -> "reopened";
            case AlertChange.Acknowledged acknowledged -> "acknowledged";
            case AlertChange.Silenced silenced -> "silenced";
            case AlertChange.Unsilenced unsilenced -> "unsilenced";
            case AlertChange.Resolved resolved -> "resolved";
        };
    }
}
