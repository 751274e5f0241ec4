package quantum.p35.testkit;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import quantum.p35.embedded.RedisServer;
import quantum.p35.redis.RedisSettings;

/**
 * A real master with a password, a replica, and three sentinels that watch them, on loopback and free ports. Two sentinels
 * that do not see the master for a second make the replica the new one.
 *
 * <p>Not a JUnit extension: a test that breaks a constellation needs one of its own.
 */
public final class TestSentinel implements AutoCloseable {

    private static final String MASTER = "mymaster";
    private static final String PASSWORD = "s3cret";

    private final List<RedisServer> servers = new ArrayList<>();
    private final List<RedisServer> sentinels = new ArrayList<>();

    /** Returns when the replica is in step and the sentinels know it and each other. */
    public static TestSentinel start() {
        TestSentinel all = new TestSentinel();
        try {
            all.launch();
            return all;
        } catch (RuntimeException | Error e) {
            all.close();
            throw e;
        }
    }

    private TestSentinel() {}

    private void launch() {
        RedisServer.Options data = RedisServer.Options.DEFAULT.withPassword(PASSWORD);
        String login = "masterauth " + PASSWORD;
        RedisServer master = RedisServer.start(data.withConfig(login, "repl-diskless-sync-delay 0"));
        servers.add(master);
        servers.add(RedisServer.start(
                data.withConfig(login, "repl-diskless-sync-delay 0", "replicaof 127.0.0.1 " + master.port())));
        for (int i = 0; i < 3; i++) {
            RedisServer sentinel = RedisServer.start(RedisServer.Options.DEFAULT.withConfig(
                    "sentinel monitor " + MASTER + " 127.0.0.1 " + master.port() + " 2",
                    "sentinel auth-pass " + MASTER + " " + PASSWORD,
                    "sentinel down-after-milliseconds " + MASTER + " 1000",
                    "sentinel failover-timeout " + MASTER + " 3000",
                    "sentinel parallel-syncs " + MASTER + " 1"));
            // they introduce themselves every 2 s, and look at INFO every 10 s
            Awaited.ask(sentinel, "SENTINEL", "DEBUG", "publish-period", "200", "info-period", "500");
            // after a pause of over 2 s they trust nothing for 30 s, after a shorter one they take the master for
            // dead: let it be a second of distrust, after any pause
            Awaited.ask(sentinel, "SENTINEL", "DEBUG", "tilt-trigger", "700", "tilt-period", "1000");
            sentinels.add(sentinel);
        }
        awaitReplica();
    }

    /** Until there is a replica in step that every sentinel takes for good, and every sentinel knows the others. */
    public void awaitReplica() {
        for (RedisServer sentinel : sentinels) {
            Awaited.until("sentinel " + sentinel.port() + " sees a replica in step and two sentinels", () -> {
                List<?> others = (List<?>) Awaited.ask(sentinel, "SENTINEL", "SENTINELS", MASTER);
                List<?> replicas = (List<?>) Awaited.ask(sentinel, "SENTINEL", "REPLICAS", MASTER);
                return others.size() == 2
                        && replicas.size() == 1
                        && field(replicas.getFirst(), "flags").equals("slave")
                        && field(replicas.getFirst(), "master-link-status").equals("ok");
            });
        }
    }

    private static String field(Object pairs, String name) {
        List<?> list = (List<?>) pairs;
        return list.get(list.indexOf(name) + 1).toString();
    }

    /** The sentinels, with the master's login. */
    public RedisSettings settings() {
        return RedisSettings.of(url());
    }

    public String url() {
        return "redis://:" + PASSWORD + "@"
                + sentinels.stream().map(one -> "127.0.0.1:" + one.port()).collect(Collectors.joining(","))
                + "/0?sentinel=" + MASTER;
    }

    /** The server that is the master now, by what the last sentinel says. */
    public RedisServer master() {
        List<?> address = (List<?>) Awaited.ask(sentinels.getLast(), "SENTINEL", "GET-MASTER-ADDR-BY-NAME", MASTER);
        return servers.stream()
                .filter(server -> address.get(1).equals(Integer.toString(server.port())))
                .findFirst()
                .orElseThrow();
    }

    /** The other one. */
    public RedisServer replica() {
        RedisServer master = master();
        return servers.stream().filter(server -> server != master).findFirst().orElseThrow();
    }

    /** In the order of the URL. */
    public List<RedisServer> sentinels() {
        return List.copyOf(sentinels);
    }

    /** The planned kind, with both alive; returns when the sentinels have agreed to it. */
    public void failover() {
        RedisServer before = master();
        // refused while it has not heard of the replica lately
        Awaited.until("a failover begins", () -> "OK"
                .equals(Awaited.ask(sentinels.getLast(), "SENTINEL", "FAILOVER", MASTER)));
        Awaited.until("another one is the master", () -> master() != before);
    }

    /** Asks the master past the client under test. */
    public Object cli(String... command) {
        return Awaited.ask(master(), command);
    }

    @Override
    public void close() {
        for (List<RedisServer> some : List.of(sentinels, servers)) {
            some.stream().filter(RedisServer::running).forEach(RedisServer::kill);
            some.forEach(RedisServer::close);
        }
    }
}
