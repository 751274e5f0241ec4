package quantum.p35.runtime;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import io.vertx.core.Vertx;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import quantum.p35.drift.AlertRules;

/** The files of {@code conf/} as they are shipped. */
class ShippedFilesTest {

    private static final Home HOME = new Home(Path.of(System.getProperty("p35.root")));
    private static final Environment NONE = new Environment(Map.of());

    @Test
    void theConfigurationNamesEveryKeyWithItsDefault() throws StartProblem {
        Path shipped = HOME.resolve(Configuration.FILE);
        JsonNode file = StrictYaml.read(shipped);
        Configuration.DEFAULTS.forEach((section, defaults) -> {
            List<String> keys = file.path(section).properties().stream()
                    .map(Map.Entry::getKey)
                    .toList();
            assertEquals(StrictRecord.keys(defaults.getClass()), keys, section);
        });
        assertEquals(read(null), read(shipped));
    }

    private static Settings read(Path file) throws StartProblem {
        Vertx vertx = Vertx.vertx();
        try {
            return Configuration.read(vertx, new ConfigLayers(file, NONE, Map.of()), NONE, HOME);
        } finally {
            vertx.close().await();
        }
    }

    @Test
    void theGateCatalogueCanBeRead() throws StartProblem {
        assertFalse(
                CatalogueFile.read(HOME.resolve("conf/gates.yaml")).entries().isEmpty());
    }

    @Test
    void theAlertRulesNameEveryKeyWithItsDefault() throws StartProblem {
        Path shipped = HOME.resolve("conf/alerts.yaml");
        assertEquals(
                StrictRecord.withDefaults(AlertRules.DEFAULT, JsonNodeFactory.instance.objectNode()),
                StrictYaml.read(shipped));
        assertEquals(AlertRules.DEFAULT, AlertsFile.read(shipped, NONE));
    }
}
