package quantum.p35.aggregate;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import quantum.p35.api.Failure;
import quantum.p35.api.HealthReport.Level;

class CommitRecordTest {

    private static final long NOW = 7_000_000_000L;

    private final CommitRecord record = new CommitRecord(new SimpleMeterRegistry());

    @Test
    void aRefusalIsShownUntilTheBatchIsCounted() {
        record.failed(Failure.UNAVAILABLE.because("WRONGTYPE (key k)"), NOW);
        assertEquals(Level.DOWN, levelAfter(Duration.ofSeconds(14)));
        record.failed(
                Failure.UNAVAILABLE.because("WRONGTYPE (key k)"),
                NOW + Duration.ofSeconds(14).toNanos());
        assertEquals(Level.DOWN, levelAfter(Duration.ofSeconds(28)));
        record.committed(new BatchCommitter.Result(1, 0, 0, 0, 0), 1);
        assertEquals(Level.UP, levelAfter(Duration.ofSeconds(28)));
    }

    @Test
    void aRefusedBatchThatNeverComesAgainIsNoTroubleAnyMore() {
        record.failed(Failure.GROUP_GONE.because("NOGROUP"), NOW);
        assertEquals(Level.UP, levelAfter(Duration.ofSeconds(15)));
    }

    private Level levelAfter(Duration time) {
        return record.condition(null, NOW + time.toNanos()).level();
    }
}
