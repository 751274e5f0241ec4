package quantum.p35.drift;

import io.micrometer.core.instrument.MeterRegistry;
import io.vertx.core.Future;
import io.vertx.core.VerticleBase;
import io.vertx.core.eventbus.EventBus;
import java.time.Duration;
import java.time.InstantSource;
import java.util.UUID;
import java.util.function.Supplier;
import quantum.p35.api.Addresses;
import quantum.p35.api.Alert;
import quantum.p35.api.Alerts;
import quantum.p35.api.Answering;
import quantum.p35.api.Explain;
import quantum.p35.api.Failure;
import quantum.p35.api.GateCatalogue;
import quantum.p35.api.HealthBeat;
import quantum.p35.api.Instances;
import quantum.p35.api.Keys;
import quantum.p35.api.Silence;
import quantum.p35.api.Silences;
import quantum.p35.api.WindowsUpdated;
import quantum.p35.redis.Lease;
import quantum.p35.redis.RedisFailure;
import quantum.p35.redis.RedisLink;
import quantum.p35.redis.RedisSettings;

/** Turns windows into alerts. Every instance looks and answers; the holder of the lease {@code drift} decides. */
public final class DriftAlertVerticle extends VerticleBase {

    /** By then insight has told the windows, when it runs. */
    private static final long FIRST_LOOK_MILLIS = 2000;

    private final Supplier<AlertRules> rules;
    private final RedisSettings redis;
    private final Keys keys;
    private final GateCatalogue catalogue;
    private final MeterRegistry metrics;
    private InstantSource clock = InstantSource.system();
    private Duration period = Duration.ofSeconds(10);

    private RedisLink link;
    private Lease lease;
    private Watch watch;
    private DriftRecord record;
    private Answering questions;
    private HealthBeat beat;
    private Future<?> inHand = Future.succeededFuture();
    private long timer;

    /** @param rules asked at every look, so that an edit of {@code conf/alerts.yaml} takes effect */
    public DriftAlertVerticle(
            Supplier<AlertRules> rules,
            RedisSettings redis,
            Keys keys,
            GateCatalogue catalogue,
            MeterRegistry metrics) {
        this.rules = rules;
        this.redis = redis;
        this.keys = keys;
        this.catalogue = catalogue;
        this.metrics = metrics;
    }

    /** For tests, before it is deployed. */
    DriftAlertVerticle paced(InstantSource otherClock, Duration otherPeriod) {
        clock = otherClock;
        period = otherPeriod;
        return this;
    }

    @Override
    public Future<?> start() {
        link = RedisLink.open(vertx, redis, "p35-drift");
        lease = Lease.on(vertx, link, keys.lease("drift"), UUID.randomUUID().toString());
        record = new DriftRecord(metrics, Instances.of(vertx, "drift"));
        questions = new Answering(
                vertx.eventBus(), DriftAlertVerticle::kind, address -> record.failures(address)::increment);
        Known known = new Known(rules, keys, catalogue, clock, System::nanoTime);
        AlertStore store = new AlertStore(link, keys);
        AlertEditor editor = new AlertEditor(store, vertx.eventBus(), record);
        watch = new Watch(vertx.eventBus(), known, store, editor, lease::ours);
        timer = vertx.setPeriodic(Math.min(FIRST_LOOK_MILLIS, period.toMillis()), period.toMillis(), id -> look());
        return link.tried()
                .compose(tried -> hear(known))
                .compose(hearing -> {
                    beat = new HealthBeat(vertx, "drift", deploymentID(), () -> record.condition(lease.held()));
                    return answer(known, new AlertDesk(store, editor, known, record::blind));
                })
                .recover(error -> stop().transform(stopped -> Future.failedFuture(error)));
    }

    /** One at a time: a look that Redis keeps waiting is not joined by the next. */
    private void look() {
        if (inHand.isComplete()) {
            long began = System.nanoTime();
            inHand = watch.look()
                    .onSuccess(seen -> record.looked(seen, Duration.ofNanos(System.nanoTime() - began)))
                    .onFailure(record::failed);
        }
    }

    private Future<Void> hear(Known known) {
        EventBus bus = vertx.eventBus();
        Future<Void> windows = bus.<WindowsUpdated>consumer(
                        Addresses.WINDOWS_UPDATED, message -> known.onWindows(message.body()))
                .completion();
        Future<Void> catalogues = bus.<GateCatalogue>consumer(
                        Addresses.CATALOGUE_CHANGED, message -> known.onCatalogue(message.body()))
                .completion();
        return Future.all(windows, catalogues).mapEmpty();
    }

    private Future<Void> answer(Known known, AlertDesk desk) {
        return questions
                .<Alerts.Question, Alerts.Answer>on(Addresses.DRIFT_ALERTS, desk::alerts)
                .<Alerts.Acknowledge, Alert>on(Addresses.DRIFT_ACKNOWLEDGE, desk::acknowledge)
                .<Silences.Question, Silences.Answer>on(Addresses.DRIFT_SILENCES, asked -> desk.silences())
                .<Silences.Add, Silence>on(Addresses.DRIFT_SILENCE, desk::silence)
                .<Silences.Remove, Silence>on(Addresses.DRIFT_UNSILENCE, desk::unsilence)
                .<Explain.Question, Explain.Answer>on(
                        Addresses.DRIFT_EXPLAIN,
                        asked -> Future.succeededFuture(
                                known.explanations(watch.seen()).of(asked)))
                .ready();
    }

    @Override
    public Future<?> stop() {
        vertx.cancelTimer(timer);
        if (beat != null) {
            beat.close();
        }
        record.close();
        return Future.join(questions.close(), inHand).eventually(lease::release).eventually(link::close);
    }

    /** What was sent to Redis without an answer may have been done. */
    private static Failure kind(Throwable error) {
        if (error instanceof RedisFailure redis) {
            return redis.outcomeUnknown() ? Failure.OUTCOME_UNKNOWN : Failure.UNAVAILABLE;
        }
        return Failure.INTERNAL;
    }
}
