package quantum.p35.insight;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import quantum.p35.api.CatalogueEntry;
import quantum.p35.api.Drift;
import quantum.p35.api.Gate;
import quantum.p35.api.GateCatalogue;
import quantum.p35.api.GateCount;
import quantum.p35.api.GateKind;
import quantum.p35.api.Gates;
import quantum.p35.api.Outcome;
import quantum.p35.api.Severity;
import quantum.p35.api.State;
import quantum.p35.api.Symbols;
import quantum.p35.api.Window;
import quantum.p35.api.WindowName;

/**
 * Answers that are tables: gates, symbols, drift. Sums over symbols can take tens of milliseconds in a full hour, and run
 * on a worker thread, over immutable minutes.
 */
final class Tables {

    private static final int SYMBOLS_OF_A_GATE = 3;
    private static final int MAX_GATES = 5000;
    private static final Duration STUCK = Duration.ofMinutes(15);

    private final Vertx vertx;
    private final Refresh memory;
    private final PlanCounts plans;
    private final GatePast past;

    Tables(Vertx vertx, Refresh memory, PlanCounts plans, GatePast past) {
        this.vertx = vertx;
        this.memory = memory;
        this.plans = plans;
        this.past = past;
    }

    Future<Gates.Answer> gates(Gates.Question question, GateCatalogue catalogue) {
        requireLimit("limit", question.limit(), 1);
        Facts facts = memory.facts();
        List<Bucket> minutes = memory.windows().buckets(question.window(), facts.asOf());
        if (question.symbol() != null) {
            return vertx.executeBlocking(
                    () -> ofSymbol(question, facts, SymbolSums.bySymbol(minutes), catalogue), false);
        }
        Counts counts = facts.counts(question.window());
        List<Map.Entry<String, Long>> largest =
                counts.gatesByCount().stream().limit(question.limit()).toList();
        List<String> codes = largest.stream().map(Map.Entry::getKey).toList();
        Future<Map<String, Long>> known = facts.outage() == null
                ? plans.byGate(codes, question.window(), catalogue, facts.asOf())
                : Future.succeededFuture(Map.of());
        Future<Map<String, Double>> before = past.before(codes, question.window(), facts);
        List<Bucket> hour = memory.windows().buckets(WindowName.ONE_HOUR, facts.asOf());
        return Future.all(known, before)
                .compose(read -> vertx.executeBlocking(
                        () -> {
                            Map<String, List<Long>> trends = GatePast.trends(codes, hour, facts.asOf());
                            return new Gates.Answer(
                                    state(facts, question.window(), catalogue),
                                    facts.asOf(),
                                    window(facts, question.window()),
                                    null,
                                    counts.total(),
                                    largest.stream()
                                            .map(gate -> count(gate, counts.total(), catalogue, known.result(), minutes)
                                                    .with(
                                                            before.result().get(gate.getKey()),
                                                            trends.get(gate.getKey())))
                                            .toList());
                        },
                        false));
    }

    private static Gates.Answer ofSymbol(
            Gates.Question question, Facts facts, Map<String, SymbolSums.Sum> sums, GateCatalogue catalogue) {
        SymbolSums.Sum sum = sums.get(question.symbol());
        return new Gates.Answer(
                state(facts, question.window(), catalogue),
                facts.asOf(),
                window(facts, question.window()),
                question.symbol(),
                sum == null ? 0 : sum.total(),
                sum == null ? List.of() : largest(sum, question.limit(), catalogue));
    }

    private static long stopped(SymbolSums.Sum sum, GateCatalogue catalogue) {
        return sum.gates().entrySet().stream()
                .filter(gate -> stops(catalogue.gate(gate.getKey()).kind()))
                .mapToLong(Map.Entry::getValue)
                .sum();
    }

    private static boolean stops(GateKind kind) {
        return kind == GateKind.BLOCKING || kind == GateKind.ERROR;
    }

    Future<Symbols.Answer> symbols(Symbols.Question question, GateCatalogue catalogue) {
        requireLimit("gates", question.gates(), 0);
        Facts facts = memory.facts();
        List<Bucket> minutes = memory.windows().buckets(question.window(), facts.asOf());
        List<Bucket> hour = memory.windows().buckets(WindowName.ONE_HOUR, facts.asOf());
        return vertx.executeBlocking(
                () -> {
                    Map<String, SymbolSums.Sum> inTheHour = SymbolSums.withoutGates(hour);
                    return new Symbols.Answer(
                            state(facts, question.window(), catalogue),
                            facts.asOf(),
                            window(facts, question.window()),
                            SymbolSums.bySymbol(minutes).entrySet().stream()
                                    .map(entry -> {
                                        SymbolSums.Sum past = inTheHour.get(entry.getKey());
                                        return symbol(entry, past, question.gates(), facts, catalogue);
                                    })
                                    .sorted(Comparator.comparing((Symbols.SymbolCount symbol) -> -symbol.total())
                                            .thenComparing(Symbols.SymbolCount::symbol))
                                    .toList());
                },
                false);
    }

