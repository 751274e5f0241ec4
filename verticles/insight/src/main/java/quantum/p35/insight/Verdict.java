package quantum.p35.insight;

import java.time.Duration;
import java.util.Arrays;
import java.util.Comparator;
import java.util.function.Predicate;
import quantum.p35.api.Gate;
import quantum.p35.api.GateCatalogue;
import quantum.p35.api.GateKind;
import quantum.p35.api.State;
import quantum.p35.api.WindowName;

/**
 * The answer as a value: the table of {@code docs/http-api.md}, row by row.
 *
 * @param asked the window of the question
 * @param askedSize decisions without repeats in that window
 * @param base what was judged: the asked window, or a larger one when that holds under {@value #ENOUGH} decisions
 * @param cause the gate or family that the answer names; null when it names none
 * @param unclear what the producers leave open; null but for UNCLEAR
 */
record Verdict(State state, WindowName asked, long askedSize, Base base, Cause cause, Unclear unclear) {

    /** Decisions under which a share says nothing. */
    static final int ENOUGH = 20;

    static final Duration BEHIND = Duration.ofSeconds(30);
    static final Duration SILENT = Duration.ofMinutes(5);

    /** Percent from which on a gate, or EXECUTE, counts for something. */
    static final int HOLDS = 20;

    /** Percent from which on a gate is worth a word although we trade. */
    private static final int DOMINATES = 40;

    /** Why nobody can tell what stops the decisions. */
    enum Unclear {
        UNKNOWN_VERDICT,
        NO_REASON,
        UNREPORTED,
        UNLISTED,
        /** Entries arrive, and none of them is about the last hour. */
        OLD_TIMES
    }

    static Verdict of(Facts facts, WindowName asked, GateCatalogue catalogue) {
        Base askedBase = Base.of(asked, facts.counts(asked), catalogue);
        Base base = askedBase;
        for (WindowName window : WindowName.values()) {
            if (window.compareTo(asked) > 0 && base.size() < ENOUGH) {
                base = Base.of(window, facts.counts(window), catalogue);
            }
        }
        State past = past(facts);
        Judgement judgement = past == null ? judge(base, catalogue) : Judgement.of(past);
        return new Verdict(judgement.state, asked, askedBase.size(), base, judgement.cause, judgement.unclear);
    }

    /** The rows under which the figures are not about now; null when they are. */
    private static State past(Facts facts) {
        Progress progress = facts.progress();
        if (facts.outage() != null) {
            return State.REDIS_DOWN;
        }
        if (progress.behind(facts.asOf()).compareTo(BEHIND) > 0) {
            return State.BEHIND;
        }
        if (progress.processed() == 0) {
            return State.NO_DATA;
        }
        boolean silent = progress.newestCounted() != null
                && Duration.between(progress.newestCounted(), facts.asOf()).compareTo(SILENT) > 0;
        return silent ? State.SILENT : null;
    }

    private record Judgement(State state, Cause cause, Unclear unclear) {

        static Judgement of(State state) {
            return new Judgement(state, null, null);
        }
    }

    private static Judgement judge(Base base, GateCatalogue catalogue) {
        if (base.size() == 0) {
            return base.repeats() > 0
                    ? Judgement.of(State.HOLDING)
                    : new Judgement(State.UNCLEAR, null, Unclear.OLD_TIMES);
        }
        if (base.holds(base.execute(), HOLDS)) {
            Cause but = base.largest(cause -> cause.kind().alarming(), DOMINATES, catalogue);
            return new Judgement(State.TRADING, but, null);
        }
        if (unclear(base) * 2 > base.stopped()) {
            return unclearMostly(base);
        }
        Cause blocking = base.largest(Verdict::stops, HOLDS, catalogue);
        if (blocking != null) {
            return new Judgement(State.BLOCKED, blocking, null);
        }
        Predicate<Cause> benign = cause -> cause.kind() == GateKind.BENIGN;
        long held = base.gates().stream().filter(benign).mapToLong(Cause::count).sum();
        return held * 2 > base.stopped()
                ? new Judgement(State.HOLDING, base.largest(benign, 0, catalogue), null)
                : Judgement.of(State.NOT_TRADING);
    }

    private static boolean stops(Cause cause) {
        return cause.kind() == GateKind.BLOCKING || cause.kind() == GateKind.ERROR;
    }

    /**
     * Stopped decisions that nobody can explain. Most decisions with an unknown verdict also have no reason, and a bucket
     * does not say how many: the larger of the two numbers, so that none is counted twice.
     */
    private static long unclear(Base base) {
        return Math.max(base.unknown(), base.none() + count(base, Unclear.UNREPORTED) + count(base, Unclear.UNLISTED));
    }

    private static Judgement unclearMostly(Base base) {
        Unclear largest = Arrays.stream(Unclear.values())
                .max(Comparator.<Unclear>comparingLong(unclear -> count(base, unclear))
                        .thenComparing(Comparator.reverseOrder()))
                .orElseThrow();
        Cause cause = base.gates().stream()
                .filter(gate -> gate.code().equals(gate(largest)))
                .findFirst()
                .orElse(null);
        return new Judgement(State.UNCLEAR, cause, largest);
    }

    private static long count(Base base, Unclear unclear) {
        return switch (unclear) {
            case UNKNOWN_VERDICT -> base.unknown();
            case NO_REASON -> base.none();
            case UNREPORTED, UNLISTED -> base.count(gate(unclear));
            case OLD_TIMES -> 0;
        };
    }

    private static String gate(Unclear unclear) {
        return switch (unclear) {
            case UNREPORTED -> Gate.UNREPORTED.code();
            case UNLISTED -> Gate.UNLISTED.code();
            case UNKNOWN_VERDICT, NO_REASON, OLD_TIMES -> "";
        };
    }

    /** Decisions of the base that the answer is about when it is UNCLEAR. */
    long unclearCount() {
        return unclear(base);
    }

    boolean widened() {
        return base.window() != asked;
    }
}
