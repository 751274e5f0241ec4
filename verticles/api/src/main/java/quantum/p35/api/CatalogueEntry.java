package quantum.p35.api;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.vertx.codegen.annotations.Nullable;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;

/**
 * One gate of {@code conf/gates.yaml}.
 *
 * @param code of the gate; also the family of its details
 * @param aliases other texts that mean this gate, exactly
 * @param patterns regular expressions for the whole text
 * @param details the details that are kept ({@code code:detail}); any other detail is dropped
 * @param repeat whether it only says again what was said before: left out of verdicts, never alerts
 * @param expected the share that is normal, for a person: {@code 30–40 %}; null when unknown
 * @param meaning null when there is no guide yet
 * @param diagnose commands or places to look, {@code <S>} stands for the symbol
 * @param actions what to do
 * @param alert from which share on it alerts; null for the thresholds that all gates share, and a benign gate then never
 *     does
 */
public record CatalogueEntry(
        String code,
        GateKind kind,
        List<String> aliases,
        List<String> patterns,
        List<String> details,
        boolean repeat,
        @Nullable String expected,
        @Nullable String meaning,
        List<String> diagnose,
        List<Action> actions,
        @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable AlertThresholds alert) {

    /**
     * @param when the finding that calls for it; null when it always does
     * @param time that it usually takes, in words; null when unknown
     */
    public record Action(
            @Nullable String when, String action, @Nullable String time) {
        public Action {
            if (action == null || action.isBlank()) {
                throw new IllegalArgumentException("an action needs a text under 'action'");
            }
        }
    }

    public CatalogueEntry {
        require(
                code != null && GateCatalogue.isCode(code),
                "gate code '" + code
                        + "': it must be 1 to 64 letters, digits or any of _ . # / + - (a detail goes under 'details')");
        require(!code.equals(Gate.NONE.code()), "gate code 'none': it stands for \"no reason reported\", take another");
        require(
                kind != null && kind != GateKind.NONE,
                "gate '" + code + "' has no kind: give blocking, benign, error, passed or quality");
        aliases = listed(code, "aliases", aliases);
        patterns = listed(code, "patterns", patterns);
        details = listed(code, "details", details);
        diagnose = listed(code, "diagnose", diagnose);
        require(
                actions == null || actions.stream().allMatch(Objects::nonNull),
                "gate '" + code + "': an item under 'actions' is empty; mend or delete it");
        actions = actions == null ? List.of() : List.copyOf(actions);
        require(
                !repeat || alert == null,
                "gate '" + code + "': what only repeats an earlier decision never alerts; delete 'alert' or 'repeat'");
        for (String detail : details) {
            require(
                    GateCatalogue.isCode(detail),
                    "gate '" + code + "': the detail '" + detail
                            + "' must be 1 to 64 letters, digits or any of _ . # / + -");
        }
        patterns.forEach(pattern -> requireRegex(code, pattern));
    }

    private static List<String> listed(String code, String key, List<String> texts) {
        if (texts == null) {
            return List.of();
        }
        for (String text : texts) {
            require(
                    text != null && !text.isBlank() && text.equals(text.strip()),
                    "gate '" + code + "': '" + text + "' under '" + key
                            + "' must be a text without blanks around it; mend or delete it");
        }
        return List.copyOf(texts);
    }

    private static void requireRegex(String code, String pattern) {
        try {
            Pattern.compile(pattern);
        } catch (PatternSyntaxException e) {
            throw new IllegalArgumentException(
                    "gate '" + code + "': the pattern '" + pattern + "' is no regular expression: "
                            + e.getDescription(),
                    e);
        }
    }

    private static void require(boolean met, String otherwise) {
        if (!met) {
            throw new IllegalArgumentException(otherwise);
        }
    }

    /** {@code diagnose}, what needs the id of a plan last: a symbol is always at hand, a plan must be looked up. */
    public List<String> places() {
        return diagnose.stream()
                .sorted(Comparator.comparing(place -> place.contains("<plan_id>")))
                .toList();
    }

    /** The first thing to do, in words; null when the guide has none. */
    public String firstAction() {
        if (!diagnose.isEmpty()) {
            return places().getFirst();
        }
        return actions.isEmpty() ? null : actions.getFirst().action();
    }
}
