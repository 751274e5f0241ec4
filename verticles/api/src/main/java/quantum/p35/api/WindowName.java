package quantum.p35.api;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Arrays;
import java.util.stream.Collectors;

/** The rolling windows. */
public enum WindowName {
    ONE_MINUTE("1m", 1, "minute"),
    FIVE_MINUTES("5m", 5, "5 minutes"),
    FIFTEEN_MINUTES("15m", 15, "15 minutes"),
    ONE_HOUR("1h", 60, "hour");

    private final String code;
    private final int minutes;
    private final String words;

    WindowName(String code, int minutes, String words) {
        this.code = code;
        this.minutes = minutes;
        this.words = words;
    }

    @JsonValue
    public String code() {
        return code;
    }

    /** In a sentence: "the last 5 minutes". */
    public String words() {
        return words;
    }

    public Duration length() {
        return Duration.ofMinutes(minutes);
    }

    /** The first minute of this window at {@code now}: the first that begins after now − length − 60 s. */
    public Instant from(Instant now) {
        return now.truncatedTo(ChronoUnit.MINUTES).minus(length());
    }

    /**
     * @throws IllegalArgumentException naming the windows there are
     */
    @JsonCreator
    public static WindowName of(String code) {
        return Arrays.stream(values())
                .filter(window -> window.code.equals(code))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("window '" + code + "' is not one of "
                        + Arrays.stream(values()).map(WindowName::code).collect(Collectors.joining(", "))));
    }
}
