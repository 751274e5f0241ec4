package quantum.p35.insight;

import java.util.ArrayList;
import java.util.List;
import quantum.p35.api.CatalogueEntry;
import quantum.p35.api.GateCatalogue;
import quantum.p35.api.Keys;

/** What to do, first things first. */
final class Advice {

    private static final String UNIT = "quantum-p35-decision-intelligence";

    private Advice() {}

    /** @param worstSymbol the one that the cause stops most; null when nobody knows */
    static List<String> of(Verdict verdict, GateCatalogue catalogue, String worstSymbol, Keys keys) {
        String newest = "redis-cli XREVRANGE " + keys.stream() + " + - COUNT 5";
        return switch (verdict.state()) {
            case REDIS_DOWN ->
                List.of(
                        "redis-cli PING  # add -h, -p, -a as this service's Redis URL has them",
                        "systemctl status redis-server",
                        "when it answers PING: journalctl -u " + UNIT + " -n 50");
            case BEHIND ->
                List.of(
                        "redis-cli XPENDING " + keys.stream() + " " + keys.group(),
                        "redis-cli XINFO GROUPS " + keys.stream(),
                        "systemctl status " + UNIT,
                        "nothing moves after a minute: systemctl restart " + UNIT
                                + " (nothing is lost or counted twice)");
            case NO_DATA ->
                List.of(
                        newest + "  # empty: no producer has written yet",
                        "redis-cli HGETALL " + keys.status(),
                        "entries are there and none is counted: systemctl status " + UNIT);
            case SILENT ->
                List.of(
                        newest + "  # the last thing that was proposed",
                        "redis-cli XREVRANGE quantum:stream:apply.plan + - COUNT 5  # are there plans at all?",
                        "systemctl list-units 'quantum-*' --state=failed  # did a producer die?");
            case UNCLEAR -> {
                List<String> actions = new ArrayList<>(List.of(
                        newest, "redis-cli ZREVRANGE " + keys.unknownTop() + " 0 9 WITHSCORES  # texts nobody knows"));
                actions.addAll(guide(verdict.cause(), catalogue, worstSymbol));
                yield actions;
            }
            case HOLDING -> verdict.cause() == null ? List.of(newest) : guide(verdict.cause(), catalogue, worstSymbol);
            case TRADING, BLOCKED -> guide(verdict.cause(), catalogue, worstSymbol);
            case NOT_TRADING ->
                verdict.base().gates().isEmpty()
                        ? List.of(newest)
                        : guide(verdict.base().gates().getFirst(), catalogue, worstSymbol);
        };
    }

    private static List<String> guide(Cause cause, GateCatalogue catalogue, String worstSymbol) {
        if (cause == null) {
            return List.of();
        }
        CatalogueEntry entry = catalogue.entry(cause.family()).orElse(null);
        if (entry == null) {
            return List.of("the gate catalogue has no entry for " + cause.code()
                    + ": ask the producer's code what it means, then add it to conf/gates.yaml");
        }
        List<String> actions = new ArrayList<>();
        entry.places().forEach(place -> actions.add(worstSymbol == null ? place : place.replace("<S>", worstSymbol)));
        entry.actions().forEach(action -> actions.add(words(action)));
        return actions;
    }

    private static String words(CatalogueEntry.Action action) {
        return (action.when() == null ? "" : action.when() + ": ")
                + action.action()
                + (action.time() == null ? "" : " (" + action.time() + ")");
    }
}
