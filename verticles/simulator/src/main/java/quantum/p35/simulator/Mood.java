package quantum.p35.simulator;

import static quantum.p35.simulator.Situation.blocked;
import static quantum.p35.simulator.Situation.error;
import static quantum.p35.simulator.Situation.execute;
import static quantum.p35.simulator.Situation.skip;
import static quantum.p35.simulator.Situation.unknown;

import java.util.List;
import java.util.random.RandomGenerator;

/**
 * How the trading system fares: what happens to its new plans, and how many entries it writes. About every sixth entry
 * repeats an older plan on top of that, so the shares of all decisions are lower by a sixth.
 */
enum Mood {
    /** EXECUTE 40 %, SKIP 40 %, BLOCKED 16 %, ERROR under 3 % and UNKNOWN under 2 % of all decisions. */
    HEALTHY(
            1,
            "a healthy mixture. The page should say TRADING, with no_position the largest gate,"
                    + " once an incident is 5 minutes past",
            Mood::healthy),
    EXPLOSION(
            2,
            "a gate explosion. p33_permit_denied:no_exchange_snapshot stops 70 % of all decisions;"
                    + " the page should say 'Trading, but', then after 2 to 3 minutes BLOCKED, since when, and what to do;"
                    + " an alert fires after 2 to 4 minutes, gets worse, and ends by itself when all is well",
            Mood::explosion),
    SILENCE(
            0,
            "the producers fall silent. After 5 minutes the page should say SILENT:"
                    + " nothing is proposed, which is no gate's doing; soon after, the alert source_silent fires",
            List::of),
    ERRORS(
            2,
            "errors in free text. The page should count them as 'unlisted', show the raw texts, and say UNCLEAR"
                    + " after 2 to 3 minutes",
            Mood::errors);

    private record Share(double percent, Situation situation) {}

    private interface Shares {
        List<Share> list();
    }

    private final double pace;
    private final String announcement;
    private final List<Share> shares;
    private final double total;

    Mood(double pace, String announcement, Shares shares) {
        this.pace = pace;
        this.announcement = announcement;
        this.shares = shares.list();
        this.total = this.shares.stream().mapToDouble(Share::percent).sum();
    }

    /** Entries per ordinary entry. */
    double pace() {
        return pace;
    }

    /** For the log: what happens, and what the page should make of it. */
    String announcement() {
        return announcement;
    }

    Situation pick(RandomGenerator random) {
        double point = random.nextDouble(total);
        for (Share share : shares) {
            point -= share.percent;
            if (point < 0) {
                return share.situation;
            }
        }
        return shares.getLast().situation;
    }

    List<Situation> situations() {
        return shares.stream().map(Share::situation).toList();
    }

    private static List<Share> healthy() {
        return List.of(
                new Share(47, execute()),
                new Share(19.5, skip("no_position", "no_position", "p33_permit_denied:no_position")),
                new Share(4, skip("action_hold", "action_hold")),
                new Share(2, skip("dry_run", "")),
                new Share(0.9, skip("close_qty_zero", "close_qty_zero")),
                new Share(1, skip("none", "")),
                new Share(2, skip("unreported_gate", "kill_score_close_ok", "kill_score_open_ok")),
                new Share(2.7, blocked("p33_permit_denied:no_exchange_snapshot")),
                new Share(2.2, blocked("p33_permit_denied:stale_exchange_state")),
                new Share(3, blocked("p33_permit_denied:cooldown_in_flight")),
                new Share(1.8, blocked("p33_permit_denied:reconcile_required_qty_mismatch")),
                new Share(1.3, blocked("p33_permit_denied", "p33_permit_missing_or_denied")),
                new Share(2.8, blocked("not_in_allowlist", "symbol_not_in_allowlist:<S>")),
                new Share(2.8, blocked("leverage_ratio_exceeded")),
                new Share(1.1, blocked("insufficient_confidence")),
                new Share(0.3, blocked("position_limit", "position_limit_reached_<n>/10")),
                new Share(0.3, blocked("kill_score_warning_risk_increase")),
                new Share(1.2, binanceRefuses()),
                new Share(0.8, error("execution_failed", "execution_failed: order <n> was not acknowledged")),
                new Share(0.8, error("missing_required_fields", "missing_required_fields")),
                new Share(1.5, unknown()));
    }

    private static List<Share> explosion() {
        return List.of(
                new Share(85, blocked("p33_permit_denied:no_exchange_snapshot")),
                new Share(1, execute()),
                new Share(7, skip("no_position", "no_position", "p33_permit_denied:no_position")),
                new Share(3, blocked("not_in_allowlist", "symbol_not_in_allowlist:<S>")),
                new Share(3, blocked("leverage_ratio_exceeded")),
                new Share(1, binanceRefuses()));
    }

    private static List<Share> errors() {
        return List.of(
                new Share(
                        80,
                        error(
                                "unlisted",
                                "Margin check failed: need <n>.20 USDT, have <n>.07 <account 'spot'>",
                                "cannot reach the order gateway after <n> ms, giving up",
                                "unexpected answer {\"code\": -<n>, \"msg\": \"try again\"} for <S>",
                                "Traceback (most recent call last): KeyError \"mark_price\" at line <n>",
                                "stop price $<n>.5 > mark price $<n>.1, refused by the risk desk")),
                new Share(3, execute()),
                new Share(9, skip("no_position", "no_position")),
                new Share(4, blocked("p33_permit_denied:cooldown_in_flight")),
                new Share(4, binanceRefuses()));
    }

    private static Situation binanceRefuses() {
        return error(
                "binance_error",
                "binance_error:HTTPError 400: {\"code\":-2019,\"msg\":\"Margin is insufficient.\"}",
                "binance_error:HTTPError 400: {\"code\":-1111,\"msg\":\"Precision is over the maximum.\"}");
    }
}
