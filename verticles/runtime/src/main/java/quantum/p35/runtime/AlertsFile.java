package quantum.p35.runtime;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.vertx.core.Vertx;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import quantum.p35.api.HealthBeat;
import quantum.p35.api.HealthReport.Level;
import quantum.p35.drift.AlertRules;

/** Reads {@code conf/alerts.yaml}, and lays the variables {@code P35_ALERT_…} over it. */
final class AlertsFile {

    private AlertsFile() {}

    /** Read now, and again at each edit. @throws StartProblem as {@link #read} */
    static FileWatch<AlertRules> watch(Vertx vertx, Path file, Environment environment, long periodMillis)
            throws StartProblem {
        String shown = Home.shown(file);
        return new FileWatch<>(
                vertx,
                new FileWatch.Source<>(
                        "alerts",
                        file,
                        () -> vertx.executeBlocking(() -> read(file, environment)),
                        rules -> new HealthBeat.Condition(
                                Level.UP, rules.rules().size() + " alert rules from " + shown, Map.of()),
                        edited -> {}),
                read(file, environment),
                periodMillis);
    }

    /** @throws StartProblem that names everything that is wrong */
    static AlertRules read(Path file, Environment environment) throws StartProblem {
        List<String> problems = new ArrayList<>();
        AlertRules rules = StrictRecord.of(
                StrictRecord.withDefaults(AlertRules.DEFAULT, tree(file)),
                AlertRules.class,
                "alerts.",
                problem -> problems.add(file + ": " + problem));
        Double medium = environment.number(Environment.MEDIUM, Double::valueOf, problems::add);
        Double high = environment.number(Environment.HIGH, Double::valueOf, problems::add);
        Double critical = environment.number(Environment.CRITICAL, Double::valueOf, problems::add);
        Integer cooldown = environment.number(Environment.COOLDOWN, Integer::valueOf, problems::add);
        if (!problems.isEmpty()) {
            throw new StartProblem(problems);
        }
        try {
            return rules.withOverrides(medium, high, critical, cooldown);
        } catch (IllegalArgumentException e) {
            throw new StartProblem(file + " with P35_ALERT_… over it: " + e.getMessage());
        }
    }

    private static ObjectNode tree(Path file) throws StartProblem {
        JsonNode tree = StrictYaml.read(file);
        if (tree.isMissingNode() || tree.isNull()) {
            return JsonNodeFactory.instance.objectNode();
        }
        if (tree instanceof ObjectNode groups) {
            return groups;
        }
        throw new StartProblem(file + ": it must hold groups (" + String.join(", ", StrictRecord.keys(AlertRules.class))
                + ") of keys");
    }
}
