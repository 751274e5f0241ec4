package quantum.p35.discord;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.time.InstantSource;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Keeps looking at what drift tells, and keeps the couriers going. Does nothing while somebody else has the lease. */
final class Delivery {

    private static final Logger LOG = LoggerFactory.getLogger(Delivery.class);

    private final Vertx vertx;
    private final Ledger ledger;
    private final List<Courier> couriers;
    private final Pace pace;
    private final InstantSource clock = InstantSource.system();

    private long timer = -1;
    private boolean looking;
    private boolean again;
    private boolean stopped;
    private Future<Void> look = Future.succeededFuture();
    private long nextLookNanos = System.nanoTime();
    private String trouble;

    Delivery(Vertx vertx, Ledger ledger, List<Courier> couriers, Pace pace) {
        this.vertx = vertx;
        this.ledger = ledger;
        this.couriers = couriers;
        this.pace = pace;
    }

    void start() {
        timer = vertx.setPeriodic(pace.tick().toMillis(), id -> tick());
    }

    private void tick() {
        if (!ledger.ours()) {
            return;
        }
        if (!ledger.loaded() || System.nanoTime() - nextLookNanos >= 0) {
            look();
        } else {
            pump();
        }
    }

    /** Somebody says that there is something new. */
    void look() {
        if (looking || stopped || !ledger.ours()) {
            again = looking;
            return;
        }
        looking = true;
        again = false;
        nextLookNanos = System.nanoTime() + pace.poll().toNanos();
        look = ledger.refresh(clock.instant())
                .onSuccess(done -> trouble = null)
                .onFailure(this::inTrouble)
                .otherwiseEmpty()
                .onComplete(done -> {
                    looking = false;
                    pump();
                    if (again) {
                        look();
                    }
                });
    }

    private void inTrouble(Throwable error) {
        String why = "cannot read or write the outbox: " + error.getMessage();
        if (!why.equals(trouble)) {
            LOG.warn("{}; trying again every {} s", why, pace.poll().toSeconds());
        }
        trouble = why;
    }

    private void pump() {
        if (!stopped) {
            couriers.forEach(courier -> courier.pump(this::pump));
        }
    }

    /** Null when the last reading succeeded. */
    String trouble() {
        return trouble;
    }

    /** Completes when all that is in hand is done and recorded; nothing more is begun. */
    Future<Void> stop() {
        stopped = true;
        vertx.cancelTimer(timer);
        return Future.join(couriers.stream().map(Courier::inHand).toList())
                .eventually(() -> look)
                .<Void>mapEmpty()
                .otherwiseEmpty();
    }
}
