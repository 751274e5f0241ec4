package quantum.p35.embedded;

import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/** Which redis-server to start. */
public enum Binary {
    PATH_OR_JAR {
        @Override
        Path locate(Path folder) throws IOException {
            Optional<Path> installed = onPath("redis-server");
            return installed.isPresent() ? installed.get() : JAR.locate(folder);
        }
    },
    /** The 6.2 that the embedded-redis jar carries. */
    JAR {
        @Override
        Path locate(Path folder) throws IOException {
            String file = fileInJar(System.getProperty("os.name"), System.getProperty("os.arch"));
            try (InputStream content = Binary.class.getResourceAsStream("/" + file)) {
                if (content == null) {
                    throw new IOException("the embedded-redis jar holds no " + file
                            + ": install redis-server (apt-get install redis-server) so that it is on the PATH");
                }
                Path binary = folder.resolve("redis-server");
                Files.copy(content, binary);
                if (!binary.toFile().setExecutable(true)) {
                    throw new IOException("cannot make " + binary + " executable");
                }
                return binary;
            }
        }
    },
    PATH {
        @Override
        Path locate(Path folder) throws IOException {
            return onPath("redis-server")
                    .orElseThrow(() -> new IOException("there is no redis-server on the PATH (" + System.getenv("PATH")
                            + "): install it (apt-get install redis-server)"));
        }
    };

    /** @param folder where a binary from the jar is put; it is the server's own */
    abstract Path locate(Path folder) throws IOException;

    static Optional<Path> onPath(String program) {
        return Arrays.stream(System.getenv().getOrDefault("PATH", "").split(File.pathSeparator))
                .filter(folder -> !folder.isEmpty())
                .map(folder -> Path.of(folder, program))
                .filter(Files::isExecutable)
                .findFirst();
    }

    static String fileInJar(String os, String arch) throws IOException {
        boolean arm = arch.equals("aarch64") || arch.equals("arm64");
        boolean intel = arch.equals("amd64") || arch.equals("x86_64");
        String system = os.toLowerCase(Locale.ROOT);
        if (system.contains("linux") && (arm || intel)) {
            return arm ? "redis-server-6.2.7-linux-arm64" : "redis-server-6.2.6-v5-linux-amd64";
        }
        if (system.contains("mac") && (arm || intel)) {
            return "redis-server-6.2.6-v5-darwin-" + (arm ? "arm64" : "amd64");
        }
        throw new IOException("the embedded-redis jar holds no redis-server for " + os + " on " + arch
                + ": install redis-server so that it is on the PATH");
    }
}
