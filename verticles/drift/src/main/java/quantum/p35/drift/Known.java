package quantum.p35.drift;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.function.LongSupplier;
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
    private final LongSupplier nanos;
    private long heardAt;
    private GateCatalogue catalogue;
    private WindowsUpdated windows;

    /** @param nanos {@link System#nanoTime}: how long ago windows were heard does not depend on a clock that is set */
    Known(Supplier<AlertRules> rules, Keys keys, GateCatalogue catalogue, InstantSource clock, LongSupplier nanos) {
        this.rules = rules;
        this.keys = keys;
        this.catalogue = catalogue;
        this.clock = clock;
        this.nanos = nanos;
    }

    void onCatalogue(GateCatalogue changed) {
        catalogue = changed;
    }

    /**
     * Also those of an earlier time than the ones before when these are not fresh: a clock was set back. In a cluster every
     * insight tells: one that lost Redis, or whose clock is wrong, must not hide what the others say.
     */
    void onWindows(WindowsUpdated heard) {
        Instant now = now();
        if (fresh(now) && (!aboutNow(heard, now) || heard.asOf().isBefore(windows.asOf()))) {
            return;
        }
        windows = heard;
        heardAt = nanos.getAsLong();
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

    /** Heard of late, and of about now: windows of a clock that was wrong say nothing about these minutes. */
    boolean fresh(Instant now) {
        return windows != null && nanos.getAsLong() - heardAt < FRESH.toNanos() && aboutNow(windows, now);
    }

    private static boolean aboutNow(WindowsUpdated told, Instant now) {
        return Duration.between(told.asOf(), now).abs().compareTo(FRESH) < 0;
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
