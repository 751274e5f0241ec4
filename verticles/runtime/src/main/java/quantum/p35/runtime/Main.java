package quantum.p35.runtime;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import quantum.p35.api.Version;

/**
 * Where the process begins. Exit status: 0 after an orderly end, 2 when the service cannot start as it was told, or could not
 * if it were to.
 */
public final class Main {

    private static final int CANNOT_START = 2;
    private static final int FAULT = 1;
    private static final String LOGGING = "logback.configurationFile";

    private Main() {}

    public static void main(String[] args) {
        Home home = Home.find();
        configureLogging(home);
        try {
            run(CommandLine.parse(List.of(args)), home);
        } catch (StartProblem e) {
            System.err.println("p35 cannot start: " + e.getMessage());
            System.exit(CANNOT_START);
        } catch (RuntimeException | LinkageError e) {
            // a jar that is missing, too; or the threads of Vert.x would keep a process alive that does nothing
            e.printStackTrace();
            System.exit(FAULT);
        }
    }

    private static void run(CommandLine line, Home home) throws StartProblem {
        Environment environment = Environment.ofProcess();
        switch (line.command()) {
            case HELP -> System.out.print(CommandLine.HELP);
            case VERSION -> System.out.println("p35 " + Version.current());
            case RUN -> Launch.run(line, environment, home);
            case DEMO -> Demo.run(line, environment, home);
            case CHECK -> System.out.println(Launch.check(line, environment, home));
        }
    }

    /** Before the first logger is made, which is why there is none in this class. Without the file, the jar's counts. */
    private static void configureLogging(Home home) {
        Path file = home.resolve("conf/logback.xml");
        if (System.getProperty(LOGGING) == null && Files.isReadable(file)) {
            System.setProperty(LOGGING, file.toUri().toString());
        }
    }
}
