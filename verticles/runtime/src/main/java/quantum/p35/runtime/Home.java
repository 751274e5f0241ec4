package quantum.p35.runtime;

import java.io.IOException;
import java.nio.file.Path;

/** The folder that {@code conf/} and {@code webroot/} lie in, wherever the service was started from. */
record Home(Path folder) {

    /** What {@code ./p35} says ({@code -Dp35.home}), else the working directory. */
    static Home find() {
        return new Home(
                Path.of(System.getProperty("p35.home", "")).toAbsolutePath().normalize());
    }

    Path resolve(String path) {
        return folder.resolve(path).normalize();
    }

    /** The file as a person should look for it: links followed, when it is there. Reads the disk. */
    static String shown(Path file) {
        try {
            return file.toRealPath().toString();
        } catch (IOException e) {
            return file.toString();
        }
    }
}
