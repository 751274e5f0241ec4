package quantum.p35.drift;

import java.time.Duration;
import java.util.List;
import quantum.p35.api.State;
import quantum.p35.api.WindowName;
import quantum.p35.api.WindowsUpdated;

/** The rules about not knowing: nothing is proposed, or what is proposed is not counted. */
final class ServiceRules {

    private final Sight sight;

    ServiceRules(Sight sight) {
        this.sight = sight;
    }

    List<Evaluation> all() {
        return List.of(
                Guarded.evaluation(AlertRules.SOURCE_SILENT, AlertRules.SOURCE_SILENT, this::silent),
                Guarded.evaluation(AlertRules.INGEST_BEHIND, AlertRules.INGEST_BEHIND, this::behind));
    }

    private Evaluation silent() {
        String rule = AlertRules.SOURCE_SILENT;
        // entries that wait uncounted are not silence: blind says so
        if (sight.blind() != null) {
            return said(rule, Verdict.HOLDS, sight.blind());
        }
        if (sight.look().windows().newest() == null) {
            return said(rule, Verdict.HOLDS, "no decision was ever counted");
        }
        Duration allowed = Duration.ofSeconds(sight.rules().rule(rule).seconds());
        Duration age = sight.age();
        boolean silent = age.compareTo(allowed) > 0;
        return said(
                rule,
                silent ? Verdict.FIRES : Verdict.CLEAR,
                "the newest decision is " + (silent ? "over " : "") + Words.span(age) + " old, " + Words.span(allowed)
                        + " are allowed");
    }

    private Evaluation behind() {
        String rule = AlertRules.INGEST_BEHIND;
        WindowsUpdated windows = sight.look().windows();
        if (sight.blind() != null && windows.state() != State.BEHIND) {
            return said(rule, Verdict.HOLDS, sight.blind());
        }
        Duration allowed = Duration.ofSeconds(sight.rules().rule(rule).seconds());
        boolean late = windows.behind().compareTo(allowed) > 0;
        String because = windows.behind().isZero()
                ? "everything is counted"
                : "the oldest entry that is not counted waits for " + (late ? "over " : "")
                        + Words.span(windows.behind()) + ", " + Words.span(allowed) + " are allowed";
        if (late) {
            return said(rule, Verdict.FIRES, because);
        }
        boolean current = windows.state() != State.BEHIND;
        return said(rule, current ? Verdict.CLEAR : Verdict.HOLDS, because);
    }

    private Evaluation said(String rule, Verdict verdict, String because) {
        return new Evaluation(
                rule,
                rule,
                WindowName.FIVE_MINUTES,
                verdict,
                verdict == Verdict.FIRES ? sight.rules().rule(rule).severity() : null,
                Figures.of(0, sight.base(WindowName.FIVE_MINUTES).total()),
                because,
                List.of());
    }
}
