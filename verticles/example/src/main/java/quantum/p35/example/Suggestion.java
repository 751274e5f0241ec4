package quantum.p35.example;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import quantum.p35.api.Alert;
import quantum.p35.api.Symbols;

/**
 * What to look at when confidence stops too much: the models of a few symbols when most of it is theirs, else what all
 * symbols share.
 *
 * @param alert id of the alert that called for it; the same alert may call twice
 * @param symbols those whose models are to be looked at, the worst first; empty when it is not about few
 */
record Suggestion(String alert, List<String> symbols, String text) {

    /** This part of what confidence stopped, by the few symbols, makes it theirs. */
    private static final double THEIRS = 0.8;

    private record Stopped(String symbol, long count) {}

    /**
     * @param fares how every symbol fares, with enough gates each
     * @param few how many symbols count as few
     */
    static Suggestion of(Alert alert, Symbols.Answer fares, int few) {
        List<Stopped> stopped = fares.symbols().stream()
                .map(symbol -> new Stopped(symbol.symbol(), count(alert.reason(), symbol)))
                .filter(symbol -> symbol.count > 0)
                .sorted(Comparator.comparingLong(Stopped::count).reversed())
                .toList();
        long all = stopped.stream().mapToLong(Stopped::count).sum();
        List<Stopped> worst = stopped.stream().limit(few).toList();
        long theirs = worst.stream().mapToLong(Stopped::count).sum();
        if (all == 0 || stopped.size() <= few || theirs < THEIRS * all) {
            return new Suggestion(
                    alert.id(),
                    List.of(),
                    "Confidence is low for " + stopped.size()
                            + " symbols alike: look at the threshold and at the data that all models share, then retrain.");
        }
        List<String> names = worst.stream().map(Stopped::symbol).toList();
        return new Suggestion(
                alert.id(),
                names,
                String.format(
                        Locale.ROOT,
                        "%.0f %% of what low confidence stopped is %s: fall back to the model before for these, and retrain.",
                        100.0 * theirs / all,
                        names.stream().collect(Collectors.joining(", "))));
    }

    private static long count(String gate, Symbols.SymbolCount symbol) {
        return symbol.gates().stream()
                .filter(count -> count.gate().equals(gate))
                .mapToLong(count -> count.count())
                .sum();
    }

    /** As it is published: a record of ours would have to be registered, and would hold on to a jar that is replaced. */
    JsonObject json() {
        return new JsonObject()
                .put("alert", alert)
                .put("symbols", new JsonArray(symbols))
                .put("text", text);
    }
}
