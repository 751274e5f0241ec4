package quantum.p35.runtime;

import io.micrometer.core.instrument.MeterRegistry;
import java.util.List;
import java.util.function.Supplier;
import quantum.p35.aggregate.BucketAggregationVerticle;
import quantum.p35.api.GateCatalogue;
import quantum.p35.api.Keys;
import quantum.p35.dashboard.WebDashboardVerticle;
import quantum.p35.ingest.StreamIngestVerticle;
import quantum.p35.insight.InsightVerticle;
import quantum.p35.redis.RedisSettings;
import quantum.p35.simulator.SimulatorConfig;
import quantum.p35.simulator.SimulatorVerticle;

/** Every verticle that there is: the one list that a new one is added to. */
final class VerticleKinds {

    private VerticleKinds() {}

    /**
     * @param catalogue gives the newest
     * @return in the order in which they stop: what feeds another one goes first
     */
    static List<VerticleKind> of(Settings settings, Supplier<GateCatalogue> catalogue, MeterRegistry metrics) {
        RedisSettings redis = settings.redis();
        Keys keys = settings.keys();
        Settings.Modules modules = settings.modules();
        return List.of(
                new VerticleKind(
                        "ingest",
                        modules.ingest().instances(),
                        () -> new StreamIngestVerticle(modules.ingest(), redis, keys, catalogue.get(), metrics)),
                new VerticleKind(
                        "aggregate",
                        modules.aggregate().instances(),
                        () -> new BucketAggregationVerticle(modules.aggregate(), redis, keys, metrics)),
                new VerticleKind(
                        "insight",
                        modules.insight().instances(),
                        () -> new InsightVerticle(modules.insight(), redis, keys, catalogue.get(), metrics)),
                new VerticleKind(
                        "dashboard",
                        modules.dashboard().instances(),
                        () -> new WebDashboardVerticle(modules.dashboard(), metrics)));
    }

    /** For the demo: a trading system to look at. */
    static VerticleKind simulator(Settings settings) {
        return new VerticleKind(
                "simulator",
                1,
                () -> new SimulatorVerticle(SimulatorConfig.DEFAULT, settings.redis(), settings.keys()));
    }
}
