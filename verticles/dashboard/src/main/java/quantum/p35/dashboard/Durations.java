package quantum.p35.dashboard;

import java.time.Duration;

/** Durations as people write them: {@code 5m}, {@code 48h}, {@code 2d}. */
final class Durations {

    private Durations() {}

    /** @param text digits and one of m, h, d: the OpenAPI document sees to that */
    static Duration parse(String text) {
        long count = Long.parseLong(text.substring(0, text.length() - 1));
        return switch (text.charAt(text.length() - 1)) {
            case 'm' -> Duration.ofMinutes(count);
            case 'h' -> Duration.ofHours(count);
            case 'd' -> Duration.ofDays(count);
            default -> throw HttpError.badRequest("'" + text + "' is no duration: give digits and m, h or d, as 90m");
        };
    }

    /** Whole hours in hours, else whole minutes in minutes, else seconds. */
    static String print(Duration duration) {
        long seconds = duration.toSeconds();
        if (seconds == 0 || seconds % 60 != 0) {
            return seconds + "s";
        }
        return seconds % 3600 == 0 ? seconds / 3600 + "h" : seconds / 60 + "m";
    }

    /** Roughly, for a person: {@code 12 s}, {@code 3 min}, {@code 2 h 5 min}, {@code 3 d 4 h}. Negative is 0. */
    static String words(Duration duration) {
        long seconds = Math.max(0, duration.toSeconds());
        if (seconds < 120) {
            return seconds + " s";
        }
        if (seconds < 7_200) {
            return seconds / 60 + " min";
        }
        if (seconds < 172_800) {
            return seconds / 3_600 + " h " + seconds / 60 % 60 + " min";
        }
        return seconds / 86_400 + " d " + seconds / 3_600 % 24 + " h";
    }
}
