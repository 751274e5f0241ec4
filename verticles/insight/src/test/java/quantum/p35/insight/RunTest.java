package quantum.p35.insight;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import java.time.Instant;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class RunTest {

    private static final Instant NEWEST = Instant.parse("2026-02-01T14:05:00Z");

    /** One character a minute, newest first: H holds 20 %, b just misses it, . is without decisions. */
    static Stream<Arguments> runs() {
        return Stream.of(
                arguments("", null, false),
                arguments("....", null, false),
                arguments("bbbb", null, false),
                arguments("HHH", "14:03", false),
                arguments("HHHbHH", "14:03", true),
                arguments("bbHHbH", "14:02", true),
                arguments("..HH", "14:02", false),
                arguments("H..H....Hb", "13:57", true),
                arguments("H....", "14:05", false),
                arguments("H....b", "14:05", true));
    }

    @ParameterizedTest(name = "''{0}'' begins {1}")
    @MethodSource("runs")
    void findsTheBeginOfTheNewestRun(String minutes, String begin, boolean broken) {
        Run run = new Run();
        for (int i = 0; i < minutes.length(); i++) {
            Instant minute = NEWEST.minusSeconds(60L * i);
            switch (minutes.charAt(i)) {
                case 'H' -> run.back(minute, 100, 20);
                case 'b' -> run.back(minute, 101, 20);
                default -> run.back(minute, 0, 0);
            }
        }
        assertEquals(begin == null ? null : Instant.parse("2026-02-01T" + begin + ":00Z"), run.begin());
        assertEquals(broken, run.broken());
    }
}
