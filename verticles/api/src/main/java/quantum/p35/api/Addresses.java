package quantum.p35.api;

/**
 * Every address of the event bus: who sends, who reads, what kind. One address, one message type; a request fails with a
 * {@link Failure} code. {@code local} addresses never leave the process.
 */
public final class Addresses {

    /** request, local; ingest → aggregate: {@link DecisionsRead}, answered by {@link DecisionsCommitted}. */
    public static final String DECISIONS_READ = "p35.decisions.read";

    /** publish; aggregate → insight: {@link BucketsCommitted}. */
    public static final String BUCKETS_COMMITTED = "p35.buckets.committed";

    /** publish; insight → drift, dashboard, anyone: {@link WindowsUpdated}. */
    public static final String WINDOWS_UPDATED = "p35.windows.updated";

    /** request; anyone → insight: {@link Why}. */
    public static final String INSIGHT_WHY = "p35.insight.why";

    /** request; anyone → insight: {@link Gates}. */
    public static final String INSIGHT_GATES = "p35.insight.gates";

    /** request; anyone → insight: {@link Symbols}. */
    public static final String INSIGHT_SYMBOLS = "p35.insight.symbols";

    /** request; anyone → insight: {@link Drift}. */
    public static final String INSIGHT_DRIFT = "p35.insight.drift";

    /** request; anyone → insight: {@link Timeline}. */
    public static final String INSIGHT_TIMELINE = "p35.insight.timeline";

    /** request; anyone → insight: {@link Guide}. */
    public static final String INSIGHT_GUIDE = "p35.insight.guide";

    /** request; anyone → ingest: {@link Recent}. */
    public static final String INGEST_RECENT = "p35.ingest.recent";

    /** publish; drift → discord, dashboard, anyone: one of the family {@link AlertChange}. */
    public static final String ALERTS_CHANGED = "p35.alerts.changed";

    /** request; anyone → drift: {@link Alerts}. */
    public static final String DRIFT_ALERTS = "p35.drift.alerts";

    /** request; anyone → drift: {@link Alerts.Acknowledge}, answered by {@link Alert}. */
    public static final String DRIFT_ACKNOWLEDGE = "p35.drift.acknowledge";

    /** request; anyone → drift: {@link Silences}. */
    public static final String DRIFT_SILENCES = "p35.drift.silences";

    /** request; anyone → drift: {@link Silences.Add}, answered by {@link Silence}. */
    public static final String DRIFT_SILENCE = "p35.drift.silence";

    /** request; anyone → drift: {@link Silences.Remove}, answered by {@link Silence}. */
    public static final String DRIFT_UNSILENCE = "p35.drift.unsilence";

    /** request; anyone → drift: {@link Explain}. */
    public static final String DRIFT_EXPLAIN = "p35.drift.explain";

    /** request; anyone → discord: {@link DiscordTest}. */
    public static final String DISCORD_TEST = "p35.discord.test";

    /** publish; discord → every discord: the name of a target whose test succeeded, a String. */
    public static final String DISCORD_WORKS = "p35.discord.works";

    /** publish; each instance → dashboard, every 5 s and on change: {@link HealthReport}. */
    public static final String HEALTH_CHANGED = "p35.health.changed";

    /** publish, without a body; anyone → each instance, which reports at once on {@link #HEALTH_CHANGED}. */
    public static final String HEALTH_ASKED = "p35.health.asked";

    /** publish, local; runtime → all, after an edit of {@code conf/gates.yaml}: {@link GateCatalogue}, whole. */
    public static final String CATALOGUE_CHANGED = "p35.catalogue.changed";

    /** request; anyone → runtime: {@link Verticles}. */
    public static final String RUNTIME_LIST = "p35.runtime.list";

    /** request; anyone → runtime: {@link Verticles.Scale}, answered by {@link Verticles.Deployed}. */
    public static final String RUNTIME_SCALE = "p35.runtime.scale";

    /** request; anyone → runtime: {@link Verticles.Redeploy}, answered by {@link Verticles.Deployed}. */
    public static final String RUNTIME_REDEPLOY = "p35.runtime.redeploy";

    /** request; anyone → runtime: {@link Verticles.Undeploy}, answered by {@link Verticles.Deployed}. */
    public static final String RUNTIME_UNDEPLOY = "p35.runtime.undeploy";

    /** publish; runtime → every other runtime, before it ends in order: the name of its node, a String. */
    public static final String RUNTIME_LEAVING = "p35.runtime.leaving";

    private Addresses() {}
}
