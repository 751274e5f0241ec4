package quantum.p35.runtime;

import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.VertxBuilder;
import io.vertx.core.VertxOptions;
import io.vertx.micrometer.MicrometerMetricsFactory;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import quantum.p35.api.BusMessages;
import quantum.p35.api.GateCatalogue;
import quantum.p35.api.Version;
import quantum.p35.drift.AlertRules;

/** Brings the service up in this process, and down again when the process is told to end. */
final class Launch {

    private static final Logger LOG = LoggerFactory.getLogger(Launch.class);

    /** ingest, aggregate, insight, drift, discord and dashboard each get one of their own. */
    private static final int EVENT_LOOPS = 6;

    /** For files only: nothing of ours blocks. */
    private static final int WORKERS = 2;

    private static final long STOP_MILLIS = 4_800;

    private final ConfigLayers layers;
    private final Environment environment;
    private final Home home;
    private final PrometheusMeterRegistry metrics = Metrics.registry();
    private final Vertx vertx;
    private final Nodes nodes;

    /** This process alone. */
    Launch(ConfigLayers layers, Environment environment, Home home) {
        this.layers = layers;
        this.environment = environment;
        this.home = home;
        this.vertx = builder().with(options()).build();
        this.nodes = Nodes.ALONE;
    }

    /** This process as a node of the cluster. */
    private Launch(Launch alone, ClusterConfig config) throws StartProblem {
        this.layers = alone.layers;
        this.environment = alone.environment;
        this.home = alone.home;
        Cluster cluster = Cluster.join(config, options(), builder(), home::resolve);
        this.vertx = cluster.vertx();
        this.nodes = cluster;
    }

    private VertxBuilder builder() {
        return Vertx.builder().withMetrics(new MicrometerMetricsFactory(metrics));
    }

    private static VertxOptions options() {
        return new VertxOptions()
                .setEventLoopPoolSize(EVENT_LOOPS)
                .setWorkerPoolSize(WORKERS)
                .setInternalBlockingPoolSize(WORKERS)
                .setMetricsOptions(Metrics.ofVertx());
    }

    /** Instead of this one, which ends. @throws StartProblem when the cluster cannot be joined */
    Launch joined(ClusterConfig config) throws StartProblem {
        vertx.close().await();
        try {
            return new Launch(this, config);
        } catch (NoClassDefFoundError e) {
            throw new StartProblem(
                    "--cluster needs the jars of lib/cluster on the class path: start with ./p35 run" + " --cluster");
        }
    }

    Vertx vertx() {
        return vertx;
    }

    /** @throws StartProblem that tells everything that is wrong */
    Settings settings() throws StartProblem {
        return Configuration.read(vertx, layers, environment, home);
    }

    /**
     * @param first kinds that stop before all others
     * @param last runs when everything has stopped
     * @return completes when every verticle was tried once
     * @throws StartProblem when the gate catalogue or the alert rules cannot be used
     */
    Future<Void> up(Settings settings, List<VerticleKind> first, Runnable last) throws StartProblem {
        Service service = service(settings, first);
        LOG.info(
                "P3.5 {}: stream {} of {}, dashboard http://{}:{}",
                Version.current(),
                settings.keys().stream(),
                settings.redis(),
                settings.modules().dashboard().host(),
                settings.modules().dashboard().port());
        Runtime.getRuntime().addShutdownHook(new Thread(() -> down(service, last), "p35-stop"));
        return service.start();
    }

    /** Not yet started. Parameters and exception as of {@link #up}. */
    Service service(Settings settings, List<VerticleKind> first) throws StartProblem {
        BusMessages.register(vertx.eventBus());
        FileWatch<GateCatalogue> catalogue = CatalogueFile.watch(vertx, settings.catalogue(), FileWatch.PERIOD_MILLIS);
        FileWatch<AlertRules> alerts = AlertsFile.watch(vertx, settings.alerts(), environment, FileWatch.PERIOD_MILLIS);
        VerticleKinds all = new VerticleKinds(settings, catalogue::newest, alerts::newest, metrics);
        Function<Settings.Modules, List<VerticleKind>> kinds = modules ->
                Stream.concat(first.stream(), all.of(modules).stream()).toList();
        Deployments deployments = new Deployments(vertx, metrics, kinds.apply(settings.modules()));
        Edits edits = new Edits(settings, () -> Configuration.again(vertx, layers, environment, home), kinds);
        List<FileWatch<?>> watches = new ArrayList<>(List.of(catalogue, alerts));
        if (layers.file() != null) {
            watches.add(edits.watch(vertx, layers.file(), deployments, FileWatch.PERIOD_MILLIS));
        }
        return new Service(vertx, nodes, deployments, new Commands(vertx, nodes, deployments, edits::fresh), watches);
    }

    /** The exit status of an orderly end is 0, not the JVM's 143: so systemd and Docker need no exception for it. */
    private static void down(Service service, Runnable last) {
        LOG.info("stopping");
        try {
            service.stop().await(STOP_MILLIS, TimeUnit.MILLISECONDS);
            LOG.info("stopped");
        } catch (Exception e) {
            LOG.warn("not everything stopped in order; what was not counted is read again at the next start", e);
        }
        last.run();
        Runtime.getRuntime().halt(0);
    }

    /** The service: against the Redis that is configured. */
    static void run(CommandLine line, Environment environment, Home home) throws StartProblem {
        Launch launch = of(line, environment, home);
        Settings settings = launch.settings();
        if (line.options().containsKey(CommandLine.CLUSTER)) {
            launch = launch.joined(settings.cluster());
        }
        Vertx vertx = launch.vertx;
        warnOfUnknown(environment);
        launch.up(settings, List.of(), () -> {})
                .onSuccess(up -> SystemdNotify.ready(vertx, System.getenv(), "systemd-notify"))
                .onFailure(error -> LOG.error("the runtime cannot start", error));
    }

    /**
     * Reads what {@link #run} would read, and leaves it at that: no Redis, no port, no verticle.
     *
     * @return which files a start would take
     * @throws StartProblem as {@link #run} for the same reason
     */
    static String check(CommandLine line, Environment environment, Home home) throws StartProblem {
        Launch launch = of(line, environment, home);
        try {
            Settings settings = launch.settings();
            if (line.options().containsKey(CommandLine.CLUSTER)) {
                Cluster.check(settings.cluster());
            }
            CatalogueFile.read(settings.catalogue());
            AlertsFile.read(settings.alerts(), environment);
            warnOfUnknown(environment);
            return Stream.of(launch.layers.file(), settings.catalogue(), settings.alerts())
                    .filter(Objects::nonNull)
                    .map(Home::shown)
                    .collect(Collectors.joining(", ", "a start would take ", ""));
        } finally {
            launch.vertx.close().await();
        }
    }

    private static Launch of(CommandLine line, Environment environment, Home home) throws StartProblem {
        Path file = Configuration.file(line.options(), environment, home);
        return new Launch(new ConfigLayers(file, environment, line.options()), environment, home);
    }

    private static void warnOfUnknown(Environment environment) {
        environment.unknown().forEach(name -> LOG.warn("{} is not known to this version: it has no effect", name));
    }
}
