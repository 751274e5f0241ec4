package quantum.p35.runtime;

import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;

/**
 * What was asked for on the command line.
 *
 * @param options flag → value: {@code --port} → {@code 8035}, blank for one that takes none; no flag that was not given
 */
record CommandLine(Command command, Map<String, String> options) {

    static final String CONFIG = "--config";
    static final String PORT = "--port";
    static final String REDIS = "--redis";
    static final String CLUSTER = "--cluster";

    static final String HELP = """
            P3.5 Decision Intelligence: why are we not trading?

            Usage: p35 [run|demo|check] [options]
              run             the service (default): reads the stream of the Redis that is configured
              demo            a Redis of its own, a simulated trading system and the service, to look at
              check           says whether a start would take the configuration, and starts nothing
            Options:
              --config FILE   configuration (default: conf/p35.yaml, or $P35_CONFIG)
              --port N        where the dashboard listens (default: 8035, or $P35_HTTP_PORT)
              --redis URL     redis://[[user]:password@]host[:port][/database] (better: $P35_REDIS_URL, which
                              other users of this machine cannot see)
              --cluster       as a node of a cluster of processes: the section cluster of the configuration
              --help, --version
            """;

    enum Command {
        RUN,
        DEMO,
        CHECK,
        HELP,
        VERSION
    }

    /** @throws StartProblem when it says something that we do not understand */
    static CommandLine parse(List<String> args) throws StartProblem {
        Command command = null;
        Map<String, String> options = new HashMap<>();
        for (Iterator<String> rest = args.iterator(); rest.hasNext(); ) {
            String arg = rest.next();
            if (arg.startsWith("--") && !arg.equals("--help") && !arg.equals("--version")) {
                readOption(arg, rest, options);
            } else if (command != null) {
                throw new StartProblem("'" + arg + "' is one word too many: give one command. See --help");
            } else {
                command = command(arg);
            }
        }
        CommandLine line = new CommandLine(command == null ? Command.RUN : command, Map.copyOf(options));
        if (line.command == Command.DEMO && (options.containsKey(REDIS) || options.containsKey(CONFIG))) {
            throw new StartProblem("demo brings a Redis and a configuration of its own: leave out " + REDIS + " and "
                    + CONFIG + ", or use run");
        }
        if (line.command == Command.DEMO && options.containsKey(CLUSTER)) {
            throw new StartProblem("demo is one process: leave out " + CLUSTER + ", or use run");
        }
        return line;
    }

    private static Command command(String word) throws StartProblem {
        return switch (word) {
            case "run" -> Command.RUN;
            case "demo" -> Command.DEMO;
            case "check" -> Command.CHECK;
            case "--help", "-h", "help" -> Command.HELP;
            case "--version" -> Command.VERSION;
            default -> throw new StartProblem("'" + word + "' is no command: give run, demo or check. See --help");
        };
    }

    private static void readOption(String arg, Iterator<String> rest, Map<String, String> options) throws StartProblem {
        int equals = arg.indexOf('=');
        String flag = equals < 0 ? arg : arg.substring(0, equals);
        if (arg.equals(CLUSTER)) {
            options.put(CLUSTER, "");
            return;
        }
        if (!List.of(CONFIG, PORT, REDIS).contains(flag)) {
            throw new StartProblem("'" + flag + "' is no option. See --help");
        }
        if (equals < 0 && !rest.hasNext()) {
            throw new StartProblem(flag + " needs a value. See --help");
        }
        options.put(flag, equals < 0 ? rest.next() : arg.substring(equals + 1));
    }
}
