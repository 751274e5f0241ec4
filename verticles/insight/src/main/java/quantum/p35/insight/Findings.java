package quantum.p35.insight;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import quantum.p35.api.Finding;
import quantum.p35.api.Gate;
import quantum.p35.api.Keys;
import quantum.p35.api.Symbols;

/** What is wrong with the data or with the counting, a sentence each. */
final class Findings {

    /** Bounds of a bucket, see {@code docs/redis-contract.md}. */
    private static final int GATES_BOUND = 2048;

    private static final int SYMBOLS_BOUND = 4096;

    private Findings() {}

    /** @param minutes of the window @param unreadable minutes whose bucket is no hash */
    static List<String> of(
            Counts counts, Progress progress, List<Bucket> minutes, Collection<Instant> unreadable, Keys keys) {
        List<String> findings = new ArrayList<>();
        for (Instant minute : unreadable) {
            findings.add(keys.bucket(minute) + " is not a hash, so that minute is missing from the figures:"
                    + " see who wrote it (redis-cli TYPE), and delete it");
        }
        if (progress.lost() > 0) {
            findings.add(Words.number(progress.lost())
                    + (progress.lost() == 1 ? " entry was" : " entries were")
                    + " lost before anyone could count " + (progress.lost() == 1 ? "it" : "them"));
        }
        addQuality(findings, counts);
        addBounds(findings, minutes, keys);
        if (progress.lagUnknown()) {
            findings.add("how many entries wait unread is unknown: entries were deleted from the stream,"
                    + " or the server is older than Redis 7.0");
        }
        return List.copyOf(findings);
    }

    private static void addQuality(List<String> findings, Counts counts) {
        Map<String, Long> quality = counts.quality();
        long unreadableTimes = quality.getOrDefault(Finding.TIMESTAMP_MISSING.field(), 0L)
                + quality.getOrDefault(Finding.TIMESTAMP_UNREADABLE.field(), 0L);
        add(findings, unreadableTimes, counts, "no readable timestamp");
        addQuality(
                findings, counts, Finding.TIMESTAMP_OUT_OF_RANGE, "a timestamp that cannot be (60 s ahead, 48 h back)");
        addQuality(findings, counts, Finding.DETAILS_BROKEN, "broken JSON in their details");
        addQuality(findings, counts, Finding.SYMBOL_MISSING, "no symbol");
        addQuality(findings, counts, Finding.VERDICT_UNKNOWN, "a verdict that is not known");
        add(findings, counts.reason(Gate.UNLISTED.code()), counts, "a reason that the gate catalogue does not know");
    }

    private static void addQuality(List<String> findings, Counts counts, Finding finding, String what) {
        add(findings, counts.quality().getOrDefault(finding.field(), 0L), counts, what);
    }

    /** Over 1 % is worth a sentence. */
    private static void add(List<String> findings, long count, Counts counts, String what) {
        if (count * 100 > counts.total()) {
            findings.add(Words.percent(count, counts.total()) + " of decisions have " + what);
        }
    }

    private static void addBounds(List<String> findings, List<Bucket> minutes, Keys keys) {
        for (Bucket minute : minutes) {
            boolean symbols = minute.fields() >= SYMBOLS_BOUND
                    && minute.symbolsByOutcome().values().stream()
                            .anyMatch(column -> List.of(column.symbols()).contains(Symbols.OTHER));
            boolean gates = minute.fields() >= GATES_BOUND && minute.reason(Gate.UNLISTED.code()) > 0;
            if (symbols || gates) {
                findings.add(keys.bucket(minute.minute()) + " holds " + Words.number(minute.fields())
                        + " fields, its bound: "
                        + (symbols ? "further symbols count as 'other'" : "new gates count as 'unlisted'"));
                return;
            }
        }
    }
}
