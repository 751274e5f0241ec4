package quantum.p35.runtime;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/** {@link Main} in a Java machine of its own, as a person starts it. */
final class ChildProcess implements AutoCloseable {

    private static final Path ENV = Path.of("/usr/bin/env");
    private static final Duration PATIENCE = Duration.ofSeconds(30);

    private final Process process;
    private final Path out;
    private final Path err;

    private ChildProcess(Process process, Path out, Path err) {
        this.process = process;
        this.out = out;
        this.err = err;
    }

    /**
     * @param folder for its output and its temporary files
     * @param environment beside what we have, without any {@code P35_} of our own
     */
    static ChildProcess start(Path folder, Home home, Map<String, String> environment, String... args)
            throws IOException {
        List<String> command = new ArrayList<>();
        if (System.getProperty("os.name").equals("Linux")) {
            // a build in the background of a shell ignores SIGINT, and so would everything that it starts
            command.addAll(List.of(ENV.toString(), "--default-signal=INT"));
        }
        command.addAll(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:+UseSerialGC",
                "-XX:TieredStopAtLevel=1",
                "-Xmx128m",
                "-Djava.io.tmpdir=" + folder,
                "-Dp35.home=" + home.folder(),
                "-cp",
                System.getProperty("java.class.path"),
                Main.class.getName()));
        command.addAll(List.of(args));
        Path out = folder.resolve("out");
        Path err = folder.resolve("err");
        ProcessBuilder builder = new ProcessBuilder(command)
                .directory(folder.toFile())
                .redirectOutput(out.toFile())
                .redirectError(err.toFile());
        builder.environment().keySet().removeIf(name -> name.startsWith("P35_") || name.endsWith("JAVA_OPTIONS"));
        builder.environment().putAll(environment);
        return new ChildProcess(builder.start(), out, err);
    }

    ProcessHandle handle() {
        return process.toHandle();
    }

    boolean running() {
        return process.isAlive();
    }

    String out() throws IOException {
        return Files.readString(out);
    }

    String err() throws IOException {
        return Files.readString(err);
    }

    /** The same as {@link #err}, for a message. */
    String logged() {
        try {
            return err();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    void interrupt() throws IOException, InterruptedException {
        new ProcessBuilder("kill", "-INT", Long.toString(process.pid())).start().waitFor();
    }

    void terminate() {
        process.destroy();
    }

    /** SIGKILL; returns when it is gone. */
    void kill() {
        process.destroyForcibly();
        process.onExit().join();
    }

    /** @param name {@code STOP} or {@code CONT} */
    void signal(String name) throws IOException, InterruptedException {
        new ProcessBuilder("kill", "-" + name, Long.toString(process.pid()))
                .start()
                .waitFor();
    }

    /** Its exit status. */
    int await() throws InterruptedException, IOException {
        if (!process.waitFor(PATIENCE.toSeconds(), TimeUnit.SECONDS)) {
            throw new AssertionError("still running after " + PATIENCE.toSeconds() + " s:\n" + out() + err());
        }
        return process.exitValue();
    }

    /** Whatever it was about to write is written: into Redis, and into its folder, which can be deleted then. */
    @Override
    public void close() {
        kill();
    }
}
