package quantum.p35.runtime;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.lang.reflect.Method;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import quantum.p35.api.Keys;
import quantum.p35.api.WindowName;

/** What people read: it leads where it says, and names what there is. */
class DocumentsTest {

    private static final Path ROOT = Path.of(System.getProperty("p35.root"));

    private static final Pattern LINK =
            Pattern.compile("]\\(([^)\\s]+)\\)|(?:src|srcset|href)=\"([^\"]+)\"", Pattern.CASE_INSENSITIVE);
    private static final Pattern PATH = Pattern.compile("`((?:conf|deploy|docs|verticles|webroot)/[\\w./-]*[\\w/-])`");
    private static final Pattern KEY = Pattern.compile("`(quantum:p35:[^`]+)`");

    private static List<Path> documents() throws IOException {
        try (Stream<Path> root = Files.list(ROOT);
                Stream<Path> docs = Files.walk(ROOT.resolve("docs"))) {
            return Stream.concat(root, docs)
                    .filter(file -> file.toString().endsWith(".md"))
                    .sorted()
                    .toList();
        }
    }

    @Test
    void everyRelativeLinkLeadsSomewhere() throws IOException {
        List<String> astray = new ArrayList<>();
        int followed = 0;
        for (Path document : documents()) {
            for (String link : links(document)) {
                followed++;
                String[] parts = link.split("#", 2);
                Path target = parts[0].isEmpty()
                        ? document
                        : document.resolveSibling(parts[0]).normalize();
                if (!Files.exists(target)) {
                    astray.add(ROOT.relativize(document) + ": " + link + " leads to no file");
                } else if (parts.length == 2
                        && !Markdown.anchors(Files.readString(target)).contains(parts[1])) {
                    astray.add(ROOT.relativize(document) + ": " + link + " leads to no headline");
                }
            }
        }
        assertEquals(List.of(), astray);
        assertTrue(followed > 30, "followed only " + followed);
    }

    private static List<String> links(Path document) throws IOException {
        return LINK.matcher(Markdown.withoutFences(Files.readString(document)))
                .results()
                .map(link -> link.group(1) == null ? link.group(2) : link.group(1))
                .filter(link -> !link.matches("[a-z]+:.*"))
                .toList();
    }

    /** The changelog is about other times. */
    @Test
    void everyFileThatIsNamedIsThere() throws IOException {
        List<String> missing = new ArrayList<>();
        for (Path document : documents()) {
            if (!document.endsWith("CHANGELOG.md")) {
                PATH.matcher(Files.readString(document))
                        .results()
                        .map(path -> path.group(1))
                        .filter(path -> !path.contains("/target/") && !Files.exists(ROOT.resolve(path)))
                        .forEach(path -> missing.add(ROOT.relativize(document) + ": " + path));
            }
        }
        assertEquals(List.of(), missing);
    }

    @Test
    void theRedisContractNamesEveryKey() throws Exception {
        Set<String> documented = KEY.matcher(Files.readString(ROOT.resolve("docs/redis-contract.md")))
                .results()
                .map(key -> key.group(1)
                        .replaceAll("<YYYYMMDDHH(MM)?>", "<time>")
                        .replace("<w>", "1m")
                        .replaceAll("(:lease:).*", "$1<name>")
                        .replaceAll("<(gate|target)>", "<name>"))
                .collect(Collectors.toSet());
        Set<String> missing = new TreeSet<>();
        for (Method key : Keys.class.getDeclaredMethods()) {
            if (key.getReturnType() == String.class
                    && !Set.of("stream", "group", "prefix", "toString").contains(key.getName())) {
                missing.add(((String) key.invoke(Keys.DEFAULT, samples(key)))
                        .replaceAll(":197001010000|:1970010100", ":<time>"));
            }
        }
        assertTrue(missing.size() > 10, missing::toString);
        missing.removeAll(documented);
        assertEquals(Set.of(), missing);
    }

    private static Object[] samples(Method key) {
        return Arrays.stream(key.getParameterTypes())
                .map(type -> type == Instant.class
                        ? Instant.EPOCH
                        : type == WindowName.class ? WindowName.ONE_MINUTE : "<name>")
                .toArray();
    }
}
