package quantum.p35.discord;

import io.micrometer.core.instrument.MeterRegistry;
import io.vertx.core.Future;
import io.vertx.core.VerticleBase;
import io.vertx.core.http.HttpClientAgent;
import io.vertx.core.http.HttpClientOptions;
import java.util.List;
import java.util.UUID;
import quantum.p35.api.Addresses;
import quantum.p35.api.AlertChange;
import quantum.p35.api.Answering;
import quantum.p35.api.DiscordTest;
import quantum.p35.api.Failure;
import quantum.p35.api.HealthBeat;
import quantum.p35.api.Instances;
import quantum.p35.api.Keys;
import quantum.p35.redis.Lease;
import quantum.p35.redis.RedisLink;
import quantum.p35.redis.RedisSettings;

/** Tells Discord of alerts: one message an incident, edited when its state changes. */
public final class DiscordNotifierVerticle extends VerticleBase {

    private final DiscordConfig config;
    private final RedisSettings redis;
    private final Keys keys;
    private final MeterRegistry metrics;
    private final Pace pace;

    private RedisLink link;
    private Lease lease;
    private HttpClientAgent client;
    private Buckets buckets;
    private List<Courier> couriers;
    private Delivery delivery;
    private Answering questions;
    private HealthBeat beat;

    public DiscordNotifierVerticle(DiscordConfig config, RedisSettings redis, Keys keys, MeterRegistry metrics) {
        this(config, redis, keys, metrics, Pace.DEFAULT);
    }

    DiscordNotifierVerticle(DiscordConfig config, RedisSettings redis, Keys keys, MeterRegistry metrics, Pace pace) {
        this.config = config;
        this.redis = redis;
        this.keys = keys;
        this.metrics = metrics;
        this.pace = pace;
    }

    @Override
    public Future<?> start() {
        link = RedisLink.open(vertx, redis, "p35-discord");
        lease = new Lease(vertx, link, keys.lease("discord"), UUID.randomUUID().toString());
        OutboxStore store = new OutboxStore(link, keys);
        buckets = new Buckets(
                store, config.targets().stream().map(DiscordTarget::name).toList());
        Ledger ledger = new Ledger(store, buckets, lease, config.targets());
        // a connection that Discord closed meanwhile would fail a POST of which nobody knows whether it was done
        client = vertx.createHttpClient(new HttpClientOptions().setKeepAlive(false));
        couriers = couriers(ledger);
        delivery = new Delivery(vertx, ledger, couriers, pace);
        if (!couriers.isEmpty()) {
            lease.keep();
            link.onConnected(lease::ask);
            delivery.start();
        }
        Conditions conditions = new Conditions(link, ledger, delivery, couriers);
        beat = new HealthBeat(vertx, "discord", deploymentID(), conditions::discord);
        return hear().recover(error -> stop().transform(stopped -> Future.failedFuture(error)));
    }

    private List<Courier> couriers(Ledger ledger) {
        return config.targets().stream()
                .map(target -> {
                    WebhookUrl url = WebhookUrl.of(target.name(), target.url());
                    Webhook webhook = new Webhook(client, url, pace.deadline(), buckets, target.name());
                    Tally tally = new Tally(metrics, target.name(), Instances.of(vertx, "discord." + target.name()));
                    return new Courier(new Letter(target, config.page()), webhook, ledger, pace, tally);
                })
                .toList();
    }

    private Future<Void> hear() {
        Future<Void> changes = vertx.eventBus()
                .<AlertChange>consumer(Addresses.ALERTS_CHANGED, change -> delivery.look())
                .completion();
        Future<Void> works = vertx.eventBus()
                .<String>consumer(Addresses.DISCORD_WORKS, target -> onWorks(target.body()))
                .completion();
        questions = new Answering(vertx.eventBus(), error -> Failure.INTERNAL, address -> () -> {})
                .on(Addresses.DISCORD_TEST, (DiscordTest.Question asked) -> test());
        return Future.all(changes, works, questions.ready()).mapEmpty();
    }

    private void onWorks(String target) {
        couriers.stream().filter(courier -> courier.name().equals(target)).forEach(Courier::revive);
    }

    private Future<DiscordTest.Answer> test() {
        Future<Void> known = couriers.isEmpty() ? Future.succeededFuture() : buckets.load();
        return known.otherwiseEmpty() // without Redis too it can be tested
                .compose(loaded -> Future.all(couriers.stream()
                        .map(courier -> new Trial(vertx, courier).run())
                        .toList()))
                .map(all -> new DiscordTest.Answer(all.<DiscordTest.Target>list()))
                .onSuccess(answer -> answer.targets().stream()
                        .filter(DiscordTest.Target::delivered)
                        .forEach(target -> vertx.eventBus().publish(Addresses.DISCORD_WORKS, target.name())));
    }

    @Override
    public Future<?> stop() {
        beat.close();
        couriers.forEach(Courier::close);
        return Future.join(questions.close(), delivery.stop())
                .eventually(lease::release)
                .eventually(link::close)
                .eventually(client::close);
    }
}
