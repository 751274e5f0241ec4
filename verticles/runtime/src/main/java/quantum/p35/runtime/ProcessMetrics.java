package quantum.p35.runtime;

import com.sun.management.OperatingSystemMXBean;
import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.binder.BaseUnits;
import io.micrometer.core.instrument.binder.MeterBinder;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;

/** What the limits of the systemd unit are about, under the names and units that Prometheus knows from every process. */
final class ProcessMetrics implements MeterBinder {

    private static final double NANOS = 1e9;
    private static final Path STATUS = Path.of("/proc/self/status");

    private final CgroupLimits limits;

    ProcessMetrics(CgroupLimits limits) {
        this.limits = limits;
    }

    @Override
    public void bindTo(MeterRegistry registry) {
        OperatingSystemMXBean system = ManagementFactory.getPlatformMXBean(OperatingSystemMXBean.class);
        FunctionCounter.builder("process.cpu", system, bean -> bean.getProcessCpuTime() / NANOS)
                .description("CPU time of this process, user and system")
                .baseUnit("seconds")
                .register(registry);
        Gauge.builder("process.resident.memory", ProcessMetrics::residentBytes)
                .description("Resident memory of this process; NaN where the system does not tell")
                .baseUnit(BaseUnits.BYTES)
                .register(registry);
        Gauge.builder("p35.process.memory.limit", limits::memoryBytes)
                .description("Memory that the control group of this process may hold; NaN without a limit")
                .baseUnit(BaseUnits.BYTES)
                .register(registry);
        Gauge.builder("p35.process.cpu.limit", limits::cpuCores)
                .description("CPU quota of the control group of this process; NaN without one")
                .baseUnit("cores")
                .register(registry);
    }

    /** Linux only. */
    private static double residentBytes() {
        try {
            for (String line : Files.readAllLines(STATUS)) {
                if (line.startsWith("VmRSS:")) {
                    return Long.parseLong(line.replaceAll("[^0-9]", "")) * 1024.0;
                }
            }
        } catch (IOException e) {
            // no such file on this system
        }
        return Double.NaN;
    }
}
