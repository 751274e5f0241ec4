package quantum.p35.discord;

import io.vertx.core.Future;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.function.BinaryOperator;
import java.util.function.Predicate;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import quantum.p35.redis.Backoff;

/**
 * Brings one target what it has to be told: a step at a time, each recorded before the next, so that the order of an
 * incident's messages is kept. What fails is tried again with growing waits, by the state as it is then.
 */
final class Courier {

    private static final Logger LOG = LoggerFactory.getLogger(Courier.class);

    private final DiscordTarget target;
    private final Letter letter;
    private final Webhook webhook;
    private final Ledger ledger;
    private final InstantSource clock = InstantSource.system();
    private final Backoff backoff;
    private final Tally tally;
    private final Volume volume = new Volume();
    private final Refusals refusals;

    private Future<Void> inHand = Future.succeededFuture();
    private boolean busy;
    private long retryAtNanos = System.nanoTime();
    private Instant delivered;
    private String trouble;
    private String broken;
    private String refusal;
    private String guild;
    private boolean guildAsked;

    Courier(Letter letter, Webhook webhook, Ledger ledger, Pace pace, Tally tally) {
        this.target = letter.target();
        this.letter = letter;
        this.webhook = webhook;
        this.ledger = ledger;
        this.tally = tally;
        this.refusals = new Refusals(pace.refused());
        this.backoff =
                new Backoff(pace.firstWait().toMillis(), pace.longestWait().toMillis(), ThreadLocalRandom.current());
    }

    String name() {
        return target.name();
    }

    Webhook webhook() {
        return webhook;
    }

    /** Null when Discord takes our messages, else why it never will. */
    String broken() {
        return broken;
    }

    /** Null when the last call was done, else why it was not. */
    String trouble() {
        return trouble;
    }

    /** Null when Discord shows every alert as it is, else how many it refused to, and why the last time. */
    String refused() {
        long alerts = Step.refused(ledger.incidents(), target, refusals::refused, clock.instant());
        if (alerts == 0) {
            return null;
        }
        String why = refusal == null ? "before the last start" : refusal;
        return alerts + (alerts == 1 ? " alert is" : " alerts are")
                + " not told as it stands, Discord refused the message: " + why;
    }

    /** What to do about a webhook that Discord refuses. */
    String renew() {
        return "make a new webhook, " + target.renew()
                + "; when it was mended at Discord's side, ./p35 discord test takes it up again";
    }

    /** When Discord took the last message; null when it took none since the start. */
    Instant delivered() {
        return delivered;
    }

    /** Completes when the call in hand is over and recorded. */
    Future<Void> inHand() {
        return inHand;
    }

    /** Messages that are still to be posted or edited. */
    int waiting() {
        int messages = Step.waiting(ledger.incidents(), target, clock.instant()).size()
                + Step.stale(ledger.incidents(), target).size();
        tally.waiting(messages);
        return messages;
    }

    void close() {
        tally.close();
    }

    /** It works again: a test succeeded. */
    void revive() {
        if (broken != null) {
            LOG.info("Discord target '{}' works again", name());
        }
        broken = null;
        tally.broken(false);
        trouble = null;
        retryAtNanos = System.nanoTime();
        backoff.reset();
    }

    /** Does what is due, if anything is and may be done now. @param then called when more may be due */
    void pump(Runnable then) {
        Instant now = clock.instant();
        if (busy || broken != null || !ledger.ready() || System.nanoTime() - retryAtNanos < 0 || !webhook.open()) {
            return;
        }
        Instant steady = RateLimit.STEADY.instant();
        Step step = Step.next(
                ledger.incidents(),
                target,
                (what, says) -> refusals.held(what, says, steady),
                waiting -> volume.next(waiting, steady),
                now);
        if (step instanceof Step.Rest) {
            return;
        }
        busy = true;
        inHand = Future.succeededFuture(step)
                .compose(this::take)
                .onFailure(error -> LOG.warn("Discord target '{}': {}", name(), error.getMessage(), error))
                .otherwise(false)
                .map(more -> {
                    busy = false;
                    if (more) {
                        then.run();
                    }
                    return null;
                });
    }

    /** True when more may be due. */
    private Future<Boolean> take(Step step) {
        return switch (step) {
            case Step.Rest rest -> Future.succeededFuture(false);
            case Step.Post post -> post(post);
            case Step.Edit edit -> edit(edit);
        };
    }

