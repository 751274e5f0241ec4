package quantum.p35.dashboard;

import java.time.Instant;
import java.util.List;
import quantum.p35.api.Alert;
import quantum.p35.api.Alerts;
import quantum.p35.api.DiscordTest;
import quantum.p35.api.Explain;
import quantum.p35.api.Explain.Explanation;
import quantum.p35.api.Explain.Status;
import quantum.p35.api.Severity;
import quantum.p35.api.Silence;
import quantum.p35.api.Silences;
import quantum.p35.api.WindowName;

/** The alerts of the moment of {@link Samples}: one gate explodes, and nothing is executed any more. */
final class AlertSamples {

    static final Silence SILENCE = new Silence(
            "s-1",
            "unlisted",
            null,
            Samples.NOW,
            Instant.parse("2026-02-01T16:05:37Z"),
            "ola@desk",
            "the new producer is being rolled out");

    static final Silence OF_A_SYMBOL = new Silence(
            "s/2", Samples.TOP, Samples.CJK, Samples.NOW, Instant.parse("2026-02-02T14:05:37Z"), "ola@desk", "");

    static final Alert TOP = alert(
            Samples.TOP,
            "gate_share",
            Severity.HIGH,
            "p33_permit_denied:no_exchange_snapshot stops 62 % of decisions (1 234 of 2 000 in the last 5 minutes).",
            "at least 58 % with 99 % confidence",
            null,
            null,
            null);

    static final Alert EXECUTE_LOW = alert(
            "execute_low",
            "execute_low",
            Severity.CRITICAL,
            "EXECUTE holds 0 % of decisions, 20 % and more are healthy.",
            null,
            null,
            new Alert.Acknowledgement(
                    "ola@desk", "\u001b[31mrestarting the pipeline", Instant.parse("2026-02-01T14:04:00Z")),
            null);

    static final Alert UNLISTED = alert(
            "unlisted",
            "gate_share",
            Severity.MEDIUM,
            "unlisted stops 44 % of decisions.",
            "at least 40 % with 99 % confidence",
            null,
            null,
            SILENCE);

    static final Alert RESOLVED = alert(
            "binance_error",
            "error_high",
            Severity.HIGH,
            "binance_error stopped 61 % of decisions.",
            "",
            Instant.parse("2026-02-01T14:04:30Z"),
            null,
            null);

    private AlertSamples() {}

    private static Alert alert(
            String reason,
            String rule,
            Severity severity,
            String sentence,
            String certainty,
            Instant resolved,
            Alert.Acknowledgement acknowledged,
            Silence silenced) {
        Instant since = Instant.parse("2026-02-01T14:02:10Z");
        boolean gate = !reason.equals(rule);
        return new Alert(
                "p35_alert_" + since.getEpochSecond() + "_" + reason,
                reason,
                rule,
                WindowName.FIVE_MINUTES,
                resolved == null ? Alert.State.FIRING : Alert.State.RESOLVED,
                severity,
                since,
                since,
                resolved,
                gate ? 1234 : 0,
                2000,
                gate ? 0.617 : 0,
                gate ? 0.65 : 0,
                gate ? 0.12 : null,
                sentence,
                certainty,
                Samples.outcomes(300, 300, 1300, 60, 40),
                gate ? List.of(new Alert.Symbol("BTCUSDT", 1012), new Alert.Symbol(Samples.CJK, 222)) : List.of(),
                gate ? Samples.ACTIONS.getFirst() : null,
                gate ? 2 : 0,
                acknowledged,
                silenced,
                severity == Severity.HIGH ? Instant.parse("2026-02-01T14:30:00Z") : null,
                null);
    }

    static Alerts.Answer alerts(Alerts.Which which) {
        return new Alerts.Answer(
                Samples.NOW,
                which == Alerts.Which.ACTIVE
                        ? List.of(UNLISTED, TOP, EXECUTE_LOW)
                        : List.of(RESOLVED, UNLISTED, TOP, EXECUTE_LOW));
    }

    static Alerts.Answer none() {
        return new Alerts.Answer(Samples.NOW, List.of());
    }

    static Alerts.Answer blind() {
        return new Alerts.Answer(
                Samples.NOW,
                List.of(),
                "cannot look for alerts: cannot ask for the lease quantum:p35:lease:drift: OOM command not allowed");
    }

    static Silences.Answer silences() {
        return new Silences.Answer(List.of(SILENCE, OF_A_SYMBOL));
    }

    static Explain.Answer explain(int calm) {
        List<Explanation> all = new java.util.ArrayList<>();
        for (int i = 1; i <= calm; i++) {
            all.add(explanation(
                    "gate_share",
                    "gate_" + i,
                    Status.INACTIVE,
                    "did not fire: " + i + " decisions, 20 needed",
                    i / 1000.0));
        }
        all.add(explanation(
                "gate_share",
                Samples.TOP,
                Status.FIRING,
                "firing: at least 58 % with 99 % confidence, and the threshold of HIGH is 60 %, which it held at three"
                        + " looks in a row",
                0.617));
        all.add(new Explanation(
                "source_silent",
                "source_silent",
                null,
                Status.UNDECIDED,
                "Redis does not answer",
                null,
                null,
                null,
                null));
        return new Explain.Answer(Samples.NOW, all);
    }

    private static Explanation explanation(String rule, String reason, Status status, String sentence, double share) {
        return new Explanation(
                rule, reason, WindowName.FIVE_MINUTES, status, sentence, share, share / 2, share * 1.5, 0.4);
    }

    static DiscordTest.Answer discord() {
        return new DiscordTest.Answer(List.of(
                new DiscordTest.Target("ops", true, "posted, edited and deleted a message"),
                new DiscordTest.Target(
                        "night",
                        false,
                        "Discord answers 404: the webhook was deleted; make a new one and set"
                                + " P35_DISCORD_WEBHOOK_URL")));
    }
}
