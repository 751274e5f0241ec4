package quantum.p35.runtime;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import quantum.p35.aggregate.AggregateConfig;
import quantum.p35.api.Keys;
import quantum.p35.dashboard.DashboardConfig;
import quantum.p35.discord.DiscordConfig;
import quantum.p35.drift.DriftConfig;
import quantum.p35.ingest.IngestConfig;
import quantum.p35.insight.InsightConfig;
import quantum.p35.redis.RedisSettings;

/**
 * Everything that a start needs to know, checked.
 *
 * @param catalogue file of the gates
 * @param alerts file of the alert rules
 * @param cluster counts when the process was told to be part of one
 */
record Settings(RedisSettings redis, Keys keys, Path catalogue, Path alerts, ClusterConfig cluster, Modules modules) {

    /** The sections that other settings have otherwise, and that only a restart can take over. */
    List<String> needingARestart(Settings edited) {
        List<String> sections = new ArrayList<>();
        if (!redis.equals(edited.redis) || !keys.equals(edited.keys)) {
            sections.add("redis");
        }
        if (!catalogue.equals(edited.catalogue) || !alerts.equals(edited.alerts)) {
            sections.add("runtime");
        }
        if (!cluster.equals(edited.cluster)) {
            sections.add("cluster");
        }
        return sections;
    }

    /** One section each. @param extensions in the order of the file */
    record Modules(
            IngestConfig ingest,
            AggregateConfig aggregate,
            InsightConfig insight,
            DriftConfig drift,
            DiscordConfig discord,
            DashboardConfig dashboard,
            List<Extension> extensions) {}
}