    private Future<Boolean> post(Step.Post post) {
        return webhook.post(letter.post(post.incidents())).compose(answer -> {
            if (answer.verdict(false) == Answer.Verdict.REFUSED) {
                Instant now = RateLimit.STEADY.instant();
                return refused(
                        post.incidents(),
                        answer,
                        one -> refusals.last(one.id(), one.shown(), now),
                        (incident, told) -> incident.refused(name(), told));
            }
            if (!done(answer, false)) {
                return Future.succeededFuture(false);
            }
            tally.posted();
            volume.posted(post.incidents().size(), RateLimit.STEADY.instant());
            boolean digest = post.incidents().size() > 1;
            for (Incident shown : post.incidents()) {
                refusals.taken(shown.id());
                Place newest = shown.newest(name());
                boolean again = newest != null && newest.standing() == Place.Standing.DELETED;
                Place place = new Place(
                        answer.message(),
                        answer.body().path("channel_id").asText(null),
                        digest,
                        shown.alert().severity(),
                        shown.shown(),
                        again ? Place.Standing.STANDS_AGAIN : Place.Standing.STANDS);
                ledger.record(shown.id(), incident -> incident.posted(name(), place));
            }
            return ledger.save().map(true);
        });
    }

    private Future<Boolean> edit(Step.Edit edit) {
        return guild(edit)
                .compose(known -> webhook.edit(edit.message(), letter.edit(edit.message(), edit.incidents(), guild)))
                .compose(answer -> {
                    if (answer.verdict(true) == Answer.Verdict.REFUSED) {
                        boolean last =
                                refusals.last(edit.message(), Step.says(edit, target), RateLimit.STEADY.instant());
                        return refused(
                                edit.incidents(),
                                answer,
                                one -> last,
                                (incident, told) -> incident.change(
                                        name(),
                                        edit.message(),
                                        place -> place.refused(told.wanted(name(), at(edit.message(), told)))));
                    }
                    boolean gone = answer.verdict(true) == Answer.Verdict.MESSAGE_GONE;
                    if (!done(answer, true) && !gone) {
                        return Future.succeededFuture(false);
                    }
                    if (!gone) {
                        tally.edited();
                    }
                    refusals.taken(edit.message());
                    edit.incidents().forEach(shown -> record(edit.message(), shown, gone));
                    return ledger.save().map(true);
                });
    }

    /**
     * Discord does not take this message, but others. @param last whether it is not to be tried again @param mark what then
     * is recorded
     */
    private Future<Boolean> refused(
            List<Incident> told, Answer answer, Predicate<Incident> last, BinaryOperator<Incident> mark) {
        tally.failed(Answer.Verdict.REFUSED);
        refusal = answer.trouble();
        trouble = null;
        List<Incident> over = told.stream().filter(last).toList();
        LOG.error(
                "Discord target '{}' is not told of {}: it refuses the message, {}; {}",
                name(),
                told.stream().map(Incident::id).toList(),
                refusal,
                over.isEmpty() ? "trying again later" : "given up");
        over.forEach(one -> ledger.record(one.id(), incident -> mark.apply(incident, one)));
        return ledger.save().map(true);
    }

    /** @param shown the incident as it was when the message was written */
    private void record(String message, Incident shown, boolean gone) {
        Place place = at(message, shown);
        boolean newest = place == shown.newest(name());
        String says = shown.wanted(name(), place);
        ledger.record(
                shown.id(),
                incident -> incident.change(
                        name(), message, one -> gone ? one.lost(newest).showing(says) : one.showing(says)));
    }

    private Place at(String message, Incident incident) {
        return incident.at(name()).stream()
                .filter(place -> message.equals(place.message()))
                .findFirst()
                .orElseThrow();
    }

    /** The link from an old message to the new one needs the guild. Asked once; without it there is no link. */
    private Future<Void> guild(Step.Edit edit) {
        Incident first = edit.incidents().getFirst();
        boolean moved = !edit.message().equals(first.newest(name()).message());
        if (guildAsked || !moved) {
            return Future.succeededFuture();
        }
        guildAsked = true;
        return webhook.describe().map(answer -> {
            guild = answer.body().path("guild_id").asText(null);
            return null;
        });
    }

    /** Whether it was done; if not, what follows from that. */
    private boolean done(Answer answer, boolean aboutMessage) {
        Answer.Verdict verdict = answer.verdict(aboutMessage);
        if (verdict != Answer.Verdict.DONE) {
            tally.failed(verdict);
        }
        switch (verdict) {
            case DONE -> {
                revive();
                delivered = clock.instant();
            }
            case RATE_LIMITED -> inTrouble(answer.trouble() + ": waiting as long as it asks for");
            case LATER -> {
                retryAtNanos = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(backoff.nextMillis());
                inTrouble(answer.trouble() + ": trying again until it takes it");
            }
            case REFUSED -> throw new IllegalStateException("a refusal is handled by who knows the incidents");
            case MESSAGE_GONE -> LOG.info("Discord target '{}': a message is gone, {}", name(), answer.trouble());
            case WEBHOOK_BROKEN -> isBroken(answer);
        }
        return verdict == Answer.Verdict.DONE;
    }

    /** Nothing more is said until a test succeeds. */
    void isBroken(Answer answer) {
        broken = answer.trouble();
        tally.broken(true);
        LOG.error("Discord target '{}' is not used any more: {}; {}", name(), broken, renew());
    }

    private void inTrouble(String why) {
        if (!why.equals(trouble)) {
            LOG.warn("Discord target '{}': {}", name(), why);
        }
        trouble = why;
    }
}
