package quantum.p35.runtime;

import io.micrometer.core.instrument.MeterRegistry;
import java.util.List;
import java.util.function.Supplier;
import java.util.stream.Stream;
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
 * Every verticle that there is: the one list that a new one of ours is added to. Other people's stand in the
 * configuration.
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
        Stream<VerticleKind> ours = Stream.of(
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
        // last: one that does not end takes no time from those that still commit
        return Stream.concat(ours, modules.extensions().stream().map(VerticleKinds::extension))
                .toList();
    }

    private static VerticleKind extension(Extension extension) {
        return new VerticleKind(
                extension.name(),
                extension,
                extension.instances(),
                () -> new ExtensionVerticle(extension, ExtensionVerticle.START_SECONDS));
    }

    /** For the demo: a trading system to look at. */
    static VerticleKind simulator(Settings settings) {
        SimulatorConfig config = SimulatorConfig.DEFAULT;
        return new VerticleKind(
                "simulator", config, 1, () -> new SimulatorVerticle(config, settings.redis(), settings.keys()));
    }
}
