package quantum.p35.dashboard;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import quantum.p35.api.Alert;
import quantum.p35.api.Drift;
import quantum.p35.api.GateCount;
import quantum.p35.api.Outcome;
import quantum.p35.api.Recent;
import quantum.p35.api.Symbols.SymbolCount;
import quantum.p35.api.Timeline;

/**
 * A table as RFC 4180 has it: a header line, CRLF, quotes where needed. A text that a spreadsheet would run as a formula
 * gets an apostrophe in front, since producers choose the texts.
 */
record Csv(List<String> header, List<List<?>> rows) {

    static Csv ofGates(List<GateCount> gates) {
        return new Csv(
                List.of("gate", "family", "kind", "count", "share", "plans", "symbols"),
                rows(
                        gates,
                        gate -> row(
                                gate.gate(),
                                gate.family(),
                                gate.kind().word(),
                                gate.count(),
                                gate.share(),
                                gate.plans(),
                                gate.symbols() == null ? null : String.join(" ", gate.symbols()))));
    }

    static Csv ofSymbols(List<SymbolCount> symbols) {
        List<String> header = new ArrayList<>(List.of("symbol", "total"));
        header.addAll(outcomeNames());
        header.addAll(List.of("skip_rate", "top_gate", "top_gate_share", "last_execute", "stuck_since"));
        return new Csv(header, rows(symbols, symbol -> {
            List<Object> row = row(symbol.symbol(), symbol.total());
            row.addAll(outcomes(symbol.decisions()));
            GateCount top = symbol.topGate();
            row.addAll(row(
                    symbol.skipRate(),
                    top == null ? null : top.gate(),
                    top == null ? null : top.share(),
                    symbol.lastExecute(),
                    symbol.stuckSince()));
            return row;
        }));
    }

    static Csv ofBreaches(List<Drift.Breach> breaches) {
        return new Csv(
                List.of("gate", "share", "count", "total", "severity", "action"),
                rows(
                        breaches,
                        breach -> row(
                                breach.gate(),
                                breach.share(),
                                breach.count(),
                                breach.total(),
                                breach.severity(),
                                breach.action())));
    }

    static Csv ofAlerts(List<Alert> alerts) {
        return new Csv(
                List.of(
                        "id",
                        "reason",
                        "state",
                        "severity",
                        "since",
                        "resolved",
                        "score",
                        "total",
                        "share",
                        "peak",
                        "flaps",
                        "acknowledged_by",
                        "silenced_until",
                        "rule",
                        "sentence"),
                rows(
                        alerts,
                        alert -> row(
                                alert.id(),
                                alert.reason(),
                                alert.state().word(),
                                alert.severity(),
                                alert.since(),
                                alert.resolved(),
                                alert.score(),
                                alert.total(),
                                alert.share(),
                                alert.peak(),
                                alert.flaps(),
                                alert.acknowledged() == null
                                        ? null
                                        : alert.acknowledged().by(),
                                alert.silenced() == null
                                        ? null
                                        : alert.silenced().until(),
                                alert.rule(),
                                alert.sentence())));
    }

    static Csv ofTimeline(Timeline.Answer timeline) {
        List<String> header = new ArrayList<>(List.of("at"));
        header.addAll(outcomeNames());
        header.addAll(timeline.gates());
        return new Csv(header, rows(timeline.points(), point -> {
            List<Object> row = row(point.at());
            row.addAll(outcomes(point.decisions()));
            timeline.gates().forEach(gate -> row.add(point.gates().getOrDefault(gate, 0L)));
            return row;
        }));
    }

    static Csv ofDecisions(List<Recent.Entry> entries) {
        return new Csv(
                List.of("id", "time", "outcome", "gate", "symbol", "plan_id", "findings", "fields"),
                rows(
                        entries,
                        entry -> row(
                                entry.id(),
                                entry.time(),
                                entry.outcome(),
                                entry.gate(),
                                entry.symbol(),
                                entry.planId(),
                                entry.findings().stream()
                                        .map(finding -> finding.field())
                                        .sorted()
                                        .collect(Collectors.joining(" ")),
                                Json.of(entry.fields()).toString())));
    }

    String print() {
        return Stream.concat(Stream.of(header), rows.stream())
                .map(row -> row.stream().map(Csv::cell).collect(Collectors.joining(",")) + "\r\n")
                .collect(Collectors.joining());
    }

    private static String cell(Object value) {
        if (value == null) {
            return "";
        }
        String text = value.toString();
        if (value instanceof String && !text.isEmpty() && "=+-@\t\r".indexOf(text.charAt(0)) >= 0) {
            text = "'" + text;
        }
        boolean quoted = text.chars().anyMatch(c -> c == ',' || c == '"' || c == '\n' || c == '\r');
        return quoted ? '"' + text.replace("\"", "\"\"") + '"' : text;
    }

    private static List<String> outcomeNames() {
        return Arrays.stream(Outcome.values()).map(Outcome::name).toList();
    }

    private static List<Long> outcomes(Map<Outcome, Long> decisions) {
        return Arrays.stream(Outcome.values())
                .map(outcome -> decisions.getOrDefault(outcome, 0L))
                .toList();
    }

    private interface ToRow<T> {
        List<?> of(T value);
    }

    private static <T> List<List<?>> rows(Collection<T> values, ToRow<T> toRow) {
        List<List<?>> rows = new ArrayList<>();
        values.forEach(value -> rows.add(toRow.of(value)));
        return rows;
    }

    /** Like List.of, and a cell may be null. */
    private static List<Object> row(Object... cells) {
        return new ArrayList<>(Arrays.asList(cells));
    }
}
