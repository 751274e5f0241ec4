package quantum.p35.ingest;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Collections;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class ReadSizeTest {

    private final ReadSize size = new ReadSize(1000);

    @Test
    void beginsLowAndGrowsToTheConfiguredSize() {
        assertEquals(16, size.count());
        for (int read = 0; read < 6; read++) {
            size.answered(entries(size.count(), 200));
        }
        assertEquals(1000, size.count());
    }

    @Test
    void hugeEntriesAreReadOneByOneFromTheNextReadOn() {
        size.answered(entries(16, 200));
        size.answered(entries(32, 8 << 20));
        assertEquals(1, size.count());
        size.answered(entries(1, 200));
        assertEquals(2, size.count());
    }

    @Test
    void anAnswerStaysAboutFourMillionCharacters() {
        for (int read = 0; read < 10; read++) {
            size.answered(entries(size.count(), 100_000));
        }
        assertTrue(size.count() >= 30 && size.count() <= 42, "count " + size.count());
    }

    @Test
    void nothingReadTeachesNothing() {
        size.answered(List.of());
        assertEquals(16, size.count());
    }

    @Test
    void aSmallConfiguredSizeIsNeverExceeded() {
        ReadSize small = new ReadSize(5);
        assertEquals(5, small.count());
        small.answered(entries(5, 10));
        assertEquals(5, small.count());
    }

    private static List<RawEntry> entries(int count, int chars) {
        return Collections.nCopies(count, new RawEntry("1-1", Map.of("details", "x".repeat(chars))));
    }
}
