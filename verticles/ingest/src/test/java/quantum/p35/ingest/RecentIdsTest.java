package quantum.p35.ingest;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class RecentIdsTest {

    private final RecentIds recent = new RecentIds();

    @Test
    void theNewestComesFirst() {
        add("1769954737000-0", "1769954737000-1", "18446744073709551615-18446744073709551615");
        assertEquals(
                List.of("18446744073709551615-18446744073709551615", "1769954737000-1", "1769954737000-0"),
                recent.newestFirst());
        recent.clear();
        assertEquals(List.of(), recent.newestFirst());
    }

    @Test
    void theOldestAreForgottenWhenThereAreTooMany() {
        IntStream.range(0, RecentIds.SIZE + 3).forEach(i -> add(i + "-0"));
        List<String> ids = recent.newestFirst();
        assertEquals(RecentIds.SIZE, ids.size());
        assertEquals(RecentIds.SIZE + 2 + "-0", ids.getFirst());
        assertEquals("3-0", ids.getLast());
    }

    private void add(String... ids) {
        recent.add(List.of(ids).stream().map(id -> new RawEntry(id, Map.of())).toList());
    }
}
