package quantum.p35.insight;

import io.vertx.core.Future;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import quantum.p35.api.Gate;
import quantum.p35.api.GateCatalogue;
import quantum.p35.api.GateCount;
import quantum.p35.api.Keys;
import quantum.p35.api.Outcome;
import quantum.p35.api.Why;
import quantum.p35.api.Window;
import quantum.p35.api.WindowName;

/** Puts the one answer together: verdict, since when, words, findings, what to do. */
final class WhyAnswer {

    private static final int GATES = 15;

    private final Refresh memory;
    private final SinceFinder since;
    private final PlanCounts plans;
    private final Keys keys;
    private final InstantSource clock;

    WhyAnswer(Refresh memory, SinceFinder since, PlanCounts plans, Keys keys, InstantSource clock) {
        this.memory = memory;
        this.since = since;
        this.plans = plans;
        this.keys = keys;
        this.clock = clock;
    }

    Future<Why.Answer> of(WindowName window, GateCatalogue catalogue) {
        Facts facts = memory.facts();
        Verdict verdict = Verdict.of(facts, window, catalogue);
        Cause cause = verdict.cause();
        List<Bucket> minutes = memory.windows().buckets(window, facts.asOf());
        Map<String, Long> symbols = symbols(verdict, facts.asOf());
        List<String> shown = facts.counts(window).gatesByCount().stream()
                .limit(GATES)
                .map(Map.Entry::getKey)
                .toList();
        boolean asks = facts.outage() == null;
        Future<Instant> begin = asks && cause != null
                ? since.find(cause, catalogue, facts.asOf()).otherwise((Instant) null)
                : Future.succeededFuture(null);
        Future<Long> stopped = asks && cause != null
                ? plans.together(cause.members(), verdict.base().window(), catalogue, facts.asOf())
                : Future.succeededFuture(null);
        Future<Map<String, Long>> byGate =
                asks ? plans.byGate(shown, window, catalogue, facts.asOf()) : Future.succeededFuture(Map.of());
        List<String> findings = Findings.of(facts.counts(window), facts.progress(), minutes, memory.unreadable(), keys);
        return Future.all(begin, stopped, byGate).map(all -> {
            Sentence sentence =
                    new Sentence(verdict, facts, clock.instant(), begin.result(), stopped.result(), symbols.size());
            Counts counts = facts.counts(window);
            return new Why.Answer(
                    verdict.state(),
                    sentence.words(),
                    facts.asOf(),
                    begin.result(),
                    cause == null ? null : cause.code(),
                    new Window(window, window.from(facts.asOf()), facts.asOf(), counts.total()),
                    counts.decisions(),
                    GateCount.share(counts.of(Outcome.SKIP), counts.total()),
                    shown.stream()
                            .map(gate -> count(gate, counts, catalogue, byGate.result()))
                            .toList(),
                    counts.none(),
                    facts.progress().lastExecute(Progress.ALL),
                    findings,
                    Advice.of(verdict, catalogue, worst(symbols), keys));
        });
    }

    /** The symbols of the cause, or, without one, of the largest gate, which the advice is about. */
    private Map<String, Long> symbols(Verdict verdict, Instant asOf) {
        List<Bucket> minutes = memory.windows().buckets(verdict.base().window(), asOf);
        if (verdict.cause() != null) {
            return SymbolSums.stoppedBy(verdict.cause().members(), minutes);
        }
        return verdict.base().gates().isEmpty()
                ? Map.of()
                : SymbolSums.stoppedBy(verdict.base().gates().getFirst().members(), minutes);
    }

    private static String worst(Map<String, Long> symbols) {
        return symbols.isEmpty() ? null : SymbolSums.largest(symbols, 1).getFirst();
    }

    private static GateCount count(String code, Counts counts, GateCatalogue catalogue, Map<String, Long> plans) {
        Gate gate = catalogue.gate(code);
        long count = counts.reason(code);
        return new GateCount(
                code, gate.family(), gate.kind(), count, GateCount.share(count, counts.total()), plans.get(code), null);
    }
}
