package quantum.p35.dashboard;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.vertx.core.Vertx;
import io.vertx.core.json.JsonObject;
import java.lang.reflect.RecordComponent;
import java.util.Arrays;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import quantum.p35.api.Alert;
import quantum.p35.api.Alerts;
import quantum.p35.api.DiscordTest;
import quantum.p35.api.Drift;
import quantum.p35.api.Explain;
import quantum.p35.api.GateCount;
import quantum.p35.api.Gates;
import quantum.p35.api.Guide;
import quantum.p35.api.Recent;
import quantum.p35.api.Silence;
import quantum.p35.api.Silences;
import quantum.p35.api.Symbols;
import quantum.p35.api.Timeline;
import quantum.p35.api.Verticles.Deployed;
import quantum.p35.api.Why;
import quantum.p35.api.Window;

/** The OpenAPI document names what the answers hold, no less and no more. */
class ContractTest {

    private static final Vertx vertx = Vertx.vertx();
    private static JsonObject schemas;

    @BeforeAll
    static void load() {
        schemas = Service.await(Contract.load(vertx))
                .rules()
                .getRawContract()
                .getJsonObject("components")
                .getJsonObject("schemas");
    }

    @AfterAll
    static void stop() {
        Service.await(vertx.close());
    }

    static Stream<Arguments> schemas() {
        return Stream.of(
                Arguments.of("Why", Why.Answer.class),
                Arguments.of("Window", Window.class),
                Arguments.of("Gate", GateCount.class),
                Arguments.of("Gates", Gates.Answer.class),
                Arguments.of("Symbols", Symbols.Answer.class),
                Arguments.of("Symbols.symbols", Symbols.SymbolCount.class),
                Arguments.of("Drift", Drift.Answer.class),
                Arguments.of("Drift.breaches", Drift.Breach.class),
                Arguments.of("Timeline", Timeline.Answer.class),
                Arguments.of("Timeline.points", Timeline.Point.class),
                Arguments.of("Decisions", Recent.Answer.class),
                Arguments.of("Decisions.decisions", Recent.Entry.class),
                Arguments.of("Guide", Guide.Answer.class),
                Arguments.of("Alerts", Alerts.Answer.class),
                Arguments.of("Alert", Alert.class),
                Arguments.of("Silences", Silences.Answer.class),
                Arguments.of("Silence", Silence.class),
                Arguments.of("Explain", Explain.Answer.class),
                Arguments.of("Explain.explanations", Explain.Explanation.class),
                Arguments.of("DiscordTest", DiscordTest.Answer.class),
                Arguments.of("DiscordTest.targets", DiscordTest.Target.class),
                Arguments.of("Deployed", Deployed.class),
                Arguments.of("Health", Health.class),
                Arguments.of("Health.components", Health.Component.class));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("schemas")
    void theDocumentNamesEveryFieldOfTheAnswer(String schema, Class<?> answer) {
        Set<String> fields = Arrays.stream(answer.getRecordComponents())
                .map(RecordComponent::getName)
                .collect(Collectors.toCollection(TreeSet::new));
        assertEquals(fields, new TreeSet<>(properties(schema)));
    }

    /** {@code Explain.explanations}: what an element of that list holds. */
    private static Set<String> properties(String schema) {
        String[] parts = schema.split("\\.");
        JsonObject properties = schemas.getJsonObject(parts[0]).getJsonObject("properties");
        return parts.length == 1
                ? properties.fieldNames()
                : properties
                        .getJsonObject(parts[1])
                        .getJsonObject("items")
                        .getJsonObject("properties")
                        .fieldNames();
    }
}
