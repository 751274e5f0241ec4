package quantum.p35.insight;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.stream.Collectors;
import quantum.p35.api.WindowName;

/**
 * The answer in words, for a person who was just woken.
 *
 * @param now the current time, for ages and dates
 * @param since when the cause began; null when it names none or nobody knows
 * @param plans distinct plans that the cause stopped; null when not known
 * @param symbols how many symbols it stopped
 */
record Sentence(Verdict verdict, Facts facts, Instant now, Instant since, Long plans, int symbols) {

    private static final int MIXTURE = 4;

    String words() {
        return switch (verdict.state()) {
            case REDIS_DOWN -> redisDown();
            case BEHIND -> behind();
            case NO_DATA -> "No data: no decision was ever counted" + waiting() + ".";
            case SILENT -> silent();
            case TRADING -> trading() + asides();
            case UNCLEAR -> unclear() + asides();
            case BLOCKED -> "Not trading: " + cause("stops") + "." + asides();
            case HOLDING -> holding() + asides();
            case NOT_TRADING -> mixture() + asides();
        };
    }

    private String redisDown() {
        Facts.Outage outage = facts.outage();
        String since = "Redis has not answered since " + Words.time(outage.since(), now) + ago(outage.since()) + ": "
                + outage.reason() + ".";
        return facts.progress().equals(Progress.NONE)
                ? since + " No figures were ever read from it."
                : since + " The figures are from " + Words.time(facts.asOf(), now) + ".";
    }

    private String behind() {
        Instant oldest = facts.progress().oldestUncounted();
        Instant newest = facts.progress().newestCounted();
        return "Behind: entries have waited to be counted since " + Words.time(oldest, now) + ago(oldest)
                + ", so the figures are about the past"
                + (newest == null
                        ? ". No decision was ever counted."
                        : "; the newest entry counted is from " + Words.time(newest, now) + ".");
    }

    private String waiting() {
        return facts.progress().oldestUncounted() == null
                ? ", and no entry waits on the stream"
                : "; entries wait on the stream since "
                        + Words.time(facts.progress().oldestUncounted(), now);
    }

    private String silent() {
        Instant newest = facts.progress().newestCounted();
        return "Silent: nothing is proposed since " + Words.time(newest, now) + ago(newest)
                + ". All entries are counted, and no new one comes.";
    }

    private String trading() {
        String executed = Words.percent(verdict.base().execute(), verdict.base().size()) + " of decisions execute";
        if (verdict.cause() != null) {
            return "Trading, but " + cause("stops") + "; " + executed + ".";
        }
        return "Trading: " + executed + " (" + of(verdict.base().execute()) + ").";
    }

    private String unclear() {
        if (verdict.unclear() == Verdict.Unclear.OLD_TIMES) {
            return "Unclear: entries arrive, but none of them is about the last hour. "
                    + "The producers' timestamps are in the past.";
        }
        long count = verdict.unclearCount();
        String what = "Unclear: not trading, and "
                + Words.percent(count, verdict.base().stopped())
                + " of the decisions that did not execute do not say why ("
                + Words.number(count) + " of " + Words.number(verdict.base().stopped()) + " in "
                + Words.window(verdict.base().window()) + "). ";
        return what
                + switch (verdict.unclear()) {
                    case UNKNOWN_VERDICT -> "Most have a verdict that is not known: a producer has changed its words.";
                    case NO_REASON -> "Most report no reason at all: look at the producers.";
                    case UNREPORTED ->
                        "Most name only gates that were passed (unreported_gate)" + sinceThen()
                                + ": the producer does not report the gate that stopped them.";
                    case UNLISTED -> "Most give free text that no catalogue entry knows (unlisted)" + sinceThen() + ".";
                    case OLD_TIMES -> "";
                };
    }

    private String holding() {
        if (verdict.cause() == null) {
            return "Holding: nothing but repeats of what was decided before ("
                    + Words.number(verdict.base().repeats()) + " in " + Words.window(WindowName.ONE_HOUR)
                    + "); nothing new is decided.";
        }
        String meant =
                switch (verdict.cause().family()) {
                    case "dry_run" -> " The system would have traded and was told not to: is dry-run meant to be on?";
                    case "action_hold" -> " The proposals themselves say HOLD: is that meant?";
                    default -> "";
                };
        return "Holding, not blocked: " + cause("stops") + "." + meant;
    }

    private String mixture() {
        List<Cause> largest = verdict.base().gates().stream().limit(MIXTURE).toList();
        String gates = largest.stream()
                .map(gate -> gate.code() + " " + share(gate.count()))
                .collect(Collectors.joining(", "));
        return "Not trading, without a single cause: of "
                + Words.count(verdict.base().size(), "decision") + " in "
                + Words.window(verdict.base().window()) + " "
                + share(verdict.base().execute()) + " execute"
                + (gates.isEmpty() ? "." : "; the largest gates are " + gates + ".");
    }

    private String share(long count) {
        return Words.percent(count, verdict.base().size());
    }

    /** {@code p33_permit_denied:stale stops 62 % of decisions (1 234 of 2 000 in …, 41 plans, 8 symbols) since 14:02}. */
    private String cause(String verb) {
        long count = verdict.cause().count();
        return verdict.cause().code() + " " + verb + " " + share(count) + " of decisions (" + of(count)
                + (plans == null ? "" : ", " + Words.count(plans, "plan"))
                + (symbols == 0 ? "" : ", " + Words.count(symbols, "symbol")) + ")" + sinceThen();
    }

    private String of(long count) {
        return Words.number(count) + " of " + Words.number(verdict.base().size()) + " in "
                + Words.window(verdict.base().window());
    }

    private String sinceThen() {
        return since == null ? "" : " since " + Words.time(since, now);
    }

    private String ago(Instant then) {
        Duration age = Duration.between(then, now);
        return age.toSeconds() < 1 ? "" : " (" + Words.span(age) + ")";
    }

    /** What the reader must know about the figures: another window than asked for, few decisions, repeats left out. */
    private String asides() {
        Base base = verdict.base();
        if (base.size() == 0) {
            return "";
        }
        String wider = " There " + scarce(verdict.askedSize()) + " in " + Words.window(verdict.asked())
                + ", so this is about " + Words.window(base.window()) + ".";
        String few = " That is few: " + Words.count(base.size(), "decision") + ".";
        String repeats =
                " " + Words.count(base.repeats(), "repeat") + (base.repeats() == 1 ? " is" : " are") + " left out.";
        return (verdict.widened() ? wider : "")
                + (base.size() < Verdict.ENOUGH ? few : "")
                + (base.repeats() > 0 ? repeats : "");
    }

    private static String scarce(long decisions) {
        return switch ((int) decisions) {
            case 0 -> "was no decision";
            case 1 -> "was only 1 decision";
            default -> "were only " + Words.number(decisions) + " decisions";
        };
    }
}