    /**
     * Null when it executed within the last minutes, or is not known for long enough.
     *
     * @param inTheHour null when the bucket has gates of the symbol and no decisions: somebody else wrote it
     */
    private static Instant stuckSince(Instant lastExecute, SymbolSums.Sum inTheHour, Instant asOf) {
        if (lastExecute == null && (inTheHour == null || inTheHour.of(Outcome.EXECUTE) > 0)) {
            return null;
        }
        Instant since = lastExecute == null ? inTheHour.firstMinute() : lastExecute;
        return since.plus(STUCK).isAfter(asOf) ? null : since;
    }

    private static Symbols.SymbolCount symbol(
            Map.Entry<String, SymbolSums.Sum> entry,
            SymbolSums.Sum inTheHour,
            int gates,
            Facts facts,
            GateCatalogue catalogue) {
        Instant lastExecute = facts.progress().lastExecute(entry.getKey());
        SymbolSums.Sum sum = entry.getValue();
        Map<Outcome, Long> decisions = new EnumMap<>(Outcome.class);
        for (Outcome outcome : Outcome.values()) {
            decisions.put(outcome, sum.of(outcome));
        }
        List<GateCount> largest = largest(sum, Math.max(1, gates), catalogue);
        return new Symbols.SymbolCount(
                entry.getKey(),
                sum.total(),
                decisions,
                stopped(sum, catalogue),
                GateCount.share(sum.of(Outcome.SKIP), sum.total()),
                largest.isEmpty() ? null : largest.getFirst(),
                largest.stream().limit(gates).toList(),
                lastExecute,
                stuckSince(lastExecute, inTheHour, facts.asOf()));
    }

    Drift.Answer drift(Drift.Question question, GateCatalogue catalogue) {
        double threshold = question.threshold();
        if (!(threshold > 0 && threshold <= 100)) {
            throw new IllegalArgumentException(
                    "threshold is " + threshold + ": it must be over 0 and at most 100 percent");
        }
        Facts facts = memory.facts();
        Counts counts = facts.counts(question.window());
        List<Drift.Breach> breaches = counts.gatesByCount().stream()
                .filter(gate -> catalogue.gate(gate.getKey()).kind().alarming())
                .filter(gate -> gate.getValue() * 100.0 >= threshold * counts.total())
                .map(gate -> breach(gate, counts.total(), catalogue))
                .toList();
        return new Drift.Answer(
                state(facts, question.window(), catalogue),
                facts.asOf(),
                window(facts, question.window()),
                threshold,
                breaches);
    }

    private static Drift.Breach breach(Map.Entry<String, Long> gate, long total, GateCatalogue catalogue) {
        return new Drift.Breach(
                gate.getKey(),
                GateCount.share(gate.getValue(), total),
                gate.getValue(),
                total,
                severity(gate.getValue(), total),
                catalogue.entry(gate.getKey()).map(CatalogueEntry::firstAction).orElse(null));
    }

    /** Null under 40 %. */
    private static Severity severity(long count, long total) {
        if (count * 100 >= total * 80) {
            return Severity.CRITICAL;
        }
        if (count * 100 >= total * 60) {
            return Severity.HIGH;
        }
        return count * 100 >= total * 40 ? Severity.MEDIUM : null;
    }

    private static List<GateCount> largest(SymbolSums.Sum sum, int limit, GateCatalogue catalogue) {
        return SymbolSums.largest(sum.gates(), limit).stream()
                .map(gate -> Map.entry(gate, sum.gates().get(gate)))
                .map(gate -> count(gate, sum.total(), catalogue, Map.of(), null))
                .toList();
    }

    /** @param minutes to look for its symbols in; null when the question is not about symbols */
    private static GateCount count(
            Map.Entry<String, Long> entry,
            long total,
            GateCatalogue catalogue,
            Map<String, Long> plans,
            List<Bucket> minutes) {
        Gate gate = catalogue.gate(entry.getKey());
        List<String> symbols = minutes == null
                ? null
                : SymbolSums.largest(SymbolSums.stoppedBy(List.of(entry.getKey()), minutes), SYMBOLS_OF_A_GATE);
        return new GateCount(
                entry.getKey(),
                gate.family(),
                gate.kind(),
                entry.getValue(),
                GateCount.share(entry.getValue(), total),
                plans.get(entry.getKey()),
                symbols);
    }

    private static State state(Facts facts, WindowName window, GateCatalogue catalogue) {
        return Verdict.of(facts, window, catalogue).state();
    }

    private static Window window(Facts facts, WindowName window) {
        return new Window(
                window,
                window.from(facts.asOf()),
                facts.asOf(),
                facts.counts(window).total());
    }

    private static void requireLimit(String name, int limit, int least) {
        if (limit < least || limit > MAX_GATES) {
            throw new IllegalArgumentException(name + " is " + limit + ": it must be " + least + " to " + MAX_GATES);
        }
    }
}
