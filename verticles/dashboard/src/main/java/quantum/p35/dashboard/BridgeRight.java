package quantum.p35.dashboard;

import static java.util.Map.entry;

import java.util.Map;
import java.util.TreeSet;
import java.util.stream.Collectors;
import quantum.p35.api.Addresses;
import quantum.p35.api.Alerts;
import quantum.p35.api.DiscordTest;
import quantum.p35.api.Drift;
import quantum.p35.api.Explain;
import quantum.p35.api.Gates;
import quantum.p35.api.Guide;
import quantum.p35.api.Recent;
import quantum.p35.api.Silences;
import quantum.p35.api.Symbols;
import quantum.p35.api.Timeline;
import quantum.p35.api.Verticles;
import quantum.p35.api.Why;

/**
 * What a program at the bridge may do at an address. Whatever does not stand here is denied: an address that is new stays
 * inside until somebody lets it out.
 *
 * @param body record that is sent there; null for a fact, which is only listened to
 */
record BridgeRight(Kind kind, Class<? extends Record> body) {

    enum Kind {
        /** May be listened to. */
        FACT,
        /** May be asked: changes nothing. */
        QUESTION,
        /** May be sent by whoever showed the token: changes the world. */
        COMMAND
    }

    private static final Map<String, BridgeRight> RIGHTS = Map.ofEntries(
            entry(Addresses.WINDOWS_UPDATED, new BridgeRight(Kind.FACT, null)),
            entry(Addresses.ALERTS_CHANGED, new BridgeRight(Kind.FACT, null)),
            entry(Addresses.HEALTH_CHANGED, new BridgeRight(Kind.FACT, null)),
            entry(Addresses.CATALOGUE_CHANGED, new BridgeRight(Kind.FACT, null)),
            entry(Addresses.INSIGHT_WHY, new BridgeRight(Kind.QUESTION, Why.Question.class)),
            entry(Addresses.INSIGHT_GATES, new BridgeRight(Kind.QUESTION, Gates.Question.class)),
            entry(Addresses.INSIGHT_SYMBOLS, new BridgeRight(Kind.QUESTION, Symbols.Question.class)),
            entry(Addresses.INSIGHT_DRIFT, new BridgeRight(Kind.QUESTION, Drift.Question.class)),
            entry(Addresses.INSIGHT_TIMELINE, new BridgeRight(Kind.QUESTION, Timeline.Question.class)),
            entry(Addresses.INSIGHT_GUIDE, new BridgeRight(Kind.QUESTION, Guide.Question.class)),
            entry(Addresses.INGEST_RECENT, new BridgeRight(Kind.QUESTION, Recent.Question.class)),
            entry(Addresses.DRIFT_ALERTS, new BridgeRight(Kind.QUESTION, Alerts.Question.class)),
            entry(Addresses.DRIFT_SILENCES, new BridgeRight(Kind.QUESTION, Silences.Question.class)),
            entry(Addresses.DRIFT_EXPLAIN, new BridgeRight(Kind.QUESTION, Explain.Question.class)),
            entry(Addresses.RUNTIME_LIST, new BridgeRight(Kind.QUESTION, Verticles.Question.class)),
            entry(Addresses.DRIFT_ACKNOWLEDGE, new BridgeRight(Kind.COMMAND, Alerts.Acknowledge.class)),
            entry(Addresses.DRIFT_SILENCE, new BridgeRight(Kind.COMMAND, Silences.Add.class)),
            entry(Addresses.DRIFT_UNSILENCE, new BridgeRight(Kind.COMMAND, Silences.Remove.class)),
            entry(Addresses.DISCORD_TEST, new BridgeRight(Kind.COMMAND, DiscordTest.Question.class)),
            entry(Addresses.RUNTIME_SCALE, new BridgeRight(Kind.COMMAND, Verticles.Scale.class)),
            entry(Addresses.RUNTIME_REDEPLOY, new BridgeRight(Kind.COMMAND, Verticles.Redeploy.class)),
            entry(Addresses.RUNTIME_UNDEPLOY, new BridgeRight(Kind.COMMAND, Verticles.Undeploy.class)));

    /** Addresses that may be listened to, in order. */
    static final TreeSet<String> FACTS = RIGHTS.entrySet().stream()
            .filter(right -> right.getValue().kind == Kind.FACT)
            .map(Map.Entry::getKey)
            .collect(Collectors.toCollection(TreeSet::new));

    /** Null: nothing at all. */
    static BridgeRight at(String address) {
        return RIGHTS.get(address);
    }
}
