package quantum.p35.discord;

import java.time.Duration;
import java.time.Instant;
import java.util.Locale;
import java.util.regex.Pattern;

/**
 * Text for Discord: other people's words must neither ping, nor format, nor pass a limit. Limits are in UTF-16 units,
 * which are never fewer than the code points that Discord counts.
 */
final class Text {

    private static final String MARKDOWN = "\\*_~|`[]<>#";
    private static final String INVISIBLE = "\u200b";
    private static final int BAR = 10;

    /** As on the page: what can be pasted into a shell. */
    private static final Pattern COMMAND = Pattern.compile("(redis-cli|systemctl|journalctl|curl|\\./p35)\\s");

    private Text() {}

    /** Reads as it stands: Markdown escaped, no mention, no link, one line; cut to the limit. */
    static String plain(String text, int limit) {
        StringBuilder plain = new StringBuilder();
        for (int i = 0; i < text.length(); ) {
            int c = text.codePointAt(i);
            i += Character.charCount(c);
            String piece = plainly(c, text, i);
            if (plain.length() + piece.length() > limit - 1) {
                return plain.append('…').toString();
            }
            plain.append(piece);
        }
        return plain.toString();
    }

    private static String plainly(int c, String text, int next) {
        if (c == '@' || (c == ':' && text.startsWith("//", next))) {
            return Character.toString(c) + INVISIBLE;
        }
        if (Character.isISOControl(c)) {
            return " ";
        }
        return MARKDOWN.indexOf(c) >= 0 ? "\\" + Character.toString(c) : Character.toString(c);
    }

    /** As code in a line: gates and symbols, so that they can be copied. */
    static String code(String text, int limit) {
        String safe = text.replace('`', '\'').replace("@", "@" + INVISIBLE).replaceAll("\\p{Cntrl}", " ");
        return "`" + cut(safe.isBlank() ? "?" : safe, limit - 2) + "`";
    }

    /** A block of code: commands to copy. */
    static String block(String text, int limit) {
        return "```\n" + cut(text.replace("```", "'''"), limit - 8) + "\n```";
    }

    /** What is to be done: a command as a block, other words as they read. */
    static String step(String text, int limit) {
        return COMMAND.matcher(text).lookingAt() ? block(text, limit) : plain(text, limit);
    }

    /** Never between the halves of a character. */
    static String cut(String text, int limit) {
        if (text.length() <= limit) {
            return text;
        }
        int end = Character.isHighSurrogate(text.charAt(limit - 2)) ? limit - 2 : limit - 1;
        return text.substring(0, end) + "…";
    }

    /** {@code ▓▓▓▓▓▓▓░░░}: ten steps. */
    static String bar(double share) {
        int full = Math.clamp(Math.round(share * BAR), 0, BAR);
        return "▓".repeat(full) + "░".repeat(BAR - full);
    }

    /** What is there is never 0 %, and what is not all is never 100 %. */
    static String percent(double share) {
        long rounded = Math.round(share * 100);
        if (rounded == 0 && share > 0) {
            return "under 1 %";
        }
        return rounded == 100 && share < 1 ? "over 99 %" : rounded + " %";
    }

    /** {@code 1 234}. */
    static String count(long count) {
        return String.format(Locale.ROOT, "%,d", count).replace(',', ' ');
    }

    /** How long ago, in the reader's language, and by his clock on a longer look. */
    static String ago(Instant time) {
        return "<t:" + time.getEpochSecond() + ":R>";
    }

    /** By the reader's own clock: {@code 14:02}. */
    static String clock(Instant time) {
        return "<t:" + time.getEpochSecond() + ":t>";
    }

    static String lasted(Duration duration) {
        long seconds = Math.max(0, duration.toSeconds());
        if (seconds < 60) {
            return seconds + " s";
        }
        if (seconds < 3600) {
            return seconds / 60 + " min";
        }
        long hours = seconds / 3600;
        return hours < 48 ? hours + " h " + seconds % 3600 / 60 + " min" : hours / 24 + " d " + hours % 24 + " h";
    }
}
