package quantum.p35.ingest;

import io.vertx.core.Future;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What becomes of entries that were read, and not confirmed as counted, when the group or Redis itself is another one: they
 * are delivered again, or lost. Either way they are not ours any more.
 */
final class Settlement {

    private static final Logger LOG = LoggerFactory.getLogger(Settlement.class);

    private final StreamClient client;
    private final CommitQueue queue;
    private final IngestRecord record;
    private final RecentIds recent = new RecentIds();

    Settlement(StreamClient client, CommitQueue queue, IngestRecord record) {
        this.client = client;
        this.queue = queue;
        this.record = record;
    }

    /** Remembers them: a failover may take them away. */
    void read(List<RawEntry> entries) {
        recent.add(entries);
    }

    /** While nothing is offered. @param before null at the first session @param owner unique to the instance */
    Future<Void> settle(StreamClient.Group before, StreamClient.Group now, String owner) {
        if (before == null || now.generation().equals(before.generation())) {
            return Future.succeededFuture();
        }
        return (now.making().equals(before.making()) ? history(owner) : making(owner)).map(settled -> {
            queue.drop();
            recent.clear();
            return null;
        });
    }

    /** The same group, and Redis is another one: a replica that took over may lack what was read last. */
    private Future<Void> history(String owner) {
        return client.gone(owner, recent.newestFirst()).map(gone -> {
            if (gone.entries() > 0) {
                LOG.warn(
                        "Redis failed over and lost what it had taken: {} entries that were read after {} are gone",
                        gone.entries(),
                        gone.kept().isEmpty() ? "an unknown id" : gone.kept());
                record.lost(gone.entries());
            }
            return null;
        });
    }

    private Future<Void> making(String owner) {
        if (queue.isEmpty()) {
            return Future.succeededFuture();
        }
        return client.regroup(owner, Batch.idsOf(queue.batches())).map(settled -> {
            if (settled.lost() > 0) {
                LOG.warn("the consumer group was made anew; {} entries in hand are lost", settled.lost());
            }
            return null;
        });
    }
}
