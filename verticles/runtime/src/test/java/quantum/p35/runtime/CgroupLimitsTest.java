package quantum.p35.runtime;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CgroupLimitsTest {

    @TempDir
    private Path folder;

    @Test
    void theLimitsOfTheUnitAreMetrics() throws IOException {
        Path group = group("0::/system.slice/p35.service\n");
        Files.writeString(group.resolve("memory.max"), "335544320\n");
        Files.writeString(group.resolve("cpu.max"), "50000 100000\n");
        PrometheusMeterRegistry registry = new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);

        new ProcessMetrics(limits()).bindTo(registry);

        Text.contains("\np35_process_memory_limit_bytes 3.3554432E8\n", registry.scrape());
        Text.contains("\np35_process_cpu_limit_cores 0.5\n", registry.scrape());
    }

    @Test
    void aLimitThatIsChangedMeanwhileIsSeen() throws IOException {
        Path file = group("0::/system.slice/p35.service\n").resolve("memory.max");
        CgroupLimits limits = limits();
        Files.writeString(file, "268435456\n");
        assertEquals(268435456, limits.memoryBytes());

        Files.writeString(file, "335544320\n");

        assertEquals(335544320, limits.memoryBytes());
    }

    @Test
    void withoutALimitItIsNoNumber() throws IOException {
        Path group = group("0::/system.slice/p35.service\n");
        Files.writeString(group.resolve("memory.max"), "max\n");
        Files.writeString(group.resolve("cpu.max"), "max 100000\n");

        assertEquals(new CgroupLimits(group), limits());
        assertEquals(Double.NaN, limits().memoryBytes());
        assertEquals(Double.NaN, limits().cpuCores());
    }

    @Test
    void aSystemThatDoesNotTellIsNoError() throws IOException {
        assertEquals(Double.NaN, limits().memoryBytes());
        group("4:memory:/system.slice/p35.service\n");
        assertEquals(Double.NaN, limits().cpuCores());
    }

    /** @param says the file /proc/self/cgroup */
    private Path group(String says) throws IOException {
        Files.writeString(folder.resolve("self"), says);
        return Files.createDirectories(folder.resolve("mount/system.slice/p35.service"));
    }

    private CgroupLimits limits() {
        return CgroupLimits.of(folder.resolve("self"), folder.resolve("mount"));
    }
}
