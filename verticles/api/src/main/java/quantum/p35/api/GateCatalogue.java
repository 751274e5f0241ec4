package quantum.p35.api;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonProperty;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * The gates that we know ({@code conf/gates.yaml}), immutable: from a text to a gate, from a gate to its guide.
 *
 * <p>A text is looked up as a whole (code, listed detail or alias), then by the patterns in their order, then by what
 * stands before its first colon. A text that nobody knows becomes a code of its own with every run of digits replaced by
 * {@code #}, or, when it is no code, {@link Gate#UNLISTED}: so the number of different gates stays bounded whatever the
 * producers write.
 */
public final class GateCatalogue {

    public static final int MAX_CODE = 64;

    /** Chars of a text that are looked at: regular expressions must not see a text of a megabyte. */
    public static final int MAX_TEXT = 1024;

    private static final Pattern CODE = Pattern.compile("[A-Za-z0-9_.#/+-]{1," + MAX_CODE + "}");
    private static final Pattern DIGITS = Pattern.compile("[0-9]+");

    private final List<CatalogueEntry> entries;
    private final Map<String, Match> exact = new HashMap<>();
    private final Map<String, CatalogueEntry> byCode = new HashMap<>();
    private final List<PatternMatch> patterns = new ArrayList<>();

    private record PatternMatch(Pattern pattern, Gate gate) {}

    /** What an exact text means, and the details that may follow it. */
    private record Match(Gate gate, Map<String, Gate> details) {}

    /**
     * @throws IllegalArgumentException when two entries claim the same code or alias, or one that the normaliser itself
     *     gives is missing; the message names them
     */
    @JsonCreator
    public GateCatalogue(@JsonProperty("gates") List<CatalogueEntry> gates) {
        if (gates == null || gates.isEmpty()) {
            throw new IllegalArgumentException("the gate catalogue is empty: give a list under 'gates'");
        }
        if (gates.stream().anyMatch(Objects::isNull)) {
            throw new IllegalArgumentException("the gate catalogue has an empty item under 'gates': mend or delete it");
        }
        entries = List.copyOf(gates);
        entries.forEach(this::index);
        for (Gate built : List.of(Gate.UNREPORTED, Gate.UNLISTED, Gate.DRY_RUN)) {
            if (!gate(built.code()).equals(built)) {
                throw new IllegalArgumentException("the gate catalogue must hold '" + built.code() + "' with kind "
                        + built.kind().word() + ": the service gives it itself");
            }
        }
    }

    private void index(CatalogueEntry entry) {
        Map<String, Gate> details = new HashMap<>();
        for (String detail : entry.details()) {
            Gate detailed = gate(entry, entry.code() + ":" + detail);
            details.put(detail, detailed);
            claim(detailed.code(), new Match(detailed, Map.of()));
        }
        Match match = new Match(gate(entry, entry.code()), Map.copyOf(details));
        byCode.put(entry.code(), entry);
        claim(entry.code(), match);
        entry.aliases().forEach(alias -> claim(alias, match));
        entry.patterns()
                .forEach(pattern ->
                        patterns.add(new PatternMatch(Pattern.compile(pattern, Pattern.DOTALL), match.gate)));
    }

    private static Gate gate(CatalogueEntry entry, String code) {
        return new Gate(code, entry.code(), entry.kind(), true, entry.repeat());
    }

    private void claim(String text, Match match) {
        Match other = exact.putIfAbsent(text, match);
        if (other != null) {
            throw new IllegalArgumentException("'" + text + "' belongs to the gate '" + other.gate.code() + "' and to '"
                    + match.gate.code() + "': a code, detail or alias may stand once; delete one of them");
        }
    }

    @JsonProperty("gates")
    public List<CatalogueEntry> entries() {
        return entries;
    }

    /**
     * The gate that a producer means by this text, never null; of a text over {@value #MAX_TEXT} chars only that much is
     * looked at. {@code none} is {@link Gate#NONE}: its code means the same in a bucket.
     */
    public Gate match(String text) {
        String bounded = text.length() <= MAX_TEXT ? text : text.substring(0, MAX_TEXT);
        Match whole = exact.get(bounded);
        if (whole != null) {
            return whole.gate;
        }
        for (PatternMatch candidate : patterns) {
            if (candidate.pattern.matcher(bounded).matches()) {
                return candidate.gate;
            }
        }
        int colon = bounded.indexOf(':');
        String head = (colon < 0 ? bounded : bounded.substring(0, colon)).strip();
        Match known = exact.get(head);
        if (known != null) {
            String detail = colon < 0 ? "" : bounded.substring(colon + 1).strip();
            return known.details.getOrDefault(detail, known.gate);
        }
        return uncatalogued(head);
    }

    private Gate uncatalogued(String head) {
        if (head.equalsIgnoreCase(Gate.NONE.code())) {
            return Gate.NONE;
        }
        if (!isCode(head)) {
            return Gate.UNLISTED;
        }
        String code = DIGITS.matcher(head).replaceAll("#");
        // an operator who sees new_gate_#s on the dashboard may enter it as it is shown
        Match known = exact.get(code);
        return known != null ? known.gate : new Gate(code, code, GateKind.BLOCKING, false, false);
    }

    static boolean isCode(String text) {
        return CODE.matcher(text).matches();
    }

    /**
     * The gate of a code as it stands in a bucket: {@code p33_permit_denied:stale}. The code stays as it is, also when the
     * catalogue was edited since and would write it differently now; family and kind are today's.
     */
    public Gate gate(String code) {
        if (code.equals(Gate.NONE.code())) {
            return Gate.NONE;
        }
        int colon = code.indexOf(':');
        Match known = exact.get(code);
        if (known == null && colon >= 0) {
            known = exact.get(code.substring(0, colon));
        }
        if (known == null) {
            return new Gate(code, code, GateKind.BLOCKING, false, false);
        }
        return known.gate.code().equals(code) ? known.gate : gate(byCode.get(known.gate.family()), code);
    }

    /** The entry for a code, a code with detail, or an alias. */
    public Optional<CatalogueEntry> entry(String text) {
        return Optional.ofNullable(byCode.get(match(text).family()));
    }

    /** The codes that only repeat what was said before. */
    public Set<String> repeats() {
        return entries.stream()
                .filter(CatalogueEntry::repeat)
                .map(CatalogueEntry::code)
                .collect(Collectors.toUnmodifiableSet());
    }
}
