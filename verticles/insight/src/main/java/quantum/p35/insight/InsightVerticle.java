package quantum.p35.insight;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.vertx.core.Future;
import io.vertx.core.VerticleBase;
import io.vertx.core.eventbus.EventBus;
import java.time.InstantSource;
import java.util.List;
import java.util.UUID;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import quantum.p35.api.Addresses;
import quantum.p35.api.Answering;
import quantum.p35.api.BucketsCommitted;
import quantum.p35.api.Drift;
import quantum.p35.api.Failure;
import quantum.p35.api.GateCatalogue;
import quantum.p35.api.Gates;
import quantum.p35.api.Guide;
import quantum.p35.api.HealthBeat;
import quantum.p35.api.Keys;
import quantum.p35.api.Symbols;
import quantum.p35.api.Timeline;
import quantum.p35.api.Why;
import quantum.p35.redis.Lease;
import quantum.p35.redis.RedisFailure;
import quantum.p35.redis.RedisLink;
import quantum.p35.redis.RedisSettings;

/** Turns minute buckets into answers. Redis is the truth: all that this keeps in memory can be thrown away. */
public final class InsightVerticle extends VerticleBase {

    private static final Logger LOG = LoggerFactory.getLogger(InsightVerticle.class);

    /** Two days of minutes are 24 pipelines of 120 commands each. */
    private static final int TIMELINES_AT_ONCE = 4;

    private static final int TIMELINES_WAITING = 64;

    private final RedisSettings redis;
    private final Keys keys;
    private final MeterRegistry metrics;
    private final InstantSource clock;
    private GateCatalogue catalogue;

    private RedisLink link;
    private Lease lease;
    private Refresh memory;
    private Answering questions;
    private List<HealthBeat> beats = List.of();

    public InsightVerticle(
            InsightConfig config, RedisSettings redis, Keys keys, GateCatalogue catalogue, MeterRegistry metrics) {
        this(redis, keys, catalogue, metrics, InstantSource.system());
    }

    InsightVerticle(
            RedisSettings redis, Keys keys, GateCatalogue catalogue, MeterRegistry metrics, InstantSource clock) {
        this.redis = redis;
        this.keys = keys;
        this.catalogue = catalogue;
        this.metrics = metrics;
        this.clock = clock;
    }

    @Override
    public Future<?> start() {
        link = RedisLink.open(vertx, redis, "p35-insight");
        questions = new Answering(vertx.eventBus(), InsightVerticle::kind, this::failures);
        BucketReader buckets = new BucketReader(link, keys);
        ProgressReader reader = new ProgressReader(link, keys);
        memory = new Refresh(vertx, clock, buckets, reader, metrics);
        lease = Lease.on(
                vertx, link, keys.lease("insight-windows"), UUID.randomUUID().toString());
        WindowKeys windowKeys = writeBack();
        link.onConnected(() -> {
            memory.onConnected();
            reader.readVersion().onFailure(error -> LOG.warn("cannot ask Redis for its version", error));
        });
        Announcements announcements = new Announcements(vertx.eventBus());
        return hear().compose(hearing -> memory.start(() -> {
                    Facts facts = memory.facts();
                    announcements.offer(facts, catalogue, clock.instant());
                    windowKeys.onRead(facts, clock.instant());
                }))
                .compose(read -> {
                    Conditions conditions = new Conditions(memory, reader);
                    beats = List.of(
                            new HealthBeat(vertx, "insight", deploymentID(), conditions::insight),
                            new HealthBeat(vertx, "redis", deploymentID(), conditions::redis));
                    return answer();
                })
                .recover(error -> stop().transform(stopped -> Future.failedFuture(error)));
    }

    private Future<Void> hear() {
        EventBus bus = vertx.eventBus();
        Future<Void> commits = bus.<BucketsCommitted>consumer(
                        Addresses.BUCKETS_COMMITTED,
                        message -> memory.onCommitted(message.body().minutes()))
                .completion();
        Future<Void> catalogues = bus.<GateCatalogue>consumer(
                        Addresses.CATALOGUE_CHANGED, message -> catalogue = message.body())
                .completion();
        return Future.all(commits, catalogues).mapEmpty();
    }

    private WindowKeys writeBack() {
        WindowKeys windowKeys = new WindowKeys(link, keys, lease, metrics);
        vertx.setPeriodic(WindowKeys.LOOK.toMillis(), timer -> windowKeys.look(memory.facts(), clock.instant()));
        return windowKeys;
    }

    private Future<Void> answer() {
        PlanCounts plans = new PlanCounts(link, keys, clock);
        WhyAnswer why = new WhyAnswer(memory, new SinceFinder(link, keys, memory, clock), plans, keys, clock);
        Tables tables = new Tables(vertx, memory, plans, new GatePast(link, keys, memory));
        TimelineReader timeline = new TimelineReader(link, keys, memory);
        Line line = new Line(TIMELINES_AT_ONCE, TIMELINES_WAITING);
        return questions
                .<Why.Question, Why.Answer>on(Addresses.INSIGHT_WHY, asked -> why.of(asked.window(), catalogue))
                .<Gates.Question, Gates.Answer>on(Addresses.INSIGHT_GATES, asked -> tables.gates(asked, catalogue))
                .<Symbols.Question, Symbols.Answer>on(
                        Addresses.INSIGHT_SYMBOLS, asked -> tables.symbols(asked, catalogue))
                .<Drift.Question, Drift.Answer>on(
                        Addresses.INSIGHT_DRIFT, asked -> Future.succeededFuture(tables.drift(asked, catalogue)))
                .<Timeline.Question, Timeline.Answer>on(
                        Addresses.INSIGHT_TIMELINE, asked -> line.ask(() -> timeline.read(asked)))
                .<Guide.Question, Guide.Answer>on(
                        Addresses.INSIGHT_GUIDE, asked -> Future.succeededFuture(GuideBook.answer(catalogue, asked)))
                .ready();
    }

    private static Failure kind(Throwable error) {
        return error instanceof RedisFailure ? Failure.UNAVAILABLE : Failure.INTERNAL;
    }

    private Runnable failures(String address) {
        return Counter.builder("p35.insight.failures")
                .description("Questions that insight could not answer")
                .tag("address", address)
                .register(metrics)::increment;
    }

    @Override
    public Future<?> stop() {
        beats.forEach(HealthBeat::close);
        return questions.close().eventually(() -> {
            memory.stop();
            return lease.release().eventually(link::close);
        });
    }
}
