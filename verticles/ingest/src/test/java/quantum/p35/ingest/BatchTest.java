package quantum.p35.ingest;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import quantum.p35.api.Decision;
import quantum.p35.api.Gate;
import quantum.p35.api.Outcome;

/** Is an id that turns out to be ACKed already lost, or known? */
class BatchTest {

    private static final long READ = 5_000_000_000L;

    @ParameterizedTest(name = "{0}")
    @CsvSource({
        "just read: nobody else had it,                      0, true",
        "not yet claimable,                                 54, true",
        "another consumer may have claimed and counted it,  55, false",
        "still only another consumer,                      299, false",
        "the guard ACKs uncounted from here on,            300, true"
    })
    void howLongItWasInHandTellsWhoCanHaveAckedIt(String name, long seconds, boolean fresh) {
        Batch batch = batch(true);
        assertEquals(fresh, offer(batch, Duration.ofSeconds(seconds)));
    }

    @Test
    void whatWasTakenUpMayBeCountedAlready() {
        assertFalse(offer(batch(false), Duration.ZERO));
    }

    @Test
    void anOfferWithoutAnswerMayBeCountedAlready() {
        Batch batch = batch(true);
        offer(batch, Duration.ZERO);
        batch.unanswered();
        assertFalse(batch.offered());
        assertFalse(offer(batch, Duration.ofSeconds(1)));
    }

    @Test
    void aRefusedOfferIsAsFreshAsBefore() {
        Batch batch = batch(true);
        offer(batch, Duration.ZERO);
        batch.refused();
        assertTrue(offer(batch, Duration.ofSeconds(1)));
    }

    @Test
    void claimingAnewStartsTheAgeAgain() {
        Batch batch = batch(true);
        assertTrue(batch.idleFor(
                Duration.ofSeconds(30), READ + Duration.ofSeconds(40).toNanos()));
        batch.claimed(true, READ + Duration.ofSeconds(40).toNanos());
        assertFalse(batch.idleFor(
                Duration.ofSeconds(30), READ + Duration.ofSeconds(60).toNanos()));
        assertTrue(offer(batch, Duration.ofSeconds(90)));
    }

    @Test
    void claimingAnewTooLateDoesNotMakeItFreshAgain() {
        Batch batch = batch(true);
        batch.claimed(true, READ + Duration.ofSeconds(70).toNanos());
        assertFalse(offer(batch, Duration.ofSeconds(71)));
    }

    @Test
    void whatClaimingAnewFoundGoneIsCountedAsLostAlready() {
        Batch batch = batch(true);
        batch.claimed(false, READ + Duration.ofSeconds(30).toNanos());
        assertFalse(offer(batch, Duration.ofSeconds(31)));
    }

    @Test
    void somebodyElseUnderOurNameMayHaveCountedIt() {
        Batch batch = batch(true);
        assertFalse(batch.offer("consumer", "1.0", false, READ + 1).fresh());
    }

    @Test
    void itsIdsAreThoseOfItsDecisionsAndThoseThatAreGone() {
        assertEquals(List.of("7-1", "5-1"), Batch.idsOf(List.of(batch(true))));
    }

    private static boolean offer(Batch batch, Duration age) {
        return batch.offer("consumer", "1.0", true, READ + age.toNanos()).fresh();
    }

    private static Batch batch(boolean ours) {
        Decision decision =
                new Decision("7-1", Instant.EPOCH, Outcome.SKIP, Gate.NONE, null, null, Set.of(), List.of());
        return new Batch(List.of(decision), List.of("5-1"), ours, READ);
    }
}
