package quantum.p35.dashboard;

import io.vertx.core.Future;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Properties;
import quantum.p35.api.Addresses;
import quantum.p35.api.HealthReport;
import quantum.p35.api.Verticles;

/** Brings together what the instances report, what the runtime wants, and the figures of this process. */
final class HealthDesk {

    private static final Path PROC = Path.of("/proc/self/status");
    private static final String VERSION = version();

    private final Bus bus;
    private final HealthBook book = new HealthBook();

    HealthDesk(Bus bus) {
        this.bus = bus;
    }

    void take(HealthReport report) {
        book.take(report, now());
    }

    Future<Health> health() {
        return verticles(new Verticles.Question()).map(answer -> book.health(answer, process(), now()));
    }

    /** Empty when this process is ready, else what is missing: what becomes of other ones is no reason to restart it. */
    Future<List<String>> notReady() {
        return verticles(new Verticles.Question(Verticles.HERE)).map(book::notReady);
    }

    /** Null when the runtime does not answer: that is an answer too. */
    private Future<Verticles.Answer> verticles(Verticles.Question question) {
        return bus.ask(Addresses.RUNTIME_LIST, question, Verticles.Answer.class).otherwise((Verticles.Answer) null);
    }

    private static Instant now() {
        return Instant.now().truncatedTo(ChronoUnit.MILLIS);
    }

    private static Health.Process process() {
        Runtime runtime = Runtime.getRuntime();
        return new Health.Process(
                VERSION,
                ManagementFactory.getRuntimeMXBean().getUptime() / 1000,
                residentBytes(),
                runtime.totalMemory() - runtime.freeMemory());
    }

    /** A read of /proc touches no disk. Null where there is none. */
    private static Long residentBytes() {
        if (!Files.isReadable(PROC)) {
            return null;
        }
        try (var lines = Files.lines(PROC)) {
            return lines.filter(line -> line.startsWith("VmRSS:"))
                    .map(line -> Long.parseLong(line.replaceAll("\\D", "")) * 1024)
                    .findFirst()
                    .orElse(null);
        } catch (IOException | UncheckedIOException e) {
            return null;
        }
    }

    /** From what Maven puts into the jar; outside of a jar there is none. */
    private static String version() {
        try (InputStream file =
                HealthDesk.class.getResourceAsStream("/META-INF/maven/quantum.p35/p35-dashboard/pom.properties")) {
            Properties properties = new Properties();
            if (file != null) {
                properties.load(file);
            }
            return properties.getProperty("version", "development");
        } catch (IOException e) {
            throw new UncheckedIOException("cannot read the version from our own jar", e);
        }
    }
}
