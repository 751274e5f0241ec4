package quantum.p35.insight;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.params.provider.Arguments.arguments;
import static quantum.p35.api.State.BEHIND;
import static quantum.p35.api.State.BLOCKED;
import static quantum.p35.api.State.HOLDING;
import static quantum.p35.api.State.NOT_TRADING;
import static quantum.p35.api.State.NO_DATA;
import static quantum.p35.api.State.REDIS_DOWN;
import static quantum.p35.api.State.SILENT;
import static quantum.p35.api.State.TRADING;
import static quantum.p35.api.State.UNCLEAR;

import java.time.Duration;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import quantum.p35.api.Outcome;
import quantum.p35.api.State;
import quantum.p35.api.WindowName;

class VerdictTest {

    private static final String SNAPSHOT = "p33_permit_denied:no_exchange_snapshot";
    private static final String STALE = "p33_permit_denied:stale";
    private static final String HOLD = "p33_permit_denied:hold";

    private static Scene ordinary() {
        return new Scene().executed(40).skipped(40, "no_position").blocked(20, "cooldown");
    }

    private static Duration seconds(long seconds) {
        return Duration.ofSeconds(seconds);
    }

    static Stream<Arguments> rows() {
        return Stream.of(
                arguments("an ordinary mix trades", ordinary(), TRADING, null),
                arguments("redis down hides everything", ordinary().redisSilentFor(seconds(4)), REDIS_DOWN, null),
                arguments(
                        "redis down comes before behind",
                        ordinary().redisSilentFor(seconds(4)).oldestUncounted(seconds(90)),
                        REDIS_DOWN,
                        null),
                arguments("30 s uncounted is not behind", ordinary().oldestUncounted(seconds(30)), TRADING, null),
                arguments("31 s uncounted is behind", ordinary().oldestUncounted(seconds(31)), BEHIND, null),
                arguments("nothing ever counted", new Scene().neverCounted(), NO_DATA, null),
                arguments(
                        "never counted but entries wait is behind",
                        new Scene().neverCounted().oldestUncounted(seconds(31)),
                        BEHIND,
                        null),
                arguments("5 min without entries is not silent", ordinary().newestCounted(seconds(300)), TRADING, null),
                arguments("over 5 min without entries is silent", ordinary().newestCounted(seconds(301)), SILENT, null),
                arguments("only repeats", new Scene().skipped(491, "duplicate_plan"), HOLDING, null),
                arguments("entries about other times", new Scene(), UNCLEAR, null),
                arguments(
                        "20 % execute is trading", new Scene().executed(20).skipped(80, "no_position"), TRADING, null),
                arguments(
                        "under 20 % execute is not",
                        new Scene().executed(19).skipped(81, "no_position"), HOLDING, "no_position"),
                arguments(
                        "repeats do not dilute EXECUTE",
                        new Scene().executed(20).skipped(80, "no_position").skipped(900, "duplicate_plan"),
                        TRADING,
                        null),
                arguments(
                        "trading, but a gate holds 40 %",
                        new Scene().executed(60).blocked(40, SNAPSHOT), TRADING, SNAPSHOT),
                arguments(
                        "trading, and a gate holds under 40 %",
                        new Scene().executed(61).blocked(39, SNAPSHOT), TRADING, null),
                arguments(
                        "trading, and a benign gate holds over 40 %",
                        new Scene().executed(40).skipped(60, "no_position"), TRADING, null),
                arguments(
                        "trading, but a quality gate holds 40 %",
                        new Scene().executed(55).skipped(45, "unreported_gate"), TRADING, "unreported_gate"),
                arguments(
                        "half of what stopped is unreported: not unclear",
                        new Scene().skipped(50, "unreported_gate").blocked(50, "cooldown"),
                        BLOCKED,
                        "cooldown"),
                arguments(
                        "over half is unreported",
                        new Scene().skipped(51, "unreported_gate").blocked(49, "cooldown"),
                        UNCLEAR,
                        "unreported_gate"),
                arguments(
                        "over half is unlisted",
                        new Scene().skipped(60, "unlisted").blocked(40, "cooldown"),
                        UNCLEAR,
                        "unlisted"),
                arguments("no reasons at all", new Scene().executed(10).skipped(90, "none"), UNCLEAR, null),
                arguments(
                        "the reasons of executed decisions are not missed",
                        new Scene().executed(19).skipped(30, "none").blocked(51, "cooldown"),
                        BLOCKED,
                        "cooldown"),
                arguments(
                        "unknown verdicts with reasons",
                        new Scene().decisions(60, Outcome.UNKNOWN, "cooldown").blocked(40, "cooldown"),
                        UNCLEAR,
                        null),
                arguments(
                        "unknown verdicts without reasons count once",
                        new Scene().decisions(30, Outcome.UNKNOWN, "none").blocked(70, "cooldown"),
                        BLOCKED,
                        "cooldown"),
                arguments(
                        "a gate at 20 % blocks whatever benign gate leads",
                        new Scene().blocked(20, SNAPSHOT).skipped(80, "no_position"), BLOCKED, SNAPSHOT),
                arguments(
                        "a gate under 20 % does not",
                        new Scene().blocked(19, SNAPSHOT).skipped(81, "no_position"), HOLDING, "no_position"),
                arguments(
                        "an error blocks too",
                        new Scene()
                                .decisions(30, Outcome.ERROR, "binance_error")
                                .skipped(70, "no_position"),
                        BLOCKED,
                        "binance_error"),
                arguments(
                        "only the family reaches 20 %",
                        new Scene().blocked(10, SNAPSHOT).blocked(10, STALE).skipped(80, "no_position"),
                        BLOCKED,
                        "p33_permit_denied:*"),
                arguments(
                        "a gate of the family reaches 20 %",
                        new Scene().blocked(20, SNAPSHOT).blocked(19, STALE).skipped(61, "no_position"),
                        BLOCKED,
                        SNAPSHOT),
                arguments(
                        "a larger family beats a smaller gate",
                        new Scene()
                                .blocked(18, SNAPSHOT)
                                .blocked(18, STALE)
                                .blocked(14, HOLD)
                                .blocked(25, "cooldown")
                                .skipped(25, "no_position"),
                        BLOCKED,
                        "p33_permit_denied:*"),
                arguments(
                        "an uncatalogued gate blocks",
                        new Scene().blocked(30, "brand_new_gate").skipped(70, "no_position"),
                        BLOCKED,
                        "brand_new_gate"),
                arguments(
                        "benign gates together hold over half",
                        new Scene()
                                .skipped(30, "no_position")
                                .skipped(25, "dry_run")
                                .blocked(15, "cooldown")
                                .blocked(15, "leverage_ratio_exceeded")
                                .blocked(15, SNAPSHOT),
                        HOLDING,
                        "no_position"),
                arguments(
                        "a mixture",
                        new Scene()
                                .skipped(30, "no_position")
                                .skipped(16, "unlisted")
                                .blocked(18, "cooldown")
                                .blocked(18, "leverage_ratio_exceeded")
                                .blocked(18, SNAPSHOT),
                        NOT_TRADING,
                        null));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("rows")
    void judges(String name, Scene scene, State state, String cause) {
        Verdict verdict = scene.verdict();
        assertEquals(state, verdict.state());
        assertEquals(cause, verdict.cause() == null ? null : verdict.cause().code());
    }

    static Stream<Arguments> windows() {
        return Stream.of(
                arguments("20 decisions are enough", 20, 0, WindowName.FIVE_MINUTES),
                arguments("19 are not", 19, 0, WindowName.FIFTEEN_MINUTES),
                arguments("repeats do not fill a window", 19, 100, WindowName.FIFTEEN_MINUTES));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("windows")
    void widensTheWindow(String name, int decisions, int repeats, WindowName judged) {
        Verdict verdict = new Scene()
                .blocked(decisions, "cooldown")
                .skipped(repeats, "duplicate_plan")
                .decisions(WindowName.FIFTEEN_MINUTES, 50, Outcome.SKIP, "no_position")
                .verdict();
        assertEquals(judged, verdict.base().window());
        assertEquals(decisions, verdict.askedSize());
    }

    @Test
    void takesTheHourWhenEvenThatHoldsFew() {
        Verdict verdict = new Scene().blocked(3, "cooldown").verdict();
        assertEquals(WindowName.ONE_HOUR, verdict.base().window());
        assertEquals(BLOCKED, verdict.state());
    }
}
