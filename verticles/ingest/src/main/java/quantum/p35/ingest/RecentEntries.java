package quantum.p35.ingest;

import io.vertx.core.Future;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import quantum.p35.api.Decision;
import quantum.p35.api.Recent;

/** Finds the newest raw entries that match, going back through the stream page by page. */
final class RecentEntries {

    /** That may be asked for. */
    private static final int MOST = 500;

    private static final int PAGE = 500;
    private static final int MAX_SCANNED = 5000;
    private static final int MAX_VALUE = 2000;

    private final StreamClient client;

    RecentEntries(StreamClient client) {
        this.client = client;
    }

    /** @throws IllegalArgumentException when so many cannot be asked for */
    Future<Recent.Answer> find(Recent.Question question, Normaliser normaliser, Instant now) {
        if (question.limit() < 1 || question.limit() > MOST) {
            throw new IllegalArgumentException("limit is " + question.limit() + ": it must be 1 to " + MOST);
        }
        return page(question, normaliser, "+", 0, new ArrayList<>(), now);
    }

    private Future<Recent.Answer> page(
            Recent.Question question,
            Normaliser normaliser,
            String before,
            int scannedBefore,
            List<Recent.Entry> found,
            Instant now) {
        return client.newest(before, PAGE).compose(entries -> {
            int scanned = scannedBefore;
            for (RawEntry entry : entries) {
                if (found.size() == question.limit()) {
                    return Future.succeededFuture(new Recent.Answer(now, scanned, false, found));
                }
                scanned++;
                Decision decision = normaliser.normalise(entry);
                if (matches(question, decision)) {
                    found.add(answer(entry, decision));
                }
            }
            boolean complete = entries.size() < PAGE;
            if (complete || scanned >= MAX_SCANNED || found.size() == question.limit()) {
                return Future.succeededFuture(new Recent.Answer(now, scanned, complete, found));
            }
            return page(question, normaliser, entries.getLast().id(), scanned, found, now);
        });
    }

    /** A family matches each of its details; {@code family:*} is how an alert names it. */
    private static boolean matches(Recent.Question question, Decision decision) {
        String gate = decision.gate().code();
        String family = decision.gate().family();
        return (question.symbol() == null || question.symbol().equals(decision.symbol()))
                && (question.outcome() == null || question.outcome() == decision.outcome())
                && (question.gate() == null
                        || question.gate().equals(gate)
                        || question.gate().equals(family)
                        || question.gate().equals(family + ":*"));
    }

    private static Recent.Entry answer(RawEntry entry, Decision decision) {
        Map<String, String> fields = new LinkedHashMap<>();
        entry.fields().forEach((name, value) -> fields.put(cut(name), cut(value)));
        return new Recent.Entry(
                entry.id(),
                decision.time(),
                decision.outcome(),
                decision.gate().code(),
                decision.symbol(),
                decision.planId(),
                decision.findings(),
                fields);
    }

    private static String cut(String value) {
        return value.length() <= MAX_VALUE ? value : value.substring(0, MAX_VALUE) + "…";
    }
}
