package quantum.p35.drift;

import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import quantum.p35.api.Alert;
import quantum.p35.api.GateCatalogue;
import quantum.p35.api.GateKind;
import quantum.p35.api.Severity;
import quantum.p35.api.WindowName;

/**
 * Every rule about everything that can be seen at one look.
 *
 * <p>A thing that is not mentioned was not seen, and no alert is about it: whatever an alert is about is always mentioned, so
 * that it can end.
 *
 * <p>One cause must not ring five bells. A family is held back while one of its own gates alerts; an early warning while
 * another rule about its gate fires or the gate's family alerts; a rule about the distribution while a gate or family alerts
 * that is at least as severe at this look or that explains it, {@code error_high} only by gates of kind error, and never by
 * what is silenced; {@code symbol_stuck} while {@code execute_low} fires, and for symbols whose own gate alerts.
 */
final class Evaluations {

    private static final double NEARLY_ALL = 0.8;

    private final Sight sight;
    private final GateCatalogue catalogue;

    /** Gates and families that alert: by what a rule says now, or by an alert that is not over. */
    private final Set<String> told = new HashSet<>();

    /** How bad a rule says they are at this look: an alert keeps the severity of its worst hour. */
    private final Map<String, Severity> severities = new HashMap<>();

    private Evaluations(Sight sight, GateCatalogue catalogue) {
        this.sight = sight;
        this.catalogue = catalogue;
    }

    static List<Evaluation> of(Look look, AlertRules rules, GateCatalogue catalogue) {
        return new Evaluations(new Sight(look, rules, catalogue), catalogue).all();
    }

    private List<Evaluation> all() {
        List<Evaluation> all = new ArrayList<>(switchable(new ServiceRules(sight).all()));
        String silence = silence(all);
        List<Subject> gates = Subject.gates(sight, catalogue);
        for (Subject gate : gates) {
            List<Evaluation> evaluations = switchable(new GateRules(sight, gate).gate());
            tell(gate, evaluations);
            all.addAll(evaluations);
        }
        for (Subject family : Subject.families(sight, catalogue)) {
            List<Evaluation> evaluations = switchable(List.of(new GateRules(sight, family).family(saysMore(family))));
            tell(family, evaluations);
            all.addAll(evaluations);
        }
        for (Subject gate : gates) {
            all.addAll(switchable(List.of(new GateRules(sight, gate).growing(toldBy(gate)))));
        }
        List<Evaluation> outcomes = switchable(new OutcomeRules(sight)
                .all(silence).stream().map(this::unlessExplained).toList());
        all.addAll(outcomes);
        all.addAll(switchable(List.of(Guarded.evaluation(
                AlertRules.SYMBOL_STUCK, AlertRules.SYMBOL_STUCK, () -> new SymbolRule(sight, catalogue)
                        .evaluation(explained(), noTrades(outcomes), silence)))));
        return all;
    }

    /**
     * Why an alert about one gate of the family is the one to wait for: it is there, or the gate is nearly all of the family
     * and over the threshold itself, so that the family is only surer of the same a few looks sooner. Null when there is no
     * such gate.
     */
    private String saysMore(Subject family) {
        Base base = sight.base(WindowName.FIVE_MINUTES);
        long together = base.count(family.codes());
        for (String gate : family.codes()) {
            long alone = base.count(List.of(gate));
            if (told.contains(gate)) {
                return "the alert about " + gate + " says more";
            }
            if (family.thresholds() != null
                    && alone >= NEARLY_ALL * together
                    && base.share(alone) >= family.thresholds().lowest()) {
                return gate + " is nearly all of it and over the threshold itself";
            }
        }
        return null;
    }

    /**
     * Why an early warning of this gate has nothing to add; null when it has. Also an alert that ended lately tells of it: the
     * windows still hold what was stopped then. A warning that fires goes on beside its family.
     */
    private String toldBy(Subject gate) {
        String family = Subject.all(catalogue.gate(gate.reason()).family());
        if (told.contains(gate.reason())) {
            return "another rule tells of this gate";
        }
        if (sight.look().firing(gate.reason())) {
            return null;
        }
        if (told.contains(family)) {
            return "the alert about " + family + " tells of this gate";
        }
        return Stream.of(gate.reason(), family)
                .filter(reason -> sight.look().alerts().containsKey(reason))
                .filter(reason ->
                        !earlyWarning(sight.look().alerts().get(reason).rule()))
                .map(reason -> "the alert about " + reason + " ended lately and told of this")
                .findFirst()
                .orElse(null);
    }

