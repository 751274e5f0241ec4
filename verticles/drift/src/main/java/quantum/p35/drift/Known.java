package quantum.p35.drift;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.function.Supplier;
import quantum.p35.api.GateCatalogue;
import quantum.p35.api.Keys;
import quantum.p35.api.WindowsUpdated;

/** What an instance knows besides what stands in Redis: the rules, the catalogue, the newest windows, and the time. */
final class Known {

    /** Insight tells at least every 10 s; three times that is no hiccup any more. */
    static final Duration FRESH = Duration.ofSeconds(30);

    private final Supplier<AlertRules> rules;
    private final Keys keys;
    private final InstantSource clock;
    private GateCatalogue catalogue;
    private WindowsUpdated windows;

    Known(Supplier<AlertRules> rules, Keys keys, GateCatalogue catalogue, InstantSource clock) {
        this.rules = rules;
        this.keys = keys;
        this.catalogue = catalogue;
        this.clock = clock;
    }

    void onCatalogue(GateCatalogue changed) {
        catalogue = changed;
    }

    /** Two instances of insight may tell in turn: only what is newer is news. */
    void onWindows(WindowsUpdated heard) {
        if (windows == null || !heard.asOf().isBefore(windows.asOf())) {
            windows = heard;
        }
    }

    Instant now() {
        return clock.instant();
    }

    AlertRules rules() {
        return rules.get();
    }

    GateCatalogue catalogue() {
        return catalogue;
    }

    /** Null when none were heard. */
    WindowsUpdated windows() {
        return windows;
    }

    boolean fresh(Instant now) {
        return windows != null && windows.asOf().plus(FRESH).isAfter(now);
    }

    AlertBook book() {
        return new AlertBook(rules(), new Wording(windows, catalogue, keys));
    }

    /** What is due by now although there is no news from the rules. */
    Edit due(Ledger ledger) {
        return book().look(ledger, List.of(), now());
    }

    Explanations explanations(Watch.Seen seen) {
        return new Explanations(seen, windows, rules().timing().looks(), catalogue);
    }
}
