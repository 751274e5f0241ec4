package quantum.p35.drift;

import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import quantum.p35.api.Alert;
import quantum.p35.api.WindowName;

/**
 * {@code gate_growing}, an early warning: the share of the last 15 minutes is over that of the 45 minutes before by at least
 * so many points, with confidence, and still is in the last 5.
 *
 * <p>Both come from the windows of one look, so nothing is remembered and nothing is unknown after a restart. Only while such
 * an alert fires the share before it is the one that the alert was born with: a baseline that goes on learning would end the
 * alert by getting used to it. After some hours it is no early warning any more, the new share is how things are, and what is
 * too much of it other rules tell.
 *
 * <p>When a gate that stopped most gives way, the shares of all others rise though they stop no more than before. So the
 * growth must also show when the gate that fell most is left out of both.
 */
final class Growth {

    private static final String RULE = AlertRules.GATE_GROWING;
    private static final WindowName WINDOW = WindowName.FIFTEEN_MINUTES;

    private static final Duration EARLY = Duration.ofHours(3);

    private final Sight sight;
    private final Subject subject;

    Growth(Sight sight, Subject subject) {
        this.sight = sight;
        this.subject = subject;
    }

    /** Share without repeats; of an alert that fires, as it was when it began. Null when not known. */
    Double shareBefore() {
        if (sight.look().firing(subject.reason())) {
            return sight.look().alerts().get(subject.reason()).shareBefore();
        }
        Base before = sight.before();
        boolean known = before.size() >= sight.rules().evidence().decisions();
        return known ? Double.valueOf(before.share(before.count(subject.codes()))) : null;
    }

    /** @param told why this has nothing to add to what another rule tells of; null when it has */
    Evaluation growing(String told) {
        Base base = sight.base(WINDOW);
        long score = base.count(subject.codes());
        double points = sight.rules().rule(RULE).threshold();
        Double before = shareBefore();
        Figures figures = sight.figures(score, base, sight.confidence().of(score, base.size()), points)
                .with(before);
        if (subject.thresholds() == null) {
            return said(Verdict.CLEAR, figures, "it never alerts");
        }
        if (sight.blind() != null) {
            return said(Verdict.HOLDS, figures, sight.blind());
        }
        if (told != null) {
            return said(Verdict.CLEAR, figures, "held back, " + told);
        }
        boolean firing = sight.look().firing(subject.reason());
        if (firing && over(sight.look().alerts().get(subject.reason()))) {
            return said(Verdict.CLEAR, figures, "it grew over " + Words.span(EARLY) + " ago, that is its share now");
        }
        if (before == null) {
            return said(Verdict.HOLDS, figures, "too little is known of the time before");
        }
        Base now = sight.base(WindowName.FIVE_MINUTES);
        if (now.size() == 0) {
            return said(sight.ofNothing(now), figures, "no decisions in the last 5 minutes");
        }
        double growth = base.share(score) - before;
        String seen = "from " + Words.percent(before) + " to " + Words.percent(base.share(score)) + " within the hour ("
                + sight.seen(score, base, WINDOW) + ")";
        if (growth <= points - sight.clearance(points)) {
            return said(Verdict.CLEAR, figures, seen);
        }
        if (now.share(now.count(subject.codes())) - before <= points - sight.clearance(points)) {
            return said(Verdict.CLEAR, figures, seen + ", but no more in the last 5 minutes");
        }
        String tooLittle = sight.tooLittle(base);
        if (tooLittle != null) {
            return said(Verdict.HOLDS, figures, seen + ", but " + tooLittle);
        }
        return firing ? goesOn(figures, growth, seen) : begins(figures, score, seen);
    }

    private boolean over(Alert alert) {
        return !sight.look().now().isBefore(alert.since().plus(EARLY));
    }

    private Evaluation goesOn(Figures figures, double growth, String seen) {
        Verdict verdict = growth >= figures.threshold() ? Verdict.FIRES : Verdict.HOLDS;
        return said(verdict, figures, seen);
    }

    private Evaluation begins(Figures figures, long score, String seen) {
        Base base = sight.base(WINDOW);
        Base before = sight.before();
        long scoreBefore = before.count(subject.codes());
        double sure = sight.surely().growth(score, base.size(), scoreBefore, before.size());
        if (sure < figures.threshold()) {
            return said(
                    Verdict.HOLDS,
                    figures,
                    seen + ", but by " + points(sure) + " at least "
                            + sight.surely().words() + ", " + points(figures.threshold()) + " needed");
        }
        Base now = sight.base(WindowName.FIVE_MINUTES);
        if (now.share(now.count(subject.codes())) - before.share(scoreBefore) < figures.threshold()) {
            return said(Verdict.HOLDS, figures, seen + ", but less in the last 5 minutes");
        }
        String fallen = fallen(before, base);
        if (fallen != null && without(fallen, base) - without(fallen, before) < figures.threshold()) {
            return said(Verdict.HOLDS, figures, seen + ", but only because " + fallen + " gave way");
        }
        return said(
                Verdict.FIRES,
                figures,
                seen + ", by " + points(sure) + " at least " + sight.surely().words());
    }

    private static String points(double share) {
        return Words.count((long) Math.floor(100 * Math.max(0, share) + 1e-9), "point");
    }

    /** The other gate whose share fell most; null when none did. */
    private String fallen(Base before, Base base) {
        Set<String> others = new HashSet<>(before.gates().keySet());
        subject.codes().forEach(others::remove);
        return others.stream()
                .filter(gate -> fall(gate, before, base) > 0)
                .max((a, b) -> Double.compare(fall(a, before, base), fall(b, before, base)))
                .orElse(null);
    }

    private static double fall(String gate, Base before, Base base) {
        return before.share(before.count(List.of(gate))) - base.share(base.count(List.of(gate)));
    }

    /** The share of the decisions that this other gate did not stop. */
    private double without(String gate, Base base) {
        long rest = base.size() - base.count(List.of(gate));
        return rest == 0 ? 0 : (double) base.count(subject.codes()) / rest;
    }

    private Evaluation said(Verdict verdict, Figures figures, String because) {
        return new Evaluation(
                RULE,
                subject.reason(),
                WINDOW,
                verdict,
                verdict == Verdict.FIRES ? sight.rules().rule(RULE).severity() : null,
                figures,
                because,
                GateRules.symbols(sight, subject));
    }
}
