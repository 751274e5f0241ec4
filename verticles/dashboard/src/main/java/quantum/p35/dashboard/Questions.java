package quantum.p35.dashboard;

import io.vertx.core.Future;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import quantum.p35.api.Addresses;
import quantum.p35.api.Drift;
import quantum.p35.api.Gates;
import quantum.p35.api.Guide;
import quantum.p35.api.Outcome;
import quantum.p35.api.Recent;
import quantum.p35.api.Symbols;
import quantum.p35.api.Symbols.SymbolCount;
import quantum.p35.api.Timeline;
import quantum.p35.api.Why;

/** The questions of the HTTP API: from the parameters to the module that knows, and its answer to text and CSV. */
final class Questions {

    /** In text, unless symbols are named: more than a screen is of no use there. */
    private static final int BUSIEST = 10;

    private final Bus bus;

    Questions(Bus bus) {
        this.bus = bus;
    }

    /** By operation id of the OpenAPI document. */
    Map<String, Function<Query, Future<Reply>>> byOperation() {
        return Map.of(
                "why", this::why,
                "gates", this::gates,
                "symbols", this::symbols,
                "symbolGates", this::symbolGates,
                "drift", this::drift,
                "timeline", this::timeline,
                "decisions", this::decisions,
                "guide", this::guide,
                "guideOfGate", this::guideOfGate);
    }

    private Future<Reply> why(Query query) {
        return bus.ask(Addresses.INSIGHT_WHY, new Why.Question(query.window()), Why.Answer.class)
                .map(answer ->
                        Reply.of(answer, ink -> new WhyText(ink).print(answer)).with(answer.state()));
    }

    private Future<Reply> gates(Query query) {
        return gates(new Gates.Question(query.window(), null, query.whole("limit", 50)));
    }

    private Future<Reply> symbolGates(Query query) {
        return gates(new Gates.Question(query.window(), query.path("symbol"), query.whole("limit", 50)));
    }

    private Future<Reply> gates(Gates.Question question) {
        return bus.ask(Addresses.INSIGHT_GATES, question, Gates.Answer.class)
                .map(answer -> Reply.of(answer, ink -> new GatesText(ink).print(answer))
                        .orCsv(() -> Csv.ofGates(answer.gates()))
                        .with(answer.state()));
    }

    private Future<Reply> symbols(Query query) {
        Set<String> wanted = Set.copyOf(query.list("symbol"));
        return bus.ask(
                        Addresses.INSIGHT_SYMBOLS,
                        new Symbols.Question(query.window(), query.whole("gates", 10)),
                        Symbols.Answer.class)
                .map(answer -> wanted.isEmpty() ? answer : only(wanted, answer))
                .map(answer -> Reply.of(answer, ink -> new SymbolsText(ink)
                                .print(answer, wanted, wanted.isEmpty() ? BUSIEST : wanted.size()))
                        .orCsv(() -> Csv.ofSymbols(answer.symbols()))
                        .with(answer.state()));
    }

    private static Symbols.Answer only(Set<String> wanted, Symbols.Answer answer) {
        List<SymbolCount> symbols = answer.symbols().stream()
                .filter(symbol -> wanted.contains(symbol.symbol()))
                .toList();
        return new Symbols.Answer(answer.state(), answer.asOf(), answer.window(), symbols);
    }

    private Future<Reply> drift(Query query) {
        return bus.ask(
                        Addresses.INSIGHT_DRIFT,
                        new Drift.Question(query.window(), query.number("threshold", 40)),
                        Drift.Answer.class)
                .map(answer -> Reply.of(answer, ink -> new DriftText(ink).print(answer))
                        .orCsv(() -> Csv.ofBreaches(answer.breaches()))
                        .with(answer.state(), answer.breaches().size()));
    }

    private Future<Reply> timeline(Query query) {
        Duration window = Durations.parse(query.text("window", "1h"));
        Duration step = Durations.parse(query.text("step", "1m"));
        Timeline.Question question = new Timeline.Question(window, step, query.instant("from"), query.instant("to"));
        return bus.ask(Addresses.INSIGHT_TIMELINE, question, Timeline.Answer.class)
                .map(answer -> Reply.of(answer, ink -> new TimelineText(ink).print(answer))
                        .orCsv(() -> Csv.ofTimeline(answer)));
    }

    private Future<Reply> decisions(Query query) {
        String outcome = query.filter("outcome");
        Recent.Question question = new Recent.Question(
                query.filter("symbol"),
                query.filter("gate"),
                outcome == null ? null : Outcome.valueOf(outcome),
                query.whole("limit", 50));
        return bus.ask(Addresses.INGEST_RECENT, question, Recent.Answer.class)
                .map(answer -> Reply.of(answer, ink -> new DecisionsText(ink).print(answer))
                        .orCsv(() -> Csv.ofDecisions(answer.decisions())));
    }

    private Future<Reply> guide(Query query) {
        return guide(new Guide.Question(null));
    }

    private Future<Reply> guideOfGate(Query query) {
        return guide(new Guide.Question(query.path("gate")));
    }

    private Future<Reply> guide(Guide.Question question) {
        return bus.ask(Addresses.INSIGHT_GUIDE, question, Guide.Answer.class)
                .map(answer -> Reply.of(answer, ink -> new GuideText(ink).print(answer, question.gate() != null)));
    }
}
