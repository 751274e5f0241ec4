package quantum.p35.insight;

import java.time.Instant;

/**
 * Since when a cause holds: fed with minutes, newest first, it finds the begin of the newest unbroken run of minutes in
 * which the cause held {@value Verdict#HOLDS} % or more of the decisions. A minute without decisions neither holds nor breaks.
 */
final class Run {

    private Instant begin;
    private boolean broken;

    /** @param base decisions of that minute without repeats @param held those of them that the cause stopped */
    void back(Instant minute, long base, long held) {
        if (broken || base <= 0) {
            return;
        }
        if (held * 100 >= base * Verdict.HOLDS) {
            begin = minute;
        } else if (begin != null) {
            broken = true;
        }
    }

    /** Whether older minutes can change nothing. */
    boolean broken() {
        return broken;
    }

    /** Null when it held in no minute so far. */
    Instant begin() {
        return begin;
    }
}
