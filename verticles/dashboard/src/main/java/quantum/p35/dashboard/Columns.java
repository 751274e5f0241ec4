package quantum.p35.dashboard;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

/**
 * Text measured as a terminal shows it: CJK takes two columns, a combining mark none. Control and formatting characters
 * are replaced, since producers choose many of the texts and a terminal would obey them.
 */
final class Columns {

    static final int WIDTH = 80;

    /** First and last code points of the wide blocks (Unicode's East Asian Width W and F, rounded to blocks). */
    private static final int[][] WIDE = {
        {0x1100, 0x115F},
        {0x2E80, 0x303E},
        {0x3041, 0xA4CF},
        {0xAC00, 0xD7A3},
        {0xF900, 0xFAFF},
        {0xFE30, 0xFE6F},
        {0xFF00, 0xFF60},
        {0xFFE0, 0xFFE6},
        {0x1F300, 0x1F64F},
        {0x1F900, 0x1F9FF},
        {0x20000, 0x3FFFD}
    };

    /** A space, but for those in {@code 1 234} and {@code 62 %}. */
    private static final Pattern BREAK = Pattern.compile(" (?!(?<=[0-9] )(?:[0-9]{3}\\b|%))");

    private Columns() {}

    static int width(String text) {
        return text.codePoints().map(Columns::width).sum();
    }

    private static int width(int codePoint) {
        int type = Character.getType(codePoint);
        if (type == Character.NON_SPACING_MARK || type == Character.ENCLOSING_MARK) {
            return 0;
        }
        for (int[] block : WIDE) {
            if (codePoint >= block[0] && codePoint <= block[1]) {
                return 2;
            }
        }
        return 1;
    }

    /** Padded on the right to the width, or cut to it. */
    static String left(String text, int width) {
        String cut = cut(text, width);
        return cut + " ".repeat(width - width(cut));
    }

    /** Padded on the left to the width, or cut to it. */
    static String right(String text, int width) {
        String cut = cut(text, width);
        return " ".repeat(width - width(cut)) + cut;
    }

    /** At most so many columns, the last an ellipsis when something was cut; printable. */
    static String cut(String text, int width) {
        String clean = printable(text);
        if (width(clean) <= width) {
            return clean;
        }
        StringBuilder cut = new StringBuilder();
        int used = 0;
        for (int codePoint : clean.codePoints().toArray()) {
            used += width(codePoint);
            if (used > width - 1) {
                break;
            }
            cut.appendCodePoint(codePoint);
        }
        return cut.append('…').toString();
    }

    static String printable(String text) {
        StringBuilder printable = new StringBuilder(text.length());
        text.codePoints().forEach(c -> printable.appendCodePoint(obeyed(c) ? '·' : c));
        return printable.toString();
    }

    private static boolean obeyed(int codePoint) {
        return switch (Character.getType(codePoint)) {
            case Character.CONTROL,
                    Character.FORMAT,
                    Character.SURROGATE,
                    Character.LINE_SEPARATOR,
                    Character.PARAGRAPH_SEPARATOR -> true;
            default -> false;
        };
    }

    /** Lines of at most the width, broken at spaces where there are any; the first begins with one text, all others with another. */
    static String wrap(String text, String first, String others) {
        List<String> lines = new ArrayList<>();
        String indent = first;
        StringBuilder line = new StringBuilder();
        for (String word : BREAK.split(printable(text))) {
            if (!line.isEmpty() && width(indent) + width(line.toString()) + 1 + width(word) > WIDTH) {
                lines.add(indent + line);
                indent = others;
                line.setLength(0);
            }
            line.append(line.isEmpty() ? "" : " ").append(word);
        }
        lines.add(indent + line);
        return String.join("\n", lines) + "\n";
    }
}
