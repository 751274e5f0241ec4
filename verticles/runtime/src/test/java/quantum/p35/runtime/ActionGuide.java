package quantum.p35.runtime;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import quantum.p35.api.AlertThresholds;
import quantum.p35.api.CatalogueEntry;
import quantum.p35.api.GateCatalogue;
import quantum.p35.api.GateKind;

/** {@code docs/action-guide.md}: the gate catalogue as a page for people, with an anchor for each code. */
final class ActionGuide {

    private static final Map<GateKind, String> INTRODUCTIONS = introductions();

    private final GateCatalogue catalogue;
    private final AlertThresholds thresholds;
    private final StringBuilder page = new StringBuilder();

    /** @param thresholds of gates that have none of their own */
    ActionGuide(GateCatalogue catalogue, AlertThresholds thresholds) {
        this.catalogue = catalogue;
        this.thresholds = thresholds;
    }

    private static Map<GateKind, String> introductions() {
        Map<GateKind, String> all = new LinkedHashMap<>(); // in the order of the page
        all.put(GateKind.BLOCKING, "A gate that does its job, or misbehaves: a large share of decisions tells which.");
        all.put(GateKind.ERROR, "Something broke. A single one is worth a look, a share of them is urgent.");
        all.put(GateKind.QUALITY, "The producer reports badly, so nobody can see what stopped the plan.");
        all.put(GateKind.BENIGN, "Nothing to do, as a rule; by itself none of them is a reason not to trade.");
        all.put(GateKind.PASSED, "No refusals: gates that let the plan through. They are never counted as a gate.");
        return all;
    }

    /** The whole page. */
    String print() {
        line("# Action guide");
        line("");
        line("<!-- Made from conf/gates.yaml and conf/alerts.yaml by ActionGuideTest: edit those, not this. -->");
        line("");
        line("What a gate means, how to look into it, what to do, how long that takes. It says what"
                + " `conf/gates.yaml` says as");
        line("it is shipped; when yours was edited, `./p35 guide <gate>` knows better.");
        line("");
        line("1. `./p35 a` names the gate. Find it below, by its kind or among [all texts](#every-text-and-its-gate).");
        line(
                "2. *Look*: paste the commands, with the symbol for `<S>` (`./p35 b` tells which). Redis with a password, or"
                        + " elsewhere:");
        line(
                "   `redis-cli -u \"$P35_REDIS_URL\"` in place of `redis-cli`. A plan's id, for `<plan_id>`, is in the newest"
                        + " decisions");
        line("   that the gate stopped:");
        line("");
        line("   ```sh");
        line("   curl -s -H \"Authorization: Bearer $P35_TOKEN\" \\");
        line("     'http://127.0.0.1:8035/api/v1/decisions?gate=<gate>&limit=5'");
        line("   ```");
        line("");
        line("3. *Do* what fits the finding. Wait 5 minutes, then `./p35 a` again.");
        line("4. Known and accepted? `./p35 silence <gate> 2h \"why\"`. More for the night:"
                + " [operations.md](operations.md#an-alert-came).");
        line("");
        contents();
        INTRODUCTIONS.keySet().forEach(this::section);
        texts();
        return page.toString();
    }

    private void contents() {
        line("## Contents");
        line("");
        for (GateKind kind : INTRODUCTIONS.keySet()) {
            line("- [" + title(kind) + "](#" + kind.word() + ")");
            of(kind).forEach(entry -> line("  - " + link(entry.code())
                    + (entry.meaning() == null ? "" : ": " + Markdown.text(entry.meaning()))));
        }
        line("- [Every text, and its gate](#every-text-and-its-gate)");
        line("");
    }

    private Stream<CatalogueEntry> of(GateKind kind) {
        return catalogue.entries().stream().filter(entry -> entry.kind() == kind);
    }

    private static String title(GateKind kind) {
        return kind.name().charAt(0) + kind.word().substring(1);
    }

    private void section(GateKind kind) {
        line("## " + title(kind));
        line("");
        line(INTRODUCTIONS.get(kind));
        line("");
        of(kind).filter(ActionGuide::explained).forEach(this::gate);
        List<CatalogueEntry> bare = of(kind).filter(entry -> !explained(entry)).toList();
        if (!bare.isEmpty()) {
            line(kind == GateKind.PASSED ? "Nothing to do about:" : "No guide yet; look at the text of the event:");
            line("");
            bare.forEach(entry -> line("- " + anchored(entry.code())
                    + (otherTexts(entry).isEmpty() ? "" : "; other texts: " + otherTexts(entry))));
            line("");
        }
    }

    private static boolean explained(CatalogueEntry entry) {
        return entry.meaning() != null || entry.firstAction() != null;
    }

    /** Empty when it has only its code. */
    private static String otherTexts(CatalogueEntry entry) {
        return Stream.concat(
                        entry.aliases().stream().map(Markdown::code),
                        entry.patterns().stream().map(pattern -> "what matches " + Markdown.code(pattern)))
                .collect(Collectors.joining(", "));
    }

