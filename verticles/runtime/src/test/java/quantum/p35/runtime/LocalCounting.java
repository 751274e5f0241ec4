package quantum.p35.runtime;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.vertx.core.Vertx;
import quantum.p35.aggregate.AggregateConfig;
import quantum.p35.aggregate.BucketAggregationVerticle;
import quantum.p35.api.Addresses;
import quantum.p35.api.BusMessages;
import quantum.p35.api.HealthReport;
import quantum.p35.api.Keys;
import quantum.p35.ingest.IngestConfig;
import quantum.p35.ingest.StreamIngestVerticle;
import quantum.p35.redis.RedisSettings;
import quantum.p35.testkit.BusRecorder;
import quantum.p35.testkit.Catalogues;

/** The verticles that count, in this Java machine, and what they say of their health. */
final class LocalCounting {

    private final Vertx vertx = Vertx.vertx();
    private final BusRecorder<HealthReport> health;
    private final RedisSettings redis;
    private final Keys keys;
    private String aggregate;

    LocalCounting(RedisSettings redis) {
        this(redis, Keys.DEFAULT, IngestConfig.DEFAULT);
    }

    LocalCounting(RedisSettings redis, Keys keys, IngestConfig config) {
        BusMessages.register(vertx.eventBus());
        health = BusRecorder.of(vertx, Addresses.HEALTH_CHANGED, HealthReport.class);
        this.redis = redis;
        this.keys = keys;
        withAggregate();
        vertx.deployVerticle(
                        new StreamIngestVerticle(config, redis, keys, Catalogues.fromConf(), new SimpleMeterRegistry()))
                .await();
    }

    void withAggregate() {
        aggregate = vertx.deployVerticle(
                        new BucketAggregationVerticle(AggregateConfig.DEFAULT, redis, keys, new SimpleMeterRegistry()))
                .await();
    }

    /** What is read from now on stays in hand. */
    void withoutAggregate() {
        vertx.undeploy(aggregate).await();
    }

    BusRecorder<HealthReport> health() {
        return health;
    }

    HealthReport.Level levelOf(String component) {
        return newest(component).level();
    }

    String sentenceOf(String component) {
        return newest(component).sentence();
    }

    private HealthReport newest(String component) {
        return health.messages().stream()
                .filter(report -> report.component().equals(component))
                .reduce((first, second) -> second)
                .orElseThrow();
    }

    /** All that was said. */
    String story() {
        return health.messages().toString();
    }

    void close() {
        health.close();
        vertx.close().await();
    }
}
