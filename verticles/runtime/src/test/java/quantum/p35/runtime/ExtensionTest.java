package quantum.p35.runtime;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.vertx.core.Vertx;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The section {@code extensions}, and what is said of a class that cannot be used. */
class ExtensionTest {

    private static final Environment NONE = new Environment(Map.of());
    private static final String CLASSES = """
            package other;
            import io.vertx.core.VerticleBase;
            public class Classes {
              public static class Text {}
              static class Hidden extends VerticleBase {}
              public abstract static class Half extends VerticleBase {}
              public static class Wants extends VerticleBase { public Wants(String any) {} }
              public static class Fails extends VerticleBase { public Fails() { throw new IllegalStateException("no key"); } }
              public static class Broken extends VerticleBase { static final int A = 1 / Integer.parseInt("0"); }
            }
            """;

    @TempDir
    private static Path shared;

    private static Path jar;
    private static Vertx vertx;

    @TempDir
    private Path folder;

    @BeforeAll
    static void build() throws IOException {
        vertx = Vertx.vertx();
        jar = shared.resolve("other.jar");
        BuiltJar.write(
                jar,
                Map.of(
                        "other.Classes",
                        CLASSES,
                        "quantum.p35.runtime.Main",
                        "package quantum.p35.runtime; public class Main extends io.vertx.core.VerticleBase {}"));
    }

    @AfterAll
    static void stop() {
        vertx.close().await();
    }

    @Test
    void anItemIsReadWithItsDefaultsAndAJarBesideTheConfigurationsHome() throws Exception {
        assertEquals(
                List.of(
                        new Extension("advice", "other.Advice", 1, Map.of(), null),
                        new Extension(
                                "echo-2",
                                "other.Echo",
                                3,
                                Map.of("a", Map.of("b", List.of(1))),
                                folder.resolve("lib/echo.jar").toString())),
                read("""
                        extensions:
                          - {name: advice, class: other.Advice}
                          - {name: echo-2, class: other.Echo, instances: 3, config: {a: {b: [1]}}, jar: lib/echo.jar}
                        """));
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource(delimiter = '|', textBlock = """
            3                                     | extensions is 3: it must be a list; [] for none
            [3]                                   | extension 1 of the list is 3: it must be a group of keys (name, class, instances, config, jar)
            [{class: A}]                          | an extension is named 'null': give it a 'name' of 1 to 32 lower-case letters, digits and -, a letter first
            [{name: My One, class: A}]            | an extension is named 'My One': give it a 'name' of 1 to 32 lower-case letters, digits and -, a letter first
            [{name: a}]                           | extension 'a' has no class: name its verticle under 'class', with its package
            [{name: a, class: A, instances: 17}]  | extension 'a': instances is 17: it must be 0 to 16
            [{name: a, class: A, instances: two}] | extension 'a': instances is 'two': it must be a whole number
            [{name: a, class: A, config: 3}]      | extension 'a': config is 3: it must be a group of keys
            [{name: a, class: A, klass: B}]       | extension 'a': klass is not known: the keys here are name, class, instances, config, jar
            [{name: insight, class: A}]           | extension 'insight': a part of the service has this name: take another
            [{name: simulator, class: A}]         | extension 'simulator': a part of the service has this name: take another
            [{name: a, class: A}, {name: a, class: B}] | extension 'a' stands twice: give each a name of its own
            """)
    void whatIsWrongInTheSectionIsSaid(String section, String complaint) {
        StartProblem problem = assertThrows(StartProblem.class, () -> read("extensions: " + section + "\n"));

        assertEquals(complaint, problem.getMessage());
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource(delimiter = '|', textBlock = """
            other.Missing         | there is no such class in the jar: mend 'class', with its package, or build the jar again
            other.Classes$Text    | the class is no verticle: let it extend io.vertx.core.VerticleBase
            other.Classes$Hidden  | the class cannot be instantiated: make it public and not abstract
            other.Classes$Half    | the class cannot be instantiated: make it public and not abstract
            other.Classes$Wants   | the class has no constructor that fits: give it a public one that takes an io.vertx.core.json.JsonObject, its configuration, or nothing
            other.Classes$Fails   | its constructor failed: java.lang.IllegalStateException: no key. Mend what it says, most likely under 'config'
            other.Classes$Broken  | its code cannot be used: java.lang.ArithmeticException: / by zero. Build it for Java 21 against this version's p35-api, with what else it needs in the same jar
            quantum.p35.runtime.Main | the service has a class of this name itself, so that the jar's would never run: rename yours, or delete 'jar'
            """)
    void aClassThatCannotBeUsedIsNamedWithItsJarAndWhatToDo(String type, String complaint) {
        assertEquals(
                "extension 'a' (class " + type + ", jar " + jar + "): " + complaint, refused(type, jar.toString()));
    }

    @Test
    void aJarThatCannotBeReadIsNamed() throws Exception {
        Path torn = Files.writeString(folder.resolve("torn.jar"), "PK half of it");

        assertEquals(
                "extension 'a' (class other.A, jar /nowhere/a.jar): the jar cannot be read: there is no such file. Put a"
                        + " whole one there that this user may read, or mend 'jar'",
                refused("other.A", "/nowhere/a.jar"));
        assertEquals(true, refused("other.A", torn.toString()).contains("the jar cannot be read: java.util.zip.Zip"));
    }

    @Test
    void withoutAJarTheClassIsAmongOurOwn() {
        assertEquals(
                "extension 'a' (class other.A): there is no such class among the service's own: mend 'class', or name its"
                        + " jar under 'jar'",
                refused("other.A", null));
    }

    private static String refused(String type, String from) {
        Extension extension = new Extension("a", type, 1, Map.of(), from);
        return assertThrows(StartProblem.class, () -> ExtensionCode.open(extension))
                .getMessage();
    }

    private List<Extension> read(String text) throws Exception {
        Path file = Files.writeString(folder.resolve("p35.yaml"), text);
        return Configuration.read(vertx, new ConfigLayers(file, NONE, Map.of()), NONE, new Home(folder))
                .modules()
                .extensions();
    }
}
