package quantum.p35.insight;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import quantum.p35.api.CatalogueEntry;
import quantum.p35.api.GateCatalogue;
import quantum.p35.api.GateKind;
import quantum.p35.api.Outcome;
import quantum.p35.api.WindowName;

/** Facts for a test: decisions by window, all else in order unless it is said otherwise. */
final class Scene {

    static final Instant NOW = Instant.parse("2026-02-01T14:05:37Z");

    static final GateCatalogue CATALOGUE = new GateCatalogue(List.of(
            entry(
                    "p33_permit_denied",
                    GateKind.BLOCKING,
                    "no_exchange_snapshot",
                    "stale",
                    "risk_threshold_breach",
                    "hold"),
            entry("cooldown", GateKind.BLOCKING),
            entry("leverage_ratio_exceeded", GateKind.BLOCKING),
            entry("binance_error", GateKind.ERROR),
            entry("no_position", GateKind.BENIGN),
            entry("action_hold", GateKind.BENIGN),
            entry("dry_run", GateKind.BENIGN),
            entry("unreported_gate", GateKind.QUALITY),
            entry("unlisted", GateKind.QUALITY),
            new CatalogueEntry(
                    "duplicate_plan", GateKind.BENIGN, null, null, null, true, null, null, null, null, null)));

    private final Map<WindowName, List<Bucket>> windows = new EnumMap<>(WindowName.class);
    private Facts.Outage outage;
    private Instant newest = NOW.minusSeconds(6);
    private long processed = 1000;
    private Instant oldestUncounted;

    private static CatalogueEntry entry(String code, GateKind kind, String... details) {
        return new CatalogueEntry(
                code,
                kind,
                null,
                null,
                List.of(details),
                false,
                null,
                "meaning of " + code,
                List.of("redis-cli HGETALL quantum:state:positions:<S>", "redis-cli GET quantum:permit:p33:<plan_id>"),
                List.of(new CatalogueEntry.Action("no snapshot", "restart the pipeline", "1–5 min")),
                null);
    }

    /** Decisions of the last minute, and so of every window. */
    Scene decisions(long count, Outcome outcome, String gate) {
        return decisions(WindowName.ONE_MINUTE, count, outcome, gate);
    }

    /** Decisions that only this window and the larger ones hold. */
    Scene decisions(WindowName smallest, long count, Outcome outcome, String gate) {
        Bucket bucket = Bucket.of(NOW, name -> name)
                .add("decision:" + outcome, Long.toString(count))
                .add("reason:" + gate, Long.toString(count))
                .build();
        for (WindowName window : WindowName.values()) {
            if (window.compareTo(smallest) >= 0) {
                windows.computeIfAbsent(window, key -> new ArrayList<>()).add(bucket);
            }
        }
        return this;
    }

    Scene executed(long count) {
        return decisions(count, Outcome.EXECUTE, "none");
    }

    Scene blocked(long count, String gate) {
        return decisions(count, Outcome.BLOCKED, gate);
    }

    Scene skipped(long count, String gate) {
        return decisions(count, Outcome.SKIP, gate);
    }

    Scene redisSilentFor(Duration time) {
        outage = new Facts.Outage(NOW.minus(time), "redis://127.0.0.1:6379/0 gave no answer within 2000 ms");
        return this;
    }

    Scene newestCounted(Duration ago) {
        newest = NOW.minus(ago);
        return this;
    }

    Scene oldestUncounted(Duration ago) {
        oldestUncounted = NOW.minus(ago);
        return this;
    }

    Scene neverCounted() {
        processed = 0;
        newest = null;
        return this;
    }

    Facts facts() {
        Map<WindowName, Counts> counts = new EnumMap<>(WindowName.class);
        windows.forEach((window, buckets) -> counts.put(window, Counts.sum(buckets)));
        Progress progress =
                new Progress(newest, processed, 0, false, oldestUncounted, Map.of("*", NOW.minusSeconds(6)));
        return new Facts(NOW, outage, progress, counts);
    }

    Verdict verdict() {
        return Verdict.of(facts(), WindowName.FIVE_MINUTES, CATALOGUE);
    }
}
