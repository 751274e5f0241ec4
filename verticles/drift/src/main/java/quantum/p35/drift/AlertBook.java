package quantum.p35.drift;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import quantum.p35.api.Alert;
import quantum.p35.api.AlertChange;
import quantum.p35.api.Severity;
import quantum.p35.api.Silence;

/**
 * The life of an alert, one look at a time: what stands in Redis and what the rules say become what is to stand in Redis,
 * what is published and what the alert stream is told.
 *
 * <p>One incident for each reason, whatever number of rules raises it: its severity is the highest that any of them
 * reached, and never sinks. It ends when the rule that gave the severity is clear and no other fires. What fires again
 * within a cooldown of its end is the same incident, what fires later another one. An incident that ended is remembered
 * until the stream was told so and a cooldown has passed since, so that the entries of the next one keep their distance.
 *
 * <p>Every stage looks at one alert and changes one aspect of it. Without standings (a look that cannot tell, an
 * operator's command) nothing fires or ends, and the later stages do what time has made due.
 */
final class AlertBook {

    private final Duration cooldown;
    private final AlertRules.QuietHours quietHours;
    private final Wording wording;

    AlertBook(AlertRules rules, Wording wording) {
        this.cooldown = Duration.ofSeconds(rules.timing().cooldownSeconds());
        this.quietHours = rules.quietHours();
        this.wording = wording;
    }

    Edit look(Ledger ledger, List<Standing> standings, Instant now) {
        List<AlertChange> changes = new ArrayList<>();
        List<Alert> entries = new ArrayList<>();
        Map<String, Alert> alerts = new HashMap<>();
        Set<String> forgotten = new HashSet<>();
        Map<String, List<Standing>> byReason = standings.stream()
                .collect(Collectors.groupingBy(
                        standing -> standing.evaluation().reason(), TreeMap::new, Collectors.toList()));
        Set<String> reasons = new TreeSet<>(ledger.alerts().keySet());
        reasons.addAll(byReason.keySet());
        for (String reason : reasons) {
            Alert before = ledger.alerts().get(reason);
            Draft draft = begin(before, reason, byReason.getOrDefault(reason, List.of()), now);
            if (draft == null) {
                continue;
            }
            silence(draft, ledger.silences().values(), now);
            draft.quietUntil = Quiet.until(quietHours, draft.severity, now);
            if (Telling.of(draft, now, cooldown).entry()) {
                draft.told = new Alert.Told(draft.state, draft.severity, now);
                entries.add(draft.alert());
            }
            changes.addAll(draft.changes());
            if (history(draft, now)) {
                forgotten.add(reason);
            } else if (!draft.alert().equals(before)) {
                alerts.put(reason, draft.alert());
            }
        }
        return new Edit(
                changes,
                entries,
                alerts,
                forgotten,
                Map.of(),
                over(ledger.silences().values(), now));
    }

    /** Null when there is no incident about this. */
    private Draft begin(Alert before, String reason, List<Standing> standings, Instant now) {
        Optional<Standing> worst = standings.stream()
                .filter(standing -> standing.held() != null)
                .max(Comparator.comparing(Standing::held));
        if (before == null) {
            return worst.map(standing -> raise(standing, now)).orElse(null);
        }
        if (worst.isPresent() && longOver(before, now)) {
            Draft another = raise(worst.get(), now);
            another.told = before.told();
            return another;
        }
        Draft draft = Draft.of(before);
        if (worst.isPresent()) {
            goOn(draft, worst.get(), standings, now);
        } else if (draft.firing() && ends(before, standings)) {
            end(draft, own(before, standings).orElseThrow(), now);
        } else if (draft.firing()) {
            own(before, standings).ifPresent(standing -> refresh(draft, standing));
        }
        return draft;
    }

    /** Not while its end is still to be told: nobody else would tell it. */
    private boolean longOver(Alert alert, Instant now) {
        return alert.state() == Alert.State.RESOLVED
                && !toldFiring(alert.told())
                && !now.isBefore(alert.resolved().plus(cooldown));
    }

    private static boolean toldFiring(Alert.Told told) {
        return told != null && told.state() == Alert.State.FIRING;
    }

