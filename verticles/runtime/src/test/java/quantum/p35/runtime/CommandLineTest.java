package quantum.p35.runtime;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import quantum.p35.runtime.CommandLine.Command;

class CommandLineTest {

    @Test
    void nothingMeansRun() throws StartProblem {
        assertEquals(new CommandLine(Command.RUN, Map.of()), CommandLine.parse(List.of()));
    }

    @Test
    void anOptionTakesTheNextWordOrWhatFollowsItsEqualsSign() throws StartProblem {
        assertEquals(
                new CommandLine(Command.RUN, Map.of("--port", "1", "--redis", "redis://h:1/0?a=b", "--config", "a b")),
                CommandLine.parse(List.of("--port=1", "run", "--redis=redis://h:1/0?a=b", "--config", "a b")));
    }

    @Test
    void theFlagOfAClusterTakesNoValue() throws StartProblem {
        assertEquals(
                new CommandLine(Command.RUN, Map.of("--cluster", "", "--port", "1")),
                CommandLine.parse(List.of("run", "--cluster", "--port", "1")));
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource({"run, RUN", "demo, DEMO", "check, CHECK", "--help, HELP", "-h, HELP", "help, HELP", "--version, VERSION"
    })
    void everyCommandIsUnderstood(String word, Command command) throws StartProblem {
        assertEquals(command, CommandLine.parse(List.of(word)).command());
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource(
            delimiter = '|',
            value = {
                "dance | 'dance' is no command: give run, demo or check. See --help",
                "run demo | 'demo' is one word too many: give one command. See --help",
                "--prot 1 | '--prot' is no option. See --help",
                "--port | --port needs a value. See --help",
                "demo --cluster | demo is one process: leave out --cluster, or use run",
                "demo --redis redis://h | demo brings a Redis and a configuration of its own: "
                        + "leave out --redis and --config, or use run",
            })
    void whatIsNotUnderstoodIsNamed(String words, String complaint) {
        StartProblem problem = assertThrows(StartProblem.class, () -> CommandLine.parse(List.of(words.split(" "))));
        assertEquals(complaint, problem.getMessage());
    }
}