    private List<Evaluation> switchable(List<Evaluation> evaluations) {
        return evaluations.stream()
                .map(evaluation ->
                        sight.rules().rule(evaluation.rule()).enabled() ? evaluation : evaluation.switchedOff())
                .toList();
    }

    private void tell(Subject subject, List<Evaluation> evaluations) {
        Alert alert =
                sight.look().firing(subject.reason()) ? sight.look().alerts().get(subject.reason()) : null;
        if (alert != null && !earlyWarning(alert.rule())) {
            told.add(subject.reason());
        }
        evaluations.stream()
                .filter(Evaluation::fires)
                .filter(evaluation -> !earlyWarning(evaluation.rule()))
                .forEach(evaluation -> {
                    told.add(subject.reason());
                    severities.merge(subject.reason(), evaluation.severity(), (a, b) -> a.compareTo(b) > 0 ? a : b);
                });
    }

    /** It explains nothing. */
    private static boolean earlyWarning(String rule) {
        return rule.equals(AlertRules.GATE_GROWING);
    }

    private String silence(List<Evaluation> service) {
        return service.stream()
                .filter(evaluation -> evaluation.fires() || sight.look().firing(evaluation.reason()))
                .map(evaluation -> "held back while " + evaluation.rule() + " fires")
                .findFirst()
                .orElse(null);
    }

    private Evaluation unlessExplained(Evaluation outcome) {
        if (!outcome.fires() || outcome.rule().equals(AlertRules.UNKNOWN_HIGH)) {
            return outcome;
        }
        List<String> causes = told.stream()
                .filter(reason -> !silenced(reason))
                .filter(reason -> !outcome.rule().equals(AlertRules.ERROR_HIGH) || kind(reason) == GateKind.ERROR)
                .sorted(Comparator.<String, Severity>comparing(
                                severities::get, Comparator.nullsFirst(Comparator.naturalOrder()))
                        .reversed()
                        .thenComparing(Comparator.naturalOrder()))
                .toList();
        if (causes.isEmpty()) {
            return outcome;
        }
        Severity worst = severities.get(causes.getFirst());
        boolean asBad = worst != null && worst.compareTo(outcome.severity()) >= 0;
        return asBad || withoutThemWell(outcome, causes)
                ? outcome.heldBack("the alert about " + causes.getFirst() + " says more")
                : outcome;
    }

    /** Nobody is told of it, so it tells of nothing else. */
    private boolean silenced(String reason) {
        Alert alert = sight.look().alerts().get(reason);
        return alert != null && alert.silenced() != null;
    }

    /** Whether the share would be within its threshold without the decisions that these gates and families stop. */
    private boolean withoutThemWell(Evaluation outcome, List<String> causes) {
        Base base = sight.base(outcome.window());
        Set<String> codes = gates(causes);
        long stopped = base.count(codes);
        long rest = base.size() - stopped;
        double threshold = outcome.figures().threshold();
        if (outcome.rule().equals(AlertRules.EXECUTE_LOW)) {
            return rest > 0 && outcome.figures().score() >= threshold * rest;
        }
        // what a gate stops is taken to have all the same outcome
        return outcome.figures().score() - stopped < threshold * rest;
    }

    private GateKind kind(String reason) {
        return catalogue.gate(Subject.family(reason)).kind();
    }

    /** Gates that alert, those of a family that does, and those that lately did: the window still holds what they stopped. */
    private Set<String> explained() {
        Set<String> reasons = new HashSet<>(told);
        sight.look().alerts().values().stream()
                .filter(alert -> !earlyWarning(alert.rule()))
                .map(Alert::reason)
                .forEach(reasons::add);
        return gates(reasons);
    }

    /** The gates that these are, or that are of these families. */
    private Set<String> gates(Collection<String> reasons) {
        Set<String> gates = new HashSet<>(reasons);
        sight.base(WindowName.ONE_HOUR).gates().keySet().stream()
                .filter(gate ->
                        reasons.contains(Subject.all(catalogue.gate(gate).family())))
                .forEach(gates::add);
        return gates;
    }

    private String noTrades(List<Evaluation> outcomes) {
        boolean low = sight.look().firing(AlertRules.EXECUTE_LOW)
                || outcomes.stream()
                        .filter(evaluation -> evaluation.rule().equals(AlertRules.EXECUTE_LOW))
                        .anyMatch(Evaluation::fires);
        return low ? "execute_low tells of all symbols" : null;
    }
}
