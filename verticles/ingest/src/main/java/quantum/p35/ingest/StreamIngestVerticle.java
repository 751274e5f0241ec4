package quantum.p35.ingest;

import io.micrometer.core.instrument.MeterRegistry;
import io.vertx.core.Future;
import io.vertx.core.VerticleBase;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import quantum.p35.api.Addresses;
import quantum.p35.api.Answering;
import quantum.p35.api.Failure;
import quantum.p35.api.GateCatalogue;
import quantum.p35.api.HealthBeat;
import quantum.p35.api.Instances;
import quantum.p35.api.Keys;
import quantum.p35.api.Recent;
import quantum.p35.api.Version;
import quantum.p35.redis.RedisFailure;
import quantum.p35.redis.RedisLink;
import quantum.p35.redis.RedisSettings;

/**
 * Reads decision results from the stream, normalises them and hands them to aggregate. Each instance is a consumer of its
 * own in the group.
 */
public final class StreamIngestVerticle extends VerticleBase {

    private static final Duration OBSERVE = Duration.ofSeconds(1);
    private static final Duration TEND = Duration.ofSeconds(5);
    private static final Duration PATIENCE = Duration.ofSeconds(3);

    private final IngestConfig config;
    private final RedisSettings redis;
    private final Keys keys;
    private final GateCatalogue catalogue;
    private final MeterRegistry metrics;
    private final Instant started = Instant.now();

    private RedisLink reads;
    private RedisLink control;
    private StreamClient client;
    private StreamReader reader;
    private RecentEntries recent;
    private Normaliser normaliser;
    private IngestRecord record;
    private Answering questions;
    private HealthBeat health;

    public StreamIngestVerticle(
            IngestConfig config, RedisSettings redis, Keys keys, GateCatalogue catalogue, MeterRegistry metrics) {
        this.config = config;
        this.redis = redis;
        this.keys = keys;
        this.catalogue = catalogue;
        this.metrics = metrics;
    }

    @Override
    public Future<?> start() {
        reads = RedisLink.open(vertx, redis, "p35-ingest-read");
        control = RedisLink.open(vertx, redis, "p35-ingest");
        client = new StreamClient(reads, control, keys);
        record = new IngestRecord(metrics, Instances.of(vertx, "ingest"));
        reader = new StreamReader(vertx, client, new ConsumerName(vertx, control, keys), config, record);
        recent = new RecentEntries(client);
        onCatalogue(catalogue);
        Future.all(reads.tried(), control.tried()).onComplete(tried -> reader.begin());
        vertx.setPeriodic(OBSERVE.toMillis(), timer -> observe());
        vertx.setPeriodic(TEND.toMillis(), timer -> reader.tend());
        health = new HealthBeat(
                vertx, "ingest", context.deploymentID(), () -> record.condition(reader.trouble(), Instant.now()));
        questions = new Answering(vertx.eventBus(), StreamIngestVerticle::kind, address -> () -> {})
                .on(Addresses.INGEST_RECENT, (Recent.Question asked) -> recent.find(asked, normaliser, Instant.now()));
        Future<Void> catalogues = vertx.eventBus()
                .<GateCatalogue>consumer(Addresses.CATALOGUE_CHANGED, message -> onCatalogue(message.body()))
                .completion();
        return Future.all(questions.ready(), catalogues)
                .recover(error -> stop().transform(stopped -> Future.failedFuture(error)));
    }

    private static Failure kind(Throwable error) {
        return error instanceof RedisFailure ? Failure.UNAVAILABLE : Failure.INTERNAL;
    }

    private void onCatalogue(GateCatalogue next) {
        normaliser = new Normaliser(next);
        reader.normaliser(normaliser);
    }

    private void observe() {
        if (reader.consumer() == null || !control.connected()) {
            return;
        }
        client.observe(Map.of(
                        "consumer_name", reader.consumer(),
                        "service_start_ts", Long.toString(started.getEpochSecond()),
                        "version", Version.current()))
                .onSuccess(observation -> record.observed(observation, Instant.now()))
                .onFailure(error -> record.notObserved(error.getMessage()));
    }

    @Override
    public Future<?> stop() {
        return Future.join(questions.close(), reader.stop(PATIENCE)).transform(stopped -> {
            health.close();
            record.close();
            return Future.join(reads.close(), control.close());
        });
    }
}
