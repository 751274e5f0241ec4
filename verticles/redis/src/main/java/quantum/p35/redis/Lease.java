package quantum.p35.redis;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.time.Duration;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The right to do a job that only one may do: a key that expires, renewed while its holder lives.
 *
 * <p>A holder that was frozen finds its lease expired by its own monotonic clock before it acts again, so at most one
 * believes to hold it, within the precision of a pause between the look and the deed: what is done under a lease must
 * therefore be harmless when done twice.
 */
public final class Lease {

    private static final Logger LOG = LoggerFactory.getLogger(Lease.class);
    private static final Duration LIFE = Duration.ofSeconds(10);
    private static final Duration RENEWAL = Duration.ofSeconds(2);
    /**
     * Answers 1 when it was ours already, also by an earlier question whose answer was lost; 2 when it was nobody's and is
     * ours now; else 0. Who holds it ({@code ARGV[3]}) does not take it again at once: it was lost, and that is to be seen.
     */
    private static final Script ASK = Script.of("local holder = redis.call('GET', KEYS[1]) "
            + "if holder ~= ARGV[1] and (holder or ARGV[3] == 'held') then return 0 end "
            + "redis.call('SET', KEYS[1], ARGV[1], 'PX', ARGV[2]) "
            + "return holder and 1 or 2");

    private static final Script GIVE_BACK =
            Script.of("if redis.call('GET', KEYS[1]) == ARGV[1] then return redis.call('DEL', KEYS[1]) end return 0");

    private final Vertx vertx;
    private final RedisLink link;
    private final String key;
    private final String owner;
    private long timer = -1;
    private boolean held;
    private boolean asking;
    /** Null when the last request was answered. */
    private RedisFailure trouble;

    private long sinceNanos;
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

    /** Whether it is ours; fails, with the reason, when nobody could tell: Redis refused the last request, or did not answer. */
    public Future<Boolean> ours() {
        return held() || trouble == null ? Future.succeededFuture(held()) : Future.failedFuture(trouble);
    }

    /** Whether it has been held all the time since then ({@link System#nanoTime}): nobody else held it in between. */
    public boolean heldSince(long nanos) {
        return held() && nanos - sinceNanos >= 0;
    }

    /** Asks once. Never fails: without an answer the lease is held as long as the last answer allows. */
    public Future<Boolean> ask() {
        return request()
                .onFailure(error -> LOG.debug("lease {}: {}", key, error.getMessage()))
                .otherwise(error -> held());
    }

    /** Asks once; fails when there is no answer, which is not the same as somebody else holding it. */
    public Future<Boolean> request() {
        if (asking) {
            return Future.succeededFuture(held());
        }
        asking = true;
        long askedAt = System.nanoTime();
        List<String> args = List.of(owner, Long.toString(LIFE.toMillis()), held ? "held" : "");
        return link.run(ASK, List.of(key), args)
                .map(answer -> granted(answer.toInteger(), askedAt))
                .onComplete(done -> {
                    asking = false;
                    trouble = done.cause() instanceof RedisFailure failure
                            ? new RedisFailure(
                                    failure.kind(), "cannot ask for the lease " + key + ": " + failure.getMessage())
                            : null;
                });
    }

    private boolean granted(int answer, long askedAt) {
        if (answer != 1 || !held()) {
            sinceNanos = System.nanoTime(); // it may have been somebody else's meanwhile
        }
        held = answer > 0;
        expiresAtNanos = askedAt + LIFE.toNanos();
        return held;
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