    private Draft raise(Standing standing, Instant now) {
        Draft draft = Draft.begun(standing.evaluation().reason(), now);
        draft.severity = standing.held();
        draft.shareBefore = standing.evaluation().figures().shareBefore();
        follow(draft, standing);
        draft.happened(AlertChange.Raised::new);
        return draft;
    }

    private void goOn(Draft draft, Standing worst, List<Standing> standings, Instant now) {
        if (!draft.firing()) {
            draft.state = Alert.State.FIRING;
            draft.resolved = null;
            draft.flaps++;
            draft.changed = now;
            draft.happened(AlertChange.Reopened::new);
        }
        Severity from = draft.severity;
        if (worst.held().compareTo(from) > 0) {
            draft.severity = worst.held();
            draft.changed = now;
            // whoever looks after a medium alert has not seen that it became critical
            draft.acknowledged = null;
            draft.happened(alert -> new AlertChange.Escalated(alert, from));
            follow(draft, worst);
            return;
        }
        // the rule that gave the severity keeps the alert while it fires itself, although another one is as bad now
        Standing leading = standings.stream()
                .filter(standing -> standing.evaluation().rule().equals(draft.rule))
                .filter(standing -> !standing.over())
                .findFirst()
                .orElse(worst);
        follow(draft, leading);
    }

    private static boolean ends(Alert alert, List<Standing> standings) {
        return own(alert, standings).filter(Standing::over).isPresent()
                && standings.stream().allMatch(standing -> standing.fires() == 0);
    }

    private static Optional<Standing> own(Alert alert, List<Standing> standings) {
        return standings.stream()
                .filter(standing -> standing.evaluation().rule().equals(alert.rule()))
                .findFirst();
    }

    private void end(Draft draft, Standing standing, Instant now) {
        draft.state = Alert.State.RESOLVED;
        draft.resolved = now;
        draft.changed = now;
        refresh(draft, standing);
        draft.happened(AlertChange.Resolved::new);
    }

    private void follow(Draft draft, Standing standing) {
        draft.rule = standing.evaluation().rule();
        draft.window = standing.evaluation().window();
        refresh(draft, standing);
    }

    /**
     * Figures and words as of now. Whom it concerns is kept to the end: when it is over it concerns nobody any more. A look
     * that holds and saw nothing keeps the figures, and the words say that they are of an earlier time.
     */
    private void refresh(Draft draft, Standing standing) {
        Evaluation evaluation = standing.evaluation();
        Figures figures = evaluation.figures();
        if (!evaluation.sawNothing()) {
            draft.score = figures.score();
            draft.total = figures.total();
            draft.share = figures.share();
            draft.peak = Math.max(draft.peak, figures.share());
            draft.decisions = wording.decisions(evaluation.window());
        }
        if (!evaluation.symbols().isEmpty()) {
            draft.symbols = evaluation.symbols();
        }
        draft.certainty = evaluation.because();
        draft.action = wording.action(draft);
        draft.sentence = wording.sentence(draft, evaluation);
    }

    private static void silence(Draft draft, Collection<Silence> silences, Instant now) {
        Silence before = draft.silenced;
        draft.silenced = Muting.of(draft, silences, now).orElse(null);
        if (draft.firing() && before == null && draft.silenced != null) {
            draft.happened(AlertChange.Silenced::new);
        }
        if (draft.firing() && before != null && draft.silenced == null) {
            draft.happened(AlertChange.Unsilenced::new);
        }
    }

    /** From the last entry on, not from the end: a new incident must not make an entry within a cooldown of it. */
    private boolean history(Draft draft, Instant now) {
        Alert.Told told = draft.told;
        if (draft.firing() || toldFiring(told)) {
            return false;
        }
        Instant last = told == null || told.at().isBefore(draft.resolved) ? draft.resolved : told.at();
        return !now.isBefore(last.plus(cooldown));
    }

    private static Set<String> over(Collection<Silence> silences, Instant now) {
        return silences.stream()
                .filter(silence -> !silence.until().isAfter(now))
                .map(Silence::id)
                .collect(Collectors.toSet());
    }
}
