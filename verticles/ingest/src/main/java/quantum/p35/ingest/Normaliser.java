package quantum.p35.ingest;

import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import quantum.p35.api.Decision;
import quantum.p35.api.Finding;
import quantum.p35.api.Gate;
import quantum.p35.api.GateCatalogue;
import quantum.p35.api.Outcome;

/**
 * From a raw entry of the stream to a decision that can be counted. Whatever comes in, one decision comes out, always the
 * same for the same entry: nothing that a producer writes may stop the reading of the stream. Not thread-safe, because it
 * remembers what texts mean.
 */
final class Normaliser {

    /** Characters; the longest listed symbol has 17. */
    static final int MAX_SYMBOL = 32;

    static final int MAX_PLAN_ID = 128;

    private final Reasons reasons;

    Normaliser(GateCatalogue catalogue) {
        this.reasons = new Reasons(catalogue);
    }

    Decision normalise(RawEntry entry) {
        Fields fields = Fields.of(entry.fields());
        EventTime time = EventTime.of(fields.text("timestamp"), entry.id());
        String word = fields.text("decision");
        String reason = fields.reason();
        Boolean wouldExecute = fields.flag("would_execute");
        OutcomeTable.Row row = OutcomeTable.decide(
                fields.flag("executed"), Verdict.of(word), wouldExecute != null && wouldExecute, reasons.read(reason));
        String symbol = symbol(fields.text("symbol"));
        return new Decision(
                entry.id(),
                time.time(),
                row.outcome(),
                row.gate(),
                symbol,
                planId(fields.text("plan_id")),
                findings(time, fields, symbol, row),
                unknownTexts(row, word, reason));
    }

    /** A colon would end the symbol in the names of the buckets; {@code None} is how Python writes that there is none. */
    private static String symbol(String text) {
        return text == null || text.equals("None")
                ? null
                : Texts.clean(text, MAX_SYMBOL).replace(':', '_');
    }

    private static String planId(String text) {
        return text == null ? null : Texts.clean(text, MAX_PLAN_ID);
    }

    private static Set<Finding> findings(EventTime time, Fields fields, String symbol, OutcomeTable.Row row) {
        Set<Finding> findings = EnumSet.noneOf(Finding.class);
        if (time.finding() != null) {
            findings.add(time.finding());
        }
        if (fields.broken()) {
            findings.add(Finding.DETAILS_BROKEN);
        }
        if (symbol == null) {
            findings.add(Finding.SYMBOL_MISSING);
        }
        if (row.outcome() == Outcome.UNKNOWN) {
            findings.add(Finding.VERDICT_UNKNOWN);
        }
        return findings;
    }

    private static List<String> unknownTexts(OutcomeTable.Row row, String word, String reason) {
        boolean unknownWord = row.outcome() == Outcome.UNKNOWN && word != null;
        boolean unknownReason = !row.gate().catalogued() || row.gate().equals(Gate.UNLISTED);
        if (!unknownWord && !unknownReason) {
            return List.of();
        }
        List<String> texts = new ArrayList<>(2);
        if (unknownWord) {
            texts.add(Texts.clean(word, Decision.MAX_UNKNOWN_TEXT));
        }
        if (unknownReason) {
            texts.add(Texts.clean(reason, Decision.MAX_UNKNOWN_TEXT));
        }
        return texts;
    }
}
