package quantum.p35.runtime;

import io.vertx.core.Vertx;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.Map;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import quantum.p35.api.Addresses;
import quantum.p35.api.GateCatalogue;
import quantum.p35.api.HealthBeat;
import quantum.p35.api.HealthReport.Level;

/**
 * Looks now and then whether the catalogue's file was edited. A good edit is published to everyone; a broken one is refused,
 * said once, and the old catalogue stays. It polls, because a watch service does not see every kind of mount and editor.
 */
final class CatalogueWatch implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(CatalogueWatch.class);
    static final long PERIOD_MILLIS = 2_000;

    private final Vertx vertx;
    private final Path file;
    private final long periodMillis;
    private long timer = -1;
    private volatile GateCatalogue newest;
    private String seen;
    private String refusal;
    private boolean looking;

    /** What a look found: one of the two is null. */
    private record Edit(String stamp, GateCatalogue catalogue, String refusal) {}

    /** @param read the catalogue that the service starts with, read from this file a moment ago */
    CatalogueWatch(Vertx vertx, Path file, GateCatalogue read, long periodMillis) {
        this.vertx = vertx;
        this.file = file;
        this.newest = read;
        this.periodMillis = periodMillis;
        this.seen = stamp(file);
    }

    void start() {
        timer = vertx.setPeriodic(periodMillis, id -> look());
    }

    /** The catalogue that counts now; from any thread. */
    GateCatalogue newest() {
        return newest;
    }

    private void look() {
        if (looking) {
            return;
        }
        looking = true;
        String before = seen;
        vertx.executeBlocking(() -> edit(file, before))
                .onSuccess(edit -> {
                    if (edit != null) {
                        take(edit);
                    }
                })
                .onFailure(error -> LOG.warn("cannot look at {}", file, error))
                .onComplete(done -> looking = false);
    }

    private static Edit edit(Path file, String before) {
        String stamp = stamp(file);
        if (stamp.equals(before)) {
            return null;
        }
        try {
            return new Edit(stamp, CatalogueFile.read(file), null);
        } catch (StartProblem e) {
            return new Edit(stamp, null, e.getMessage());
        }
    }

    private void take(Edit edit) {
        seen = edit.stamp;
        refusal = edit.refusal;
        if (edit.catalogue == null) {
            LOG.warn("an edit is refused, the old gate catalogue stays: {}", refusal);
            return;
        }
        newest = edit.catalogue;
        LOG.info("{}: {} gates, taken over", file, newest.entries().size());
        vertx.eventBus().publish(Addresses.CATALOGUE_CHANGED, newest);
    }

    /** Changes whenever the file does; the file's key too, since an editor may put another file in its place. */
    private static String stamp(Path file) {
        try {
            BasicFileAttributes now = Files.readAttributes(file, BasicFileAttributes.class);
            return now.lastModifiedTime() + " " + now.size() + " " + now.fileKey();
        } catch (IOException e) {
            return "cannot be read";
        }
    }

    HealthBeat.Condition condition() {
        Map<String, Object> figures = Map.of("gates", newest.entries().size());
        return refusal == null
                ? new HealthBeat.Condition(Level.UP, newest.entries().size() + " gates from " + file, figures)
                : new HealthBeat.Condition(
                        Level.DEGRADED, "an edit is refused, the old gate catalogue stays: " + refusal, figures);
    }

    @Override
    public void close() {
        vertx.cancelTimer(timer);
    }
}
