package quantum.p35.runtime;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.function.Supplier;
import quantum.p35.api.HealthBeat;
import quantum.p35.api.HealthReport.Level;

/** What another configuration means for what runs: the verticles of the sections that changed are replaced, no other. */
final class Edits {

    private final Settings start;
    private final Supplier<Future<Settings>> reader;
    private final Function<Settings.Modules, List<VerticleKind>> kinds;

    /**
     * @param start what the service was started with
     * @param reader reads file, environment and flags again
     * @param kinds every kind, of this configuration
     */
    Edits(Settings start, Supplier<Future<Settings>> reader, Function<Settings.Modules, List<VerticleKind>> kinds) {
        this.start = start;
        this.reader = reader;
        this.kinds = kinds;
    }

    /** Every kind as the configuration is now; fails with a {@link StartProblem}. */
    Future<List<VerticleKind>> fresh() {
        return reader.get().map(settings -> kinds.apply(settings.modules()));
    }

    FileWatch<Settings> watch(Vertx vertx, Path file, Deployments deployments, long periodMillis) {
        String shown = Home.shown(file);
        FileWatch.Source<Settings> source = new FileWatch.Source<>(
                "configuration",
                file,
                reader,
                settings -> condition(shown, settings),
                settings -> deployments.follow(kinds.apply(settings.modules())));
        return new FileWatch<>(vertx, source, start, periodMillis);
    }

    private HealthBeat.Condition condition(String file, Settings settings) {
        List<String> waiting = start.needingARestart(settings);
        return waiting.isEmpty()
                ? new HealthBeat.Condition(Level.UP, "as in " + file, Map.of())
                : new HealthBeat.Condition(
                        Level.DEGRADED,
                        "as in " + file + ", but for the change in " + String.join(" and ", waiting)
                                + ": only a restart of the service takes it over",
                        Map.of());
    }
}
