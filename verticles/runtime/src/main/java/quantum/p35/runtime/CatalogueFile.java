package quantum.p35.runtime;

import com.fasterxml.jackson.databind.JsonNode;
import io.vertx.core.Vertx;
import io.vertx.core.eventbus.DeliveryOptions;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import quantum.p35.api.Addresses;
import quantum.p35.api.CatalogueEntry;
import quantum.p35.api.GateCatalogue;
import quantum.p35.api.HealthBeat;
import quantum.p35.api.HealthReport.Level;

/** Reads {@code conf/gates.yaml}: a list of gates under {@code gates}, and nothing else. */
final class CatalogueFile {

    private CatalogueFile() {}

    /** Read now, and again at each edit, which everyone is told of. @throws StartProblem as {@link #read} */
    static FileWatch<GateCatalogue> watch(Vertx vertx, Path file, long periodMillis) throws StartProblem {
        String shown = Home.shown(file);
        return new FileWatch<>(
                vertx,
                new FileWatch.Source<>(
                        "catalogue",
                        file,
                        () -> vertx.executeBlocking(() -> read(file)),
                        catalogue -> new HealthBeat.Condition(
                                Level.UP, catalogue.entries().size() + " gates from " + shown, Map.of()),
                        // each process has its own file, and another one's verticles follow another one
                        edited -> vertx.eventBus()
                                .publish(
                                        Addresses.CATALOGUE_CHANGED, edited, new DeliveryOptions().setLocalOnly(true))),
                read(file),
                periodMillis);
    }

    /** @throws StartProblem that names every gate and key that is wrong */
    static GateCatalogue read(Path file) throws StartProblem {
        JsonNode tree = StrictYaml.read(file);
        if (tree.size() != 1 || !tree.path("gates").isArray()) {
            throw new StartProblem(file + ": it must hold one key, 'gates', with a list of gates below it");
        }
        List<String> problems = new ArrayList<>();
        List<CatalogueEntry> entries = new ArrayList<>();
        int place = 0;
        for (JsonNode node : tree.path("gates")) {
            place++;
            String name = node.path("code").isTextual()
                    ? "gate '" + node.path("code").textValue() + "'"
                    : "gate " + place + " of the list";
            if (node.isObject()) {
                entries.add(StrictRecord.of(
                        node, CatalogueEntry.class, name + ": ", problem -> problems.add(file + ": " + problem)));
            } else {
                problems.add(file + ": " + name + " is " + StrictRecord.shown(node) + ": it must be a group of keys");
            }
        }
        if (!problems.isEmpty()) {
            throw new StartProblem(problems);
        }
        try {
            return new GateCatalogue(entries);
        } catch (IllegalArgumentException e) {
            throw new StartProblem(file + ": " + e.getMessage());
        }
    }
}
