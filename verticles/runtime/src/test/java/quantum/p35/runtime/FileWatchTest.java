package quantum.p35.runtime;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.vertx.core.Vertx;
import io.vertx.junit5.VertxExtension;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import quantum.p35.api.Addresses;
import quantum.p35.api.BusMessages;
import quantum.p35.api.GateCatalogue;
import quantum.p35.api.HealthBeat;
import quantum.p35.api.HealthReport;
import quantum.p35.api.HealthReport.Level;
import quantum.p35.testkit.BusRecorder;

@ExtendWith(VertxExtension.class)
class FileWatchTest {

    private static final String EDITED = CatalogueFileTest.SMALLEST + "  - {code: cooldown, kind: blocking}\n";
    private static final String BROKEN = CatalogueFileTest.SMALLEST + "  - {code: cooldown, kind: bad}\n";

    @TempDir
    private Path folder;

    private Path file;
    private GateCatalogue first;
    private FileWatch<GateCatalogue> watch;
    private HealthBeat beat;
    private BusRecorder<GateCatalogue> published;
    private BusRecorder<HealthReport> health;

    @BeforeEach
    void watchAFile(Vertx vertx) throws IOException, StartProblem {
        BusMessages.register(vertx.eventBus());
        file = Files.writeString(folder.resolve("gates.yaml"), CatalogueFileTest.SMALLEST);
        published = BusRecorder.of(vertx, Addresses.CATALOGUE_CHANGED, GateCatalogue.class);
        health = BusRecorder.of(vertx, Addresses.HEALTH_CHANGED, HealthReport.class);
        watch = CatalogueFile.watch(vertx, file, 50);
        first = watch.newest();
        watch.start();
        beat = new HealthBeat(vertx, "catalogue", "0", watch::condition);
    }

    @AfterEach
    void stop() {
        beat.close();
        watch.close();
    }

    @Test
    void aGoodEditIsPublishedWhole() throws Exception {
        Files.writeString(file, EDITED);

        GateCatalogue catalogue = published.await(any -> true);

        assertTrue(catalogue.entry("cooldown").isPresent());
        assertEquals(catalogue, watch.newest());
    }

    @Test
    void anotherFileMovedInItsPlaceIsAnEditToo() throws Exception {
        replace(EDITED);

        assertTrue(published.await(any -> true).entry("cooldown").isPresent());
    }

    @Test
    void aBrokenEditIsRefusedWithItsReasonUntilItIsMended() throws Exception {
        replace(BROKEN);

        String sentence =
                health.await(report -> report.level() == Level.DEGRADED).sentence();

        Text.contains("gate 'cooldown': kind: gate kind 'bad'", sentence);
        assertEquals(first, watch.newest());

        replace(EDITED);

        published.await(any -> true);
        health.await(report -> report.level() == Level.UP && report.sentence().startsWith("4 gates"));
        assertEquals(1, published.messages().size());
    }

    @Test
    void aFileThatIsGoneLeavesTheOldCatalogue() throws Exception {
        Files.delete(file);

        String sentence =
                health.await(report -> report.level() == Level.DEGRADED).sentence();

        Text.contains("there is no such file", sentence);
        assertEquals(first, watch.newest());
    }

    /** At once: a file that is written in its place is empty for an instant, which would be one more edit. */
    private void replace(String content) throws IOException {
        Path other = Files.writeString(folder.resolve("gates.yaml.tmp"), content);
        Files.move(other, file, StandardCopyOption.ATOMIC_MOVE);
    }
}
