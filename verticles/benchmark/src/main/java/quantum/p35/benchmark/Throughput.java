package quantum.p35.benchmark;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.vertx.core.Context;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.redis.client.Command;
import io.vertx.redis.client.Request;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import quantum.p35.aggregate.AggregateConfig;
import quantum.p35.aggregate.BucketAggregationVerticle;
import quantum.p35.api.BusMessages;
import quantum.p35.api.GateCatalogue;
import quantum.p35.api.Keys;
import quantum.p35.embedded.RedisServer;
import quantum.p35.ingest.IngestConfig;
import quantum.p35.ingest.StreamIngestVerticle;
import quantum.p35.redis.RedisLink;
import quantum.p35.redis.RedisSettings;
import quantum.p35.simulator.Load;
import quantum.p35.testkit.Catalogues;

/**
 * Entries a second from a full stream to counted in Redis, against the bare drain, in turns, in one JVM, on one Redis. The
 * first rounds warm up and do not count.
 */
final class Throughput {

    private static final int WARM_UP = 2;

    private final Vertx vertx = Vertx.vertx();
    private final RedisSettings redis;
    private final GateCatalogue catalogue;
    private final int entries;

    private Throughput(RedisSettings redis, GateCatalogue catalogue, int entries) {
        this.redis = redis;
        this.catalogue = catalogue;
        this.entries = entries;
        BusMessages.register(vertx.eventBus());
    }

    /** @param args entries in the stream (200 000), rounds that count (5) */
    public static void main(String[] args) throws Exception {
        int entries = args.length > 0 ? Integer.parseInt(args[0]) : 200_000;
        int rounds = args.length > 1 ? Integer.parseInt(args[1]) : 5;
        try (RedisServer server = RedisServer.start()) {
            Throughput throughput = new Throughput(RedisSettings.of(server.url()), Catalogues.fromConf(), entries);
            System.out.printf(
                    "Redis %s, %,d entries, %d rounds after %d to warm up%n",
                    server.version(), entries, rounds, WARM_UP);
            throughput.run(rounds);
            Waiting.on(throughput.vertx.close());
        }
    }

    private void run(int rounds) throws Exception {
        Load load = Waiting.on(Load.open(vertx, redis, Keys.DEFAULT, 35));
        Waiting.on(load.fill(entries));
        Waiting.on(load.close());
        List<Double> bare = new ArrayList<>();
        List<Double> counted = new ArrayList<>();
        for (int round = 0; round < WARM_UP + rounds; round++) {
            double bareRate = bare(round);
            double countedRate = counted(round);
            System.out.printf(Locale.ROOT, "round %d: bare %,.0f/s, counted %,.0f/s%n", round, bareRate, countedRate);
            if (round >= WARM_UP) {
                bare.add(bareRate);
                counted.add(countedRate);
            }
        }
        double bareMedian = median(bare);
        double countedMedian = median(counted);
        System.out.printf(
                Locale.ROOT,
                "median: bare %,.0f/s, counted %,.0f/s, ratio %.2f%n",
                bareMedian,
                countedMedian,
                countedMedian / bareMedian);
    }

    private double bare(int round) throws Exception {
        long begun = System.nanoTime();
        Context context = vertx.getOrCreateContext();
        Promise<Long> done = Promise.promise();
        context.runOnContext(go -> {
            RedisLink link = RedisLink.open(vertx, redis, "bare");
            link.tried()
                    .compose(tried -> new BareDrain(link, Keys.DEFAULT.stream(), "bare-" + round).run())
                    .onComplete(drained -> link.close())
                    .onComplete(done);
        });
        long drained = Waiting.on(done.future());
        return rate(drained, begun);
    }

    private double counted(int round) throws Exception {
        Keys keys = new Keys("bench:" + round, Keys.DEFAULT.stream(), "counted-" + round);
        long begun = System.nanoTime();
        String aggregate = Waiting.on(vertx.deployVerticle(
                new BucketAggregationVerticle(AggregateConfig.DEFAULT, redis, keys, new SimpleMeterRegistry())));
        String ingest = Waiting.on(vertx.deployVerticle(
                new StreamIngestVerticle(IngestConfig.DEFAULT, redis, keys, catalogue, new SimpleMeterRegistry())));
        Promise<Void> all = Promise.promise();
        vertx.getOrCreateContext().runOnContext(go -> {
            RedisLink link = RedisLink.open(vertx, redis, "watch");
            vertx.setPeriodic(5, timer -> link.send(
                            Request.cmd(Command.HGET).arg(keys.status()).arg("processed_total"))
                    .onSuccess(total -> {
                        if (total != null && total.toLong() == entries && all.tryComplete()) {
                            vertx.cancelTimer(timer);
                            link.close();
                        }
                    }));
        });
        Waiting.on(all.future());
        double rate = rate(entries, begun);
        Waiting.on(vertx.undeploy(ingest).compose(gone -> vertx.undeploy(aggregate)));
        return rate;
    }

    private static double rate(long entries, long begunNanos) {
        return entries / ((System.nanoTime() - begunNanos) / 1e9);
    }

    private static double median(List<Double> values) {
        List<Double> sorted = values.stream().sorted().toList();
        return sorted.get(sorted.size() / 2);
    }
}
