package quantum.p35.runtime;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import quantum.p35.aggregate.AggregateConfig;
import quantum.p35.api.Keys;
import quantum.p35.api.Secret;
import quantum.p35.dashboard.DashboardConfig;
import quantum.p35.drift.DriftConfig;
import quantum.p35.ingest.IngestConfig;
import quantum.p35.insight.InsightConfig;
import quantum.p35.redis.RedisSettings;

/** From {@code conf/p35.yaml}, the environment and the flags, later over earlier, to {@link Settings}. */
final class Configuration {

    static final String FILE = "conf/p35.yaml";

    /** The section {@code redis}; never printed, its URL may hold a password. */
    private record RedisSection(String url, String prefix, String stream, String group) {

        private static final RedisSection DEFAULT = new RedisSection(
                "redis://127.0.0.1:6379/0", Keys.DEFAULT.prefix(), Keys.DEFAULT.stream(), Keys.DEFAULT.group());
    }

    private record DashboardSection(int instances, String host, int port, String webroot) {

        private static final DashboardSection DEFAULT = new DashboardSection(
                DashboardConfig.DEFAULT.instances(),
                DashboardConfig.DEFAULT.host(),
                DashboardConfig.DEFAULT.port(),
                DashboardConfig.DEFAULT.webroot().toString());
    }

    private record RuntimeSection(String catalogue, String alerts) {

        private static final RuntimeSection DEFAULT = new RuntimeSection("conf/gates.yaml", "conf/alerts.yaml");
    }

    /** Every section with its defaults, in the order of the file. */
    static final Map<String, Record> DEFAULTS = defaults();

    /** What no extension can be called: sections, and what reports health beside them. */
    private static final Set<String> TAKEN = Stream.concat(
                    DEFAULTS.keySet().stream(),
                    Stream.of(Extension.SECTION, "configuration", "catalogue", "alerts", "simulator"))
            .collect(Collectors.toUnmodifiableSet());

    private final ConfigTree tree;
    private final Home home;

    private static Map<String, Record> defaults() {
        Map<String, Record> sections = new LinkedHashMap<>();
        sections.put("redis", RedisSection.DEFAULT);
        sections.put("ingest", IngestConfig.DEFAULT);
        sections.put("aggregate", AggregateConfig.DEFAULT);
        sections.put("insight", InsightConfig.DEFAULT);
        sections.put("drift", DriftConfig.DEFAULT);
        sections.put("discord", DiscordSection.DEFAULT);
        sections.put("dashboard", DashboardSection.DEFAULT);
        sections.put("runtime", RuntimeSection.DEFAULT);
        sections.put("cluster", ClusterConfig.DEFAULT);
        return Collections.unmodifiableMap(sections);
    }

    private Configuration(ConfigTree tree, Home home) {
        this.tree = tree;
        this.home = home;
    }

    /**
     * The file that {@code --config} or {@code P35_CONFIG} names, as seen from the working directory; else {@code
     * conf/p35.yaml} of the home; null when that one is missing: then the defaults count.
     */
    static Path file(Map<String, String> flags, Environment environment, Home home) throws StartProblem {
        String named = flags.getOrDefault(CommandLine.CONFIG, environment.get(Environment.CONFIG));
        try {
            Path file = named == null ? home.resolve(FILE) : Path.of(named).toAbsolutePath();
            return named == null && Files.notExists(file) ? null : file;
        } catch (InvalidPathException e) {
            throw new StartProblem("the configuration file '" + named + "' is no path: " + e.getReason());
        }
    }

    /** Waits for it, so not on an event loop. @throws StartProblem that tells everything that is wrong */
    static Settings read(Vertx vertx, ConfigLayers layers, Environment environment, Home home) throws StartProblem {
        try {
            return again(vertx, layers, environment, home).await();
        } catch (Exception e) {
            throw e instanceof StartProblem problem ? problem : new StartProblem(e.toString());
        }
    }

    /** As it is now; fails with a {@link StartProblem}. */
    static Future<Settings> again(Vertx vertx, ConfigLayers layers, Environment environment, Home home) {
        // secrets are read from files
        return layers.read(vertx)
                .compose(tree -> vertx.executeBlocking(() -> {
                    Settings settings = new Configuration(tree, home).settings(environment);
                    tree.check();
                    return settings;
                }));
    }

    /** Complete only when there were no problems. */
    private Settings settings(Environment environment) {
        RedisSection redis = tree.section("redis", RedisSection.class);
        IngestConfig ingest = tree.section("ingest", IngestConfig.class);
        AggregateConfig aggregate = tree.section("aggregate", AggregateConfig.class);
        InsightConfig insight = tree.section("insight", InsightConfig.class);
        DriftConfig drift = tree.section("drift", DriftConfig.class);
        DiscordSection discord = tree.section("discord", DiscordSection.class);
        DashboardSection listening = tree.section("dashboard", DashboardSection.class);
        Secret token = environment.token(tree::problem);
        DashboardConfig dashboard = listening == null ? null : dashboard(listening, token);
        RuntimeSection runtime = tree.section("runtime", RuntimeSection.class);
        if (ingest != null && aggregate != null && ingest.instances() > 0 && aggregate.instances() == 0) {
            tree.problem(
                    "ingest.instances is " + ingest.instances() + " and aggregate.instances is 0: ingest hands its"
                            + " decisions over within the process, so give aggregate an instance, or set ingest.instances to 0");
        }
        RedisSettings server = redis == null ? null : checked(() -> server(redis));
        return new Settings(
                server,
                redis == null ? null : checked(() -> keys(redis, server)),
                runtime == null ? null : path("runtime.catalogue", runtime.catalogue),
                runtime == null ? null : path("runtime.alerts", runtime.alerts),
                tree.section("cluster", ClusterConfig.class),
                new Settings.Modules(
                        ingest,
                        aggregate,
                        insight,
                        drift,
                        discord == null ? null : discord.config(dashboard, environment, home, tree::problem),
                        dashboard,
                        Extension.read(tree.items(Extension.SECTION), home, TAKEN, tree::problem)));
    }

    private static RedisSettings server(RedisSection redis) {
        try {
            return RedisSettings.of(redis.url).holding(redis.stream);
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException("redis.url: " + e.getMessage(), e);
        }
    }

    /** On a Redis Cluster all of them lie in the stream's slot: one script reads and writes them. @param server may be null */
    private static Keys keys(RedisSection redis, RedisSettings server) {
        Keys keys = new Keys(redis.prefix, redis.stream, redis.group);
        try {
            return server == null ? keys : new Keys(server.beside(redis.prefix), redis.stream, redis.group);
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException("redis.prefix and redis.stream: " + e.getMessage(), e);
        }
    }

    private DashboardConfig dashboard(DashboardSection section, Secret token) {
        Path webroot = path("dashboard.webroot", section.webroot);
        return webroot == null
                ? null
                : checked(() -> new DashboardConfig(section.instances, section.host, section.port, token, webroot));
    }

    private Path path(String key, String value) {
        try {
            return home.resolve(value);
        } catch (InvalidPathException e) {
            tree.problem(key + " is '" + value + "': it must be a path: " + e.getReason());
            return null;
        }
    }

    private <T> T checked(Supplier<T> made) {
        try {
            return made.get();
        } catch (IllegalArgumentException e) {
            tree.problem(e.getMessage());
            return null;
        }
    }
}
