package quantum.p35.runtime;

import java.io.IOException;
import java.io.OutputStream;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.jar.JarEntry;
import java.util.jar.JarOutputStream;
import java.util.stream.Stream;
import javax.tools.JavaCompiler;
import javax.tools.SimpleJavaFileObject;
import javax.tools.ToolProvider;

/** A jar as somebody else would build it: these sources, against what the service brings. */
final class BuiltJar {

    private static final String CLASS_PATH =
            System.getProperty("surefire.test.class.path", System.getProperty("java.class.path"));

    private BuiltJar() {}

    /**
     * Written over what is there, in place.
     *
     * @param sources class, with its package → text
     */
    static void write(Path jar, Map<String, String> sources) throws IOException {
        Path classes = Files.createTempDirectory(jar.getParent(), "classes");
        StringWriter complaints = new StringWriter();
        JavaCompiler compiler = ToolProvider.getSystemJavaCompiler();
        boolean compiled = compiler.getTask(
                        complaints,
                        null,
                        null,
                        List.of("-d", classes.toString(), "-cp", CLASS_PATH, "-proc:none", "--release", "21"),
                        null,
                        sources.entrySet().stream()
                                .map(source -> file(source.getKey(), source.getValue()))
                                .toList())
                .call();
        if (!compiled) {
            throw new AssertionError(complaints.toString());
        }
        try (OutputStream file = Files.newOutputStream(jar);
                JarOutputStream out = new JarOutputStream(file);
                Stream<Path> files = Files.walk(classes)) {
            for (Path path : files.filter(Files::isRegularFile).toList()) {
                out.putNextEntry(new JarEntry(classes.relativize(path).toString()));
                Files.copy(path, out);
            }
        }
    }

    private static SimpleJavaFileObject file(String type, String text) {
        return new SimpleJavaFileObject(
                Path.of("/" + type.replace('.', '/') + ".java").toUri(), SimpleJavaFileObject.Kind.SOURCE) {
            @Override
            public CharSequence getCharContent(boolean ignoreEncodingErrors) {
                return text;
            }
        };
    }
}
