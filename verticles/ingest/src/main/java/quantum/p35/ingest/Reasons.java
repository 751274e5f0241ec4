package quantum.p35.ingest;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import quantum.p35.api.Gate;
import quantum.p35.api.GateCatalogue;
import quantum.p35.api.GateKind;

/**
 * From a producer's reason to the gate that it means. Producers say the same few hundred texts again and again, so the
 * answers are kept. Not thread-safe.
 */
final class Reasons {

    /** Different texts; when there are more, all are forgotten: cheaper than to know which one was used last. */
    private static final int MAX_KEPT = 2048;

    /** Chars; longer texts have numbers in them and do not come again. */
    private static final int LONGEST_KEPT = 128;

    private final GateCatalogue catalogue;
    private final Map<String, Reason> kept = new HashMap<>();

    Reasons(GateCatalogue catalogue) {
        this.catalogue = catalogue;
    }

    /** @param text trimmed; null when no reason was given */
    Reason read(String text) {
        if (text == null) {
            return Reason.NONE;
        }
        if (text.length() > LONGEST_KEPT) {
            return resolve(text);
        }
        Reason known = kept.get(text);
        if (known != null) {
            return known;
        }
        if (kept.size() >= MAX_KEPT) {
            kept.clear();
        }
        Reason resolved = resolve(text);
        kept.put(text, resolved);
        return resolved;
    }

    private Reason resolve(String raw) {
        String text = Texts.clean(raw, GateCatalogue.MAX_TEXT);
        boolean passed = false;
        for (String part : parts(text)) {
            Gate gate = says(part);
            if (gate.kind() == GateKind.PASSED) {
                passed = true;
            } else if (!gate.isNone()) {
                return new Reason(gate, passed);
            }
        }
        return passed ? new Reason(Gate.NONE, true) : Reason.NONE;
    }

    /** A verdict where a reason should be says nothing. */
    private Gate says(String part) {
        return Verdict.of(part) == Verdict.OTHER ? catalogue.match(part) : Gate.NONE;
    }

    /** The parts of a comma list of codes; anything else, an exchange's JSON for example, is one part. */
    private static List<String> parts(String text) {
        if (text.indexOf(',') < 0) {
            return List.of(text);
        }
        String[] parts = text.split(",", -1);
        for (int i = 0; i < parts.length; i++) {
            parts[i] = parts[i].strip();
            if (!looksLikeCode(parts[i])) {
                return List.of(text);
            }
        }
        return List.of(parts);
    }

    private static boolean looksLikeCode(String part) {
        return !part.isEmpty()
                && part.chars()
                        .allMatch(c -> c >= 'a' && c <= 'z'
                                || c >= 'A' && c <= 'Z'
                                || c >= '0' && c <= '9'
                                || "_.:#/+-".indexOf(c) >= 0);
    }
}
