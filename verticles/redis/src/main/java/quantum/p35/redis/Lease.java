package quantum.p35.redis;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.redis.client.Command;
import io.vertx.redis.client.Request;
import java.time.Duration;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The right to do a job that only one may do: a key that expires (SET NX PX), renewed while its holder lives.
 *
 * <p>A holder that was frozen finds its lease expired by its own monotonic clock before it acts again, so at most one
 * believes to hold it, within the precision of a pause between the look and the deed: what is done under a lease must
 * therefore be harmless when done twice.
 */
public final class Lease {

    private static final Logger LOG = LoggerFactory.getLogger(Lease.class);
    private static final Duration LIFE = Duration.ofSeconds(10);
    private static final Duration RENEWAL = Duration.ofSeconds(2);
    private static final Script RENEW = Script.of(
            "if redis.call('GET', KEYS[1]) == ARGV[1] then return redis.call('PEXPIRE', KEYS[1], ARGV[2]) end return 0");
    private static final Script GIVE_BACK =
            Script.of("if redis.call('GET', KEYS[1]) == ARGV[1] then return redis.call('DEL', KEYS[1]) end return 0");

    private final Vertx vertx;
    private final RedisLink link;
    private final String key;
    private final String owner;
    private long timer = -1;
    private boolean held;
    private boolean asking;
    private long expiresAtNanos;

    /** Does not ask for it yet. @param owner unique to the instance */
    public Lease(Vertx vertx, RedisLink link, String key, String owner) {
        this.vertx = vertx;
        this.link = link;
        this.key = key;
        this.owner = owner;
    }

    /** Asks for it now and then, for as long as it is not released, and renews it. */
    public static Lease on(Vertx vertx, RedisLink link, String key, String owner) {
        Lease lease = new Lease(vertx, link, key, owner);
        lease.keep();
        link.onConnected(() -> lease.ask());
        return lease;
    }

    /** Renews it, or asks for it again when it was lost, until it is released. */
    public void keep() {
        if (timer == -1) {
            timer = vertx.setPeriodic(RENEWAL.toMillis(), id -> ask());
        }
    }

    public boolean held() {
        return held && System.nanoTime() - expiresAtNanos < 0;
    }

    /** Asks once. Never fails: without an answer the lease is held as long as the last answer allows. */
    public Future<Boolean> ask() {
        if (asking) {
            return Future.succeededFuture(held());
        }
        asking = true;
        long askedAt = System.nanoTime();
        return (held ? renew() : take())
                .onSuccess(granted -> {
                    held = granted;
                    expiresAtNanos = askedAt + LIFE.toNanos();
                })
                .onFailure(error -> LOG.debug("lease {}: {}", key, error.getMessage()))
                .otherwise(error -> held())
                .onComplete(done -> asking = false);
    }

    private Future<Boolean> take() {
        Request set =
                Request.cmd(Command.SET).arg(key).arg(owner).arg("NX").arg("PX").arg(LIFE.toMillis());
        return link.send(set).map(answer -> answer != null);
    }

    private Future<Boolean> renew() {
        return link.run(RENEW, List.of(key), List.of(owner, Long.toString(LIFE.toMillis())))
                .map(answer -> answer.toInteger() == 1);
    }

    /** Gives it back so that the next one need not wait for its end. Never fails. */
    public Future<Void> release() {
        if (timer != -1) {
            vertx.cancelTimer(timer);
            timer = -1;
        }
        boolean had = held;
        held = false;
        return had
                ? link.run(GIVE_BACK, List.of(key), List.of(owner))
                        .<Void>mapEmpty()
                        .otherwiseEmpty()
                : Future.succeededFuture();
    }
}
