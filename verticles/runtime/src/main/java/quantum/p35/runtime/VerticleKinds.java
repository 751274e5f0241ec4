package quantum.p35.runtime;

import io.micrometer.core.instrument.MeterRegistry;
import java.util.List;
import java.util.function.Supplier;
import quantum.p35.aggregate.BucketAggregationVerticle;
import quantum.p35.api.GateCatalogue;
import quantum.p35.api.Keys;
import quantum.p35.dashboard.WebDashboardVerticle;
import quantum.p35.discord.DiscordNotifierVerticle;
import quantum.p35.drift.AlertRules;
import quantum.p35.drift.DriftAlertVerticle;
import quantum.p35.ingest.StreamIngestVerticle;
import quantum.p35.insight.InsightVerticle;
import quantum.p35.redis.RedisSettings;
import quantum.p35.simulator.SimulatorConfig;
import quantum.p35.simulator.SimulatorVerticle;

/**
 * Every verticle that there is: the one list that a new one is added to.
 *
 * @param start what the service was started with: where Redis is does not change while it runs
 * @param catalogue gives the newest
 * @param rules gives the newest
 */
record VerticleKinds(
        Settings start, Supplier<GateCatalogue> catalogue, Supplier<AlertRules> rules, MeterRegistry metrics) {

    /** In the order in which they stop: what feeds another one goes first. */
    List<VerticleKind> of(Settings.Modules modules) {
        RedisSettings redis = start.redis();
        Keys keys = start.keys();
        return List.of(
                new VerticleKind(
                        VerticleKind.INGEST,
                        modules.ingest(),
                        modules.ingest().instances(),
                        () -> new StreamIngestVerticle(modules.ingest(), redis, keys, catalogue.get(), metrics)),
                new VerticleKind(
                        VerticleKind.AGGREGATE,
                        modules.aggregate(),
                        modules.aggregate().instances(),
                        () -> new BucketAggregationVerticle(modules.aggregate(), redis, keys, metrics)),
                new VerticleKind(
                        "insight",
                        modules.insight(),
                        modules.insight().instances(),
                        () -> new InsightVerticle(modules.insight(), redis, keys, catalogue.get(), metrics)),
                new VerticleKind(
                        "drift",
                        modules.drift(),
                        modules.drift().instances(),
                        () -> new DriftAlertVerticle(rules, redis, keys, catalogue.get(), metrics)),
                new VerticleKind(
                        "discord",
                        modules.discord(),
                        modules.discord().instances(),
                        () -> new DiscordNotifierVerticle(modules.discord(), redis, keys, metrics)),
                new VerticleKind(
                        VerticleKind.DASHBOARD,
                        modules.dashboard(),
                        modules.dashboard().instances(),
                        () -> new WebDashboardVerticle(modules.dashboard(), metrics)));
    }

    /** For the demo: a trading system to look at. */
    static VerticleKind simulator(Settings settings) {
        SimulatorConfig config = SimulatorConfig.DEFAULT;
        return new VerticleKind(
                "simulator", config, 1, () -> new SimulatorVerticle(config, settings.redis(), settings.keys()));
    }
}
