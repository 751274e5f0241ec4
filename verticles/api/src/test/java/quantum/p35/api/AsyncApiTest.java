package quantum.p35.api;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import java.io.IOException;
import java.lang.reflect.Field;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HashSet;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** {@code docs/asyncapi.yaml} and {@code docs/event-bus.md} say what the code says: no address more or less, no field. */
class AsyncApiTest {

    private static final Path ROOT = Path.of(System.getProperty("p35.root"));

    private static BusDocument code;
    private static JsonNode document;
    private static String page;

    @BeforeAll
    static void read() throws IOException {
        code = new BusDocument(
                Files.readString(ROOT.resolve("verticles/api/src/main/java/quantum/p35/api/Addresses.java")));
        document = new YAMLMapper().readTree(ROOT.resolve("docs/asyncapi.yaml").toFile());
        page = Files.readString(ROOT.resolve("docs/event-bus.md"));
    }

    @Test
    void everyAddressSaysOfWhichKindItIs() throws IllegalAccessException {
        Set<String> constants = new TreeSet<>();
        for (Field constant : Addresses.class.getFields()) {
            constants.add((String) constant.get(null));
        }
        assertEquals(constants, new TreeSet<>(code.addresses()));
    }

    @Test
    void everyRecordOfTheBusIsAMessageOfAnAddress() {
        Set<String> messages = new HashSet<>();
        code.tree().at("/components/messages").fieldNames().forEachRemaining(messages::add);
        messages.removeAll(Set.of(BusSchemas.NOTHING, BusSchemas.TEXT));

        assertEquals(BusMessages.TYPES.stream().map(BusSchemas::name).collect(Collectors.toSet()), messages);
    }

    @ParameterizedTest
    @ValueSource(strings = {"/channels", "/operations", "/components/messages", "/components/schemas"})
    void theDocumentHoldsWhatTheCodeHolds(String part) {
        JsonNode expected = code.tree().at(part);
        JsonNode written = bare(document.at(part).deepCopy());

        assertEquals(names(expected), names(written));
        for (String name : names(expected)) {
            assertEquals(expected.get(name), written.get(name), name);
        }
    }

    @Test
    void itIsOfThisVersion() {
        assertEquals("3.0.0", document.path("asyncapi").textValue());
        assertEquals(Version.current(), document.at("/info/version").textValue());
    }

    @Test
    void thePageNamesEveryAddressAndEveryFailure() {
        code.addresses().forEach(address -> assertTrue(page.contains("`" + address + "`"), address));
        Arrays.stream(Failure.values())
                .forEach(failure ->
                        assertTrue(page.contains("| `" + failure + "` | " + failure.code() + " |"), failure::name));
    }

    private static Set<String> names(JsonNode node) {
        Set<String> names = new TreeSet<>();
        node.fieldNames().forEachRemaining(names::add);
        return names;
    }

    /** Without descriptions; a field may be called so too, and then holds an object. */
    private static JsonNode bare(JsonNode node) {
        if (node instanceof ObjectNode object && object.path("description").isTextual()) {
            object.remove("description");
        }
        node.forEach(AsyncApiTest::bare);
        return node;
    }
}
