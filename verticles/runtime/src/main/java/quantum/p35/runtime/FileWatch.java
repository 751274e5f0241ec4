package quantum.p35.runtime;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.Map;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import quantum.p35.api.HealthBeat;
import quantum.p35.api.HealthReport.Level;

/**
 * Looks now and then whether a file was edited. A good edit is taken over; a broken one is refused, said once, and what was
 * read before stays in force. It polls, because a watch service does not see every kind of mount and editor.
 */
final class FileWatch<T> implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(FileWatch.class);
    static final long PERIOD_MILLIS = 2_000;

    /**
     * @param component its name in health
     * @param reader reads it anew; fails with a {@link StartProblem} that tells everything that is wrong
     * @param condition what health says of a content that is in force
     * @param taken hears of each good edit
     */
    record Source<T>(
            String component,
            Path file,
            Supplier<Future<T>> reader,
            Function<T, HealthBeat.Condition> condition,
            Consumer<T> taken) {}

    private final Vertx vertx;
    private final Source<T> source;
    private final long periodMillis;
    private long timer = -1;
    private volatile T newest;
    private String seen;
    private String refusal;
    private boolean looking;

    /** @param first what the service starts with, read from this file a moment ago */
    FileWatch(Vertx vertx, Source<T> source, T first, long periodMillis) {
        this.vertx = vertx;
        this.source = source;
        this.newest = first;
        this.periodMillis = periodMillis;
        this.seen = stamp(source.file);
    }

    String component() {
        return source.component;
    }

    void start() {
        timer = vertx.setPeriodic(periodMillis, id -> look());
    }

    /** What is in force now; from any thread. */
    T newest() {
        return newest;
    }

    private void look() {
        if (looking) {
            return;
        }
        looking = true;
        vertx.executeBlocking(() -> stamp(source.file))
                .compose(stamp -> stamp.equals(seen) ? Future.succeededFuture() : read(stamp))
                .onFailure(error -> LOG.warn("cannot look at {}", source.file, error))
                .onComplete(done -> looking = false);
    }

    private Future<Void> read(String stamp) {
        seen = stamp;
        return source.reader.get().map(this::take).otherwise(this::refuse).mapEmpty();
    }

    private Void take(T edited) {
        refusal = null;
        newest = edited;
        LOG.info("an edit is taken over: {}", source.condition.apply(edited).sentence());
        source.taken.accept(edited);
        return null;
    }

    private Void refuse(Throwable error) {
        refusal = error.getMessage();
        LOG.warn("an edit of {} is refused, what was read before stays in force: {}", source.file, refusal);
        return null;
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
        return refusal == null
                ? source.condition.apply(newest)
                : new HealthBeat.Condition(
                        Level.DEGRADED,
                        "an edit is refused, what was read before stays in force: " + refusal,
                        Map.of());
    }

    @Override
    public void close() {
        vertx.cancelTimer(timer);
    }
}
