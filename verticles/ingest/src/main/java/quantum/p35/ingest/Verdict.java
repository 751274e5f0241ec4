package quantum.p35.ingest;

import java.util.HashMap;
import java.util.Locale;
import java.util.Map;

/** What a plan's {@code decision} says; what became of the plan is another matter ({@link OutcomeTable}). */
enum Verdict {
    ERROR("ERROR", "FAILED", "FAIL"),
    SKIP("SKIP", "SKIPPED"),
    BLOCKED("BLOCKED", "BLOCK", "DENIED", "REJECTED"),
    EXECUTE("EXECUTE", "EXECUTED", "EXEC", "RECONCILE_CLOSE"),
    /** A word that nobody knows. */
    OTHER,
    ABSENT;

    private static final int LONGEST_WORD = 32;
    private static final Map<String, Verdict> BY_WORD = new HashMap<>();

    static {
        for (Verdict verdict : values()) {
            for (String word : verdict.words) {
                BY_WORD.put(word, verdict);
            }
        }
    }

    private final String[] words;

    Verdict(String... words) {
        this.words = words;
    }

    /** @param text trimmed, in any case; null when absent */
    static Verdict of(String text) {
        if (text == null) {
            return ABSENT;
        }
        Verdict asWritten = BY_WORD.get(text);
        if (asWritten != null) {
            return asWritten;
        }
        return text.length() > LONGEST_WORD ? OTHER : BY_WORD.getOrDefault(text.toUpperCase(Locale.ROOT), OTHER);
    }
}