    private void gate(CatalogueEntry entry) {
        line("### " + Markdown.code(entry.code()));
        line("");
        if (entry.meaning() != null) {
            line(Markdown.text(entry.meaning()));
            line("");
        }
        look(entry.places());
        act(entry.actions());
        facts(entry);
        line("[Contents](#contents)");
        line("");
    }

    private void look(List<String> places) {
        if (places.isEmpty()) {
            return;
        }
        line("**Look**");
        line("");
        List<String> commands = places.stream().filter(ActionGuide::isCommand).toList();
        if (!commands.isEmpty()) {
            line("```sh");
            commands.forEach(this::line);
            line("```");
            line("");
        }
        if (commands.size() < places.size()) {
            places.stream().filter(place -> !isCommand(place)).forEach(place -> line("- " + Markdown.text(place)));
            line("");
        }
    }

    private static boolean isCommand(String place) {
        return place.startsWith("redis-cli ");
    }

    private void act(List<CatalogueEntry.Action> actions) {
        if (actions.isEmpty()) {
            return;
        }
        line("**Do**");
        line("");
        if (actions.size() == 1 && actions.getFirst().when() == null) {
            CatalogueEntry.Action only = actions.getFirst();
            line("- " + Markdown.text(only.action())
                    + (only.time() == null ? "" : " (" + Markdown.text(only.time()) + ")"));
            line("");
            return;
        }
        line("| when | do | takes |");
        line("|---|---|---|");
        for (CatalogueEntry.Action action : actions) {
            line("| " + cell(action.when(), "always") + " | " + cell(action.action(), "") + " | "
                    + cell(action.time(), "") + " |");
        }
        line("");
    }

    private static String cell(String text, String otherwise) {
        return text == null ? otherwise : Markdown.text(text);
    }

    private void facts(CatalogueEntry entry) {
        line("**Background**");
        line("");
        if (entry.expected() != null) {
            line("- Normal: " + Markdown.text(entry.expected()) + " of decisions.");
        }
        if (!entry.details().isEmpty()) {
            line("- Counted apart:");
            entry.details().forEach(detail -> line("  - " + anchored(entry.code() + ":" + detail)));
        }
        if (!otherTexts(entry).isEmpty()) {
            line("- Other texts: " + otherTexts(entry) + ".");
        }
        line("- Alerts: " + alerts(entry) + ".");
        line("");
    }

    private String alerts(CatalogueEntry entry) {
        if (entry.kind() == GateKind.PASSED) {
            return "none";
        }
        if (entry.repeat()) {
            return "none; it only says again what was said before, and is left out of the answer";
        }
        if (entry.alert() == null && !entry.kind().alarming()) {
            return "none, as it has no thresholds of its own";
        }
        List<String> rules = new ArrayList<>(List.of("`gate_share`", "`gate_stuck`", "`gate_growing`"));
        if (!entry.details().isEmpty()) {
            rules.add("`family_share` as " + Markdown.code(entry.code() + ":*"));
        }
        if (entry.kind() == GateKind.ERROR) {
            rules.add("`error_high` for decisions that end as ERROR");
        }
        return from(entry.alert() == null ? thresholds : entry.alert()) + "; " + String.join(", ", rules)
                + " ([the rules](alerts.md#the-rules))";
    }

    private static String from(AlertThresholds at) {
        return Stream.of(from(at.medium(), "MEDIUM"), from(at.high(), "HIGH"), from(at.critical(), "CRITICAL"))
                .filter(part -> !part.isEmpty())
                .collect(Collectors.joining(", "));
    }

    private static String from(Double share, String severity) {
        return share == null ? "" : severity + " from " + Math.round(share * 100) + " %";
    }

    /** What stands in an event, sorted: who has only that finds the gate. */
    private void texts() {
        Map<String, String> targets = new LinkedHashMap<>();
        for (CatalogueEntry entry : catalogue.entries()) {
            targets.put(entry.code(), entry.code());
            entry.details().forEach(detail -> targets.put(entry.code() + ":" + detail, entry.code()));
            entry.aliases().forEach(alias -> targets.put(alias, entry.code()));
        }
        line("## Every text, and its gate");
        line("");
        line("What producers write. What is not here is a gate that nobody described yet: it is counted under its"
                + " own code, or");
        line("as " + link("unlisted") + " when it is free text.");
        line("");
        line("| text | gate | kind |");
        line("|---|---|---|");
        targets.entrySet().stream()
                .sorted(Comparator.comparing((Map.Entry<String, String> text) ->
                                text.getKey().toLowerCase(Locale.ROOT))
                        .thenComparing(Map.Entry::getKey))
                .forEach(text -> line("| " + Markdown.code(text.getKey()).replace("|", "\\|") + " | "
                        + link(text.getValue()) + " | "
                        + catalogue.gate(text.getValue()).kind().word() + " |"));
    }

    private static String link(String code) {
        return "[" + Markdown.code(code) + "](#" + Markdown.anchor(code) + ")";
    }

    /** A code that links can lead to, without a headline. */
    private static String anchored(String code) {
        return "<a id=\"" + Markdown.anchor(code) + "\"></a>" + Markdown.code(code);
    }

    private void line(String text) {
        page.append(text).append('\n');
    }
}
