package quantum.p35.drift;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import quantum.p35.api.Alert;
import quantum.p35.api.AlertChange;
import quantum.p35.api.Outcome;
import quantum.p35.api.Severity;
import quantum.p35.api.Silence;
import quantum.p35.api.WindowName;

/**
 * An alert while one look works on it: the stages of {@link AlertBook} change fields and note what happened, then
 * {@link #alert()} is what stands in Redis.
 */
final class Draft {

    final String id;
    final String reason;
    final Instant since;
    String rule;
    WindowName window;
    Alert.State state;
    Severity severity;
    Instant changed;
    Instant resolved;
    long score;
    long total;
    double share;
    double peak;
    Double shareBefore;
    String sentence;
    String certainty;
    Map<Outcome, Long> decisions;
    List<Alert.Symbol> symbols;
    String action;
    int flaps;
    Alert.Acknowledgement acknowledged;
    Silence silenced;
    Instant quietUntil;
    Alert.Told told;

    private final List<Function<Alert, AlertChange>> happened = new ArrayList<>();

    private Draft(String id, String reason, Instant since) {
        this.id = id;
        this.reason = reason;
        this.since = since;
    }

    /** A new incident; everything but its identity is still to be filled in. */
    static Draft begun(String reason, Instant now) {
        Draft draft = new Draft("p35_alert_" + now.getEpochSecond() + "_" + reason, reason, now);
        draft.state = Alert.State.FIRING;
        draft.changed = now;
        draft.symbols = List.of();
        draft.decisions = Map.of();
        return draft;
    }

    static Draft of(Alert alert) {
        Draft draft = new Draft(alert.id(), alert.reason(), alert.since());
        draft.rule = alert.rule();
        draft.window = alert.window();
        draft.state = alert.state();
        draft.severity = alert.severity();
        draft.changed = alert.changed();
        draft.resolved = alert.resolved();
        draft.score = alert.score();
        draft.total = alert.total();
        draft.share = alert.share();
        draft.peak = alert.peak();
        draft.shareBefore = alert.shareBefore();
        draft.sentence = alert.sentence();
        draft.certainty = alert.certainty();
        draft.decisions = alert.decisions();
        draft.symbols = alert.symbols();
        draft.action = alert.action();
        draft.flaps = alert.flaps();
        draft.acknowledged = alert.acknowledged();
        draft.silenced = alert.silenced();
        draft.quietUntil = alert.quietUntil();
        draft.told = alert.told();
        return draft;
    }

    boolean firing() {
        return state == Alert.State.FIRING;
    }

    /** Notes what is to be published, with the alert as it is at the end of the look. */
    void happened(Function<Alert, AlertChange> change) {
        happened.add(change);
    }

    List<AlertChange> changes() {
        Alert alert = alert();
        return happened.stream().map(change -> change.apply(alert)).toList();
    }

    Alert alert() {
        return new Alert(
                id,
                reason,
                rule,
                window,
                state,
                severity,
                since,
                changed,
                resolved,
                score,
                total,
                share,
                peak,
                shareBefore,
                sentence,
                certainty,
                decisions,
                symbols,
                action,
                flaps,
                acknowledged,
                silenced,
                quietUntil,
                told);
    }
}
