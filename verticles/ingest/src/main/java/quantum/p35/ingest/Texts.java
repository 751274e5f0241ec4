package quantum.p35.ingest;

/** Makes producers' texts fit to be counted and shown. All of it is linear, and free for plain ASCII. */
final class Texts {

    private static final char REPLACEMENT = '\uFFFD';

    private Texts() {}

    /** Without blanks and control characters around it; null when null or nothing else. */
    static String trimmed(String text) {
        if (text == null) {
            return null;
        }
        int from = 0;
        int to = text.length();
        while (from < to && blank(text.charAt(from))) {
            from++;
        }
        while (to > from && blank(text.charAt(to - 1))) {
            to--;
        }
        return from == to ? null : text.substring(from, to);
    }

    private static boolean blank(char c) {
        return c <= ' '
                || c >= 0x7F && (Character.isISOControl(c) || Character.isWhitespace(c) || Character.isSpaceChar(c));
    }

    /**
     * At most {@code max} characters (code points, so that no surrogate pair is torn); white space becomes a blank, other
     * control characters and lone surrogates become U+FFFD, like broken UTF-8. JSON cannot carry a lone surrogate.
     */
    static String clean(String text, int max) {
        if (text.length() <= max && plain(text)) {
            return text;
        }
        StringBuilder cleaned = new StringBuilder(Math.min(text.length(), 2 * max));
        int at = 0;
        for (int count = 0; count < max && at < text.length(); count++) {
            int point = text.codePointAt(at);
            cleaned.appendCodePoint(printable(point));
            at += Character.charCount(point);
        }
        return cleaned.toString();
    }

    private static int printable(int point) {
        if (Character.isISOControl(point)) {
            return Character.isWhitespace(point) ? ' ' : REPLACEMENT;
        }
        return Character.getType(point) == Character.SURROGATE ? REPLACEMENT : point;
    }

    private static boolean plain(String text) {
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c < ' ' || c > '~') {
                return false;
            }
        }
        return true;
    }
}
