package quantum.p35.drift;

import java.util.List;
import quantum.p35.api.Explain;
import quantum.p35.api.Failure;
import quantum.p35.api.Gate;
import quantum.p35.api.GateCatalogue;
import quantum.p35.api.WindowName;
import quantum.p35.api.WindowsUpdated;

/** Says of everything that a look has seen why it fires, or does not. */
record Explanations(Watch.Seen seen, WindowsUpdated windows, int looks, GateCatalogue catalogue) {

    /**
     * @throws io.vertx.core.eventbus.ReplyException when nothing can be told, or nothing is called so
     */
    Explain.Answer of(Explain.Question question) {
        if (seen == null || seen.standings().isEmpty()) {
            throw Failure.UNAVAILABLE.because(
                    "no look at fresh windows yet: ask again in a few seconds, and when this stays"
                            + " so look at the health of insight and drift");
        }
        List<Explain.Explanation> found = seen.standings().stream()
                .filter(standing -> question.gate() == null || about(question.gate(), standing.evaluation()))
                .map(this::explain)
                .toList();
        return new Explain.Answer(seen.at(), found.isEmpty() ? List.of(unseen(question.gate())) : found);
    }

    private static boolean about(String name, Evaluation evaluation) {
        return evaluation.reason().equals(name)
                || evaluation.rule().equals(name)
                || evaluation.reason().startsWith(name + ":");
    }

    private Explain.Explanation explain(Standing standing) {
        Evaluation evaluation = standing.evaluation();
        Explain.Status status = status(standing);
        String begin =
                switch (status) {
                    case FIRING -> evaluation.fires() ? "fires: " : "fires still, not over long enough: ";
                    case PENDING ->
                        "will fire when it lasts, seen at " + standing.fires() + " of " + looks + " looks: ";
                    case INACTIVE, UNDECIDED -> "did not fire: ";
                };
        Figures figures = evaluation.figures();
        return new Explain.Explanation(
                evaluation.rule(),
                evaluation.reason(),
                evaluation.window(),
                status,
                begin + evaluation.because(),
                figures.threshold() == null ? null : Double.valueOf(figures.share()),
                figures.low(),
                figures.high(),
                figures.threshold());
    }

    private Explain.Status status(Standing standing) {
        Evaluation evaluation = standing.evaluation();
        boolean firing = seen.firing(evaluation.reason());
        boolean its =
                firing && seen.ledger().alerts().get(evaluation.reason()).rule().equals(evaluation.rule());
        return switch (evaluation.verdict()) {
            case FIRES -> firing ? Explain.Status.FIRING : Explain.Status.PENDING;
            case CLEAR -> its ? Explain.Status.FIRING : Explain.Status.INACTIVE;
            case HOLDS -> its ? Explain.Status.FIRING : Explain.Status.UNDECIDED;
        };
    }

    /** Of a gate that exists and did not occur, or that no rule looks at. */
    private Explain.Explanation unseen(String name) {
        Gate gate = Subjects.gate(name, catalogue)
                .orElseThrow(() -> Failure.NOT_FOUND.because("nothing is called '" + name
                        + "': name a gate, a family or a rule, or nothing for everything that was looked at"));
        long total = windows.of(WindowName.FIVE_MINUTES).window().total();
        String why = gate.repeat()
                ? "it only says again what was said before"
                : gate.kind().alarming()
                        ? "none of " + Words.number(total) + " decisions in the last 5 minutes"
                        : "a gate of kind " + gate.kind().word()
                                + " has no thresholds unless conf/gates.yaml gives it some";
        return new Explain.Explanation(
                AlertRules.GATE_SHARE,
                gate.code(),
                WindowName.FIVE_MINUTES,
                Explain.Status.INACTIVE,
                "did not fire: " + why,
                null,
                null,
                null,
                null);
    }
}
