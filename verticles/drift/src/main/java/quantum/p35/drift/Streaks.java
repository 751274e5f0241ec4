package quantum.p35.drift;

import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import quantum.p35.api.Alert;
import quantum.p35.api.Severity;

/**
 * How many looks in a row each rule said the same about a thing: a single look proves nothing.
 *
 * <p>A look that cannot tell is no evidence, neither way: it breaks the row, as does a look at which the rule said nothing
 * about the thing. Kept in memory only: after a restart nothing fires or ends until it was seen often enough again.
 */
final class Streaks {

    private record Subject(String rule, String reason) {}

    /** @param firing severities of the looks in a row that fire, oldest first, as many as are needed */
    private record Row(List<Severity> firing, int clear) {

        static final Row EMPTY = new Row(List.of(), 0);

        Row then(Evaluation evaluation, int needed) {
            return switch (evaluation.verdict()) {
                case CLEAR -> new Row(List.of(), Math.min(needed, clear + 1));
                case HOLDS -> EMPTY;
                case FIRES -> {
                    List<Severity> longer = new ArrayList<>(firing);
                    longer.add(evaluation.severity());
                    yield new Row(List.copyOf(longer.subList(Math.max(0, longer.size() - needed), longer.size())), 0);
                }
            };
        }
    }

    private Map<Subject, Row> rows = Map.of();

    /**
     * @param alerts those that fire are judged at every look, also when their rule is gone: else they would never end
     * @param needed looks in a row, 1 or more
     */
    List<Standing> look(List<Evaluation> evaluations, Collection<Alert> alerts, int needed) {
        Map<Subject, Row> next = new HashMap<>();
        List<Standing> standings = new ArrayList<>();
        for (Evaluation evaluation : withGone(evaluations, alerts)) {
            Subject subject = new Subject(evaluation.rule(), evaluation.reason());
            Row row = rows.getOrDefault(subject, Row.EMPTY).then(evaluation, needed);
            next.put(subject, row);
            // the severity that held at every one of these looks, not just at the worst
            Severity held = row.firing.size() < needed ? null : Collections.min(row.firing);
            standings.add(new Standing(evaluation, row.firing.size(), held, row.clear >= needed));
        }
        rows = next;
        return standings;
    }

    private static List<Evaluation> withGone(List<Evaluation> evaluations, Collection<Alert> alerts) {
        Set<Subject> judged = evaluations.stream()
                .map(evaluation -> new Subject(evaluation.rule(), evaluation.reason()))
                .collect(Collectors.toSet());
        List<Evaluation> all = new ArrayList<>(evaluations);
        alerts.stream()
                .filter(alert -> alert.state() == Alert.State.FIRING)
                .filter(alert -> !judged.contains(new Subject(alert.rule(), alert.reason())))
                .forEach(alert -> all.add(new Evaluation(
                        alert.rule(),
                        alert.reason(),
                        alert.window(),
                        Verdict.CLEAR,
                        null,
                        Figures.none(),
                        "no rule looks at this any more",
                        List.of())));
        return all;
    }

    /** A look that could not be made. */
    void broken() {
        rows = Map.of();
    }
}
