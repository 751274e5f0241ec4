package quantum.p35.embedded;

import java.io.IOException;
import java.io.OutputStream;
import java.lang.ProcessBuilder.Redirect;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;

/**
 * Cleans up after us, however we end. A shell reads a pipe from this JVM; when the pipe closes, it kills the last process
 * that it was told of and deletes the folder.
 *
 * <p>Not a shutdown hook: a hook does not run at SIGKILL, and it would run beside the hook that stops the service, which
 * still needs its Redis.
 */
final class Watchdog implements AutoCloseable {

    private static final String SCRIPT = "trap '' INT TERM HUP; pid=; while read -r line; do pid=$line; done; "
            + "if [ -n \"$pid\" ]; then kill -KILL \"$pid\"; fi; rm -rf -- \"$1\"";

    private final Process shell;
    private final OutputStream pipe;

    Watchdog(Path folder) throws IOException {
        shell = new ProcessBuilder(
                        ServerProcess.inOwnSession("/bin/sh", "-c", SCRIPT, "p35-redis-watchdog", folder.toString()))
                .redirectOutput(Redirect.DISCARD)
                .redirectError(Redirect.DISCARD)
                .start();
        pipe = shell.getOutputStream();
    }

    void guard(long pid) throws IOException {
        tell(Long.toString(pid));
    }

    /** The process is gone: its pid may be somebody else's next. */
    void release() throws IOException {
        tell("");
    }

    private void tell(String line) throws IOException {
        pipe.write((line + "\n").getBytes(StandardCharsets.US_ASCII));
        pipe.flush();
    }

    /** Kills what is guarded and deletes the folder; returns when that is done. */
    @Override
    public void close() throws IOException {
        pipe.close();
        shell.onExit().join();
    }
}
