package quantum.p35.runtime;

import java.util.LinkedHashSet;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Markdown as GitHub understands it: what is written, and where its links may lead. */
final class Markdown {

    private static final Pattern SPECIAL = Pattern.compile("[\\\\*`\\[\\]<>|~]|(?<![A-Za-z0-9])_|_(?![A-Za-z0-9])");
    private static final Pattern FENCED = Pattern.compile("(?ms)^```.*?^```$");
    private static final Pattern HEADLINE = Pattern.compile("(?m)^#{1,6} +(.+?) *$");
    private static final Pattern ID = Pattern.compile("<a id=\"([^\"]+)\">");

    private Markdown() {}

    /** A text of which every character is shown as it is. */
    static String text(String words) {
        return SPECIAL.matcher(words).replaceAll(special -> Matcher.quoteReplacement("\\" + special.group()));
    }

    static String code(String words) {
        return words.contains("`") ? "`` " + words + " ``" : "`" + words + "`";
    }

    /** Of a gate's code; the same that its headline gets by itself when it holds nothing but letters, digits, _ and -. */
    static String anchor(String code) {
        return code.toLowerCase(Locale.ROOT).replaceAll("[^a-z0-9_-]", "-");
    }

    static String withoutFences(String page) {
        return FENCED.matcher(page).replaceAll("");
    }

    /** Of the headlines, and what the page names itself. */
    static Set<String> anchors(String page) {
        String shown = withoutFences(page);
        Set<String> anchors = new LinkedHashSet<>();
        HEADLINE.matcher(shown).results().forEach(headline -> {
            String slug = slug(headline.group(1));
            String unique = slug;
            for (int again = 1; !anchors.add(unique); again++) {
                unique = slug + "-" + again;
            }
        });
        ID.matcher(shown).results().forEach(id -> anchors.add(id.group(1)));
        return anchors;
    }

    private static String slug(String headline) {
        return headline.replaceAll("\\[([^\\]]*)]\\([^)]*\\)", "$1")
                .toLowerCase(Locale.ROOT)
                .replaceAll("[^\\p{L}\\p{N}_ -]", "")
                .replace(' ', '-');
    }
}
