package quantum.p35.runtime;

import java.nio.file.Path;
import quantum.p35.aggregate.AggregateConfig;
import quantum.p35.api.Keys;
import quantum.p35.dashboard.DashboardConfig;
import quantum.p35.ingest.IngestConfig;
import quantum.p35.insight.InsightConfig;
import quantum.p35.redis.RedisSettings;

/**
 * Everything that a start needs to know, checked.
 *
 * @param catalogue file of the gates
 */
record Settings(RedisSettings redis, Keys keys, Path catalogue, Modules modules) {

    record Modules(IngestConfig ingest, AggregateConfig aggregate, InsightConfig insight, DashboardConfig dashboard) {}
}
