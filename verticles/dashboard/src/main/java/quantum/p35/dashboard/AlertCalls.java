package quantum.p35.dashboard;

import io.vertx.core.Future;
import io.vertx.core.json.JsonObject;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.temporal.ChronoUnit;
import java.util.Map;
import java.util.function.Function;
import quantum.p35.api.Addresses;
import quantum.p35.api.Alert;
import quantum.p35.api.Alerts;
import quantum.p35.api.Alerts.Which;
import quantum.p35.api.DiscordTest;
import quantum.p35.api.Explain;
import quantum.p35.api.Silence;
import quantum.p35.api.Silences;

/** What is asked and done about alerts: drift answers, and discord for its test. */
final class AlertCalls {

    private final Bus bus;

    AlertCalls(Bus bus) {
        this.bus = bus;
    }

    /** By operation id of the OpenAPI document. */
    Map<String, Function<Query, Future<Reply>>> byOperation() {
        return Map.of(
                "alerts", this::alerts,
                "explain", this::explain,
                "acknowledge", this::acknowledge,
                "silences", this::silences,
                "silence", this::silence,
                "unsilence", this::unsilence,
                "discordTest", this::discordTest);
    }

    private Future<Reply> alerts(Query query) {
        Which which = Which.of(query.text("state", Which.ACTIVE.word()));
        return bus.ask(Addresses.DRIFT_ALERTS, new Alerts.Question(which), Alerts.Answer.class)
                .map(answer -> Reply.of(answer, ink -> new AlertsText(ink).print(answer, which))
                        .orCsv(() -> Csv.ofAlerts(answer.alerts())));
    }

    private Future<Reply> explain(Query query) {
        String gate = query.filter("gate");
        return bus.ask(Addresses.DRIFT_EXPLAIN, new Explain.Question(gate), Explain.Answer.class)
                .map(answer -> Reply.of(answer, ink -> new ExplainText(ink).print(answer, gate)));
    }

    private Future<Reply> acknowledge(Query query) {
        JsonObject body = query.body();
        var command = new Alerts.Acknowledge(query.path("id"), body.getString("by"), body.getString("note", ""));
        return bus.command(Addresses.DRIFT_ACKNOWLEDGE, command, Alert.class)
                .map(alert -> Reply.of(alert, ink -> new AlertsText(ink).acknowledged(alert)));
    }

    private Future<Reply> silences(Query query) {
        return bus.ask(Addresses.DRIFT_SILENCES, new Silences.Question(), Silences.Answer.class)
                .map(answer -> Reply.of(answer, ink -> new SilencesText(ink).print(answer, Instant.now())));
    }

    private Future<Reply> silence(Query query) {
        JsonObject body = query.body();
        var command = new Silences.Add(
                body.getString("gate"),
                body.getString("symbol"),
                end(body.getString("until"), body.getString("for"), Instant.now()),
                body.getString("by"),
                body.getString("note", ""));
        // before, to say which it takes the place of
        return bus.ask(Addresses.DRIFT_SILENCES, new Silences.Question(), Silences.Answer.class)
                .compose(before -> bus.command(Addresses.DRIFT_SILENCE, command, Silence.class)
                        .map(silence -> Reply.of(
                                        silence, ink -> new SilencesText(ink).added(silence, before.silences()))
                                .as(201)));
    }

    /** The instant, or so long from now by our own clock: that of a caller may be wrong. Exactly one is not null. */
    static Instant end(String until, String length, Instant now) {
        if ((until == null) == (length == null)) {
            throw HttpError.badRequest("a silence needs its end: either 'until', a time as 2026-02-01T16:00:00Z,"
                    + " or 'for', as 30m, 2h or 1d");
        }
        if (until == null) {
            return now.truncatedTo(ChronoUnit.SECONDS).plus(Durations.parse(length));
        }
        try {
            return OffsetDateTime.parse(until).toInstant();
        } catch (DateTimeException e) {
            throw HttpError.badRequest(
                    "'until' is '" + Columns.cut(until, 60) + "': it must be a time as 2026-02-01T16:00:00Z");
        }
    }

    private Future<Reply> unsilence(Query query) {
        return bus.command(Addresses.DRIFT_UNSILENCE, new Silences.Remove(query.path("id")), Silence.class)
                .map(silence -> Reply.of(silence, ink -> new SilencesText(ink).removed(silence)));
    }

    private Future<Reply> discordTest(Query query) {
        return bus.command(Addresses.DISCORD_TEST, new DiscordTest.Question(), DiscordTest.Answer.class)
                .map(answer -> Reply.of(answer, ink -> new DiscordTestText(ink).print(answer))
                        .with(Map.of(Reply.DELIVERED, Boolean.toString(delivered(answer)))));
    }

    private static boolean delivered(DiscordTest.Answer answer) {
        return !answer.targets().isEmpty() && answer.targets().stream().allMatch(DiscordTest.Target::delivered);
    }
}
