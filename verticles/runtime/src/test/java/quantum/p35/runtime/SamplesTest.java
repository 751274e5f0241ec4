package quantum.p35.runtime;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import quantum.p35.api.Keys;
import quantum.p35.embedded.Binary;
import quantum.p35.embedded.RedisServer;
import quantum.p35.testkit.Samples;
import quantum.p35.testkit.Samples.Sample;
import quantum.p35.testkit.TestRedis;

class SamplesTest {

    @RegisterExtension
    static final TestRedis redis = new TestRedis(RedisServer.Options.DEFAULT.withBinary(Binary.PATH));

    private final Counted counted = new Counted(redis);
    private LocalCounting counting;

    @AfterEach
    void close() {
        counting.close();
    }

    @Test
    void everySampleEndsInItsOutcomeAndGate() throws Exception {
        List<Sample> samples = new ArrayList<>(Samples.all());
        assertFalse(samples.isEmpty());
        // the stream takes rising ids only
        samples.sort(
                Comparator.comparing((Sample sample) -> millis(sample.id())).thenComparing(s -> sequence(s.id())));
        counting = new LocalCounting(redis.settings());
        for (int i = 0; i < samples.size(); i++) {
            Sample sample = samples.get(i);
            Map<String, Long> before = sums();
            add(sample);
            long total = i + 1;
            Await.that(() -> counted.status("processed_total") == total, counted::story);
            assertEquals(
                    Map.of("decision:" + sample.outcome(), 1L, "reason:" + sample.gate(), 1L),
                    growth(before, sums()),
                    sample.name());
        }
        assertEquals(0, counted.pending());
    }

    private static long millis(String id) {
        return Long.parseLong(id.substring(0, id.indexOf('-')));
    }

    private static long sequence(String id) {
        return Long.parseLong(id.substring(id.indexOf('-') + 1));
    }

    private static void add(Sample sample) {
        List<String> command = new ArrayList<>(List.of("XADD", Keys.DEFAULT.stream(), sample.id()));
        sample.fields().forEach((name, value) -> command.addAll(List.of(name, value)));
        redis.cli(command.toArray(String[]::new));
    }

    /** Over all minutes, without what is counted for symbols. */
    private Map<String, Long> sums() {
        Map<String, Long> sums = new TreeMap<>();
        counted.buckets()
                .values()
                .forEach(bucket -> bucket.forEach((field, count) -> {
                    if (!field.startsWith("symbol_")) {
                        sums.merge(field, count, Long::sum);
                    }
                }));
        return sums;
    }

    private static Map<String, Long> growth(Map<String, Long> before, Map<String, Long> after) {
        Map<String, Long> growth = new TreeMap<>();
        after.forEach((field, count) -> {
            long more = count - before.getOrDefault(field, 0L);
            if (more != 0) {
                growth.put(field, more);
            }
        });
        return growth;
    }
}
