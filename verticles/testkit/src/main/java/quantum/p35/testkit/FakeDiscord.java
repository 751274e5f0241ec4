package quantum.p35.testkit;

import com.fasterxml.jackson.databind.JsonNode;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.Predicate;

/**
 * A channel with a webhook, as Discord has them, on loopback: refuses whatever Discord would refuse, remembers it as a
 * violation, fails on command, and counts what a person in that channel would see.
 */
public final class FakeDiscord implements AutoCloseable {

    private static final Duration PATIENCE = Duration.ofSeconds(30);

    /** What it does instead of a good answer. */
    public enum Fault {
        /** 429 with {@code retry_after} of half a second, or what {@link FakeDiscord#pauses} says. */
        RATE_LIMITED,
        /** 429 that holds for every webhook. */
        RATE_LIMITED_GLOBALLY,
        /** 503, nothing done. */
        UNAVAILABLE,
        /** 400: it does not take this message. */
        REFUSED,
        /** No answer, nothing done. */
        HANG,
        /** Takes the message, and never answers. */
        HANG_AFTER_ACCEPTING,
        /** Takes the message, and closes the connection without an answer. */
        CUT_AFTER_ACCEPTING
    }

    /** A message in the channel. @param json as it reads now @param pings whom its post notified */
    public record Seen(String id, JsonNode json, int pings, int edits, boolean deleted) {

        /** Its whole embed as text, for a test to search. */
        public String text() {
            return json.toString();
        }

        public String title() {
            return json.path("embeds").path(0).path("title").asText();
        }
    }

    private final HttpServer server;
    private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
    private final CountDownLatch closing = new CountDownLatch(1);
    private final String secret;
    private final DiscordChannel channel;
    private final Deque<Fault> next = new ArrayDeque<>();
    private Fault always;
    private DiscordBucket bucket = new DiscordBucket(5, Duration.ofSeconds(2));
    private Duration pause = Duration.ofMillis(500);
    private int calls;

    private FakeDiscord(HttpServer server, String secret) {
        this.server = server;
        this.secret = secret;
        this.channel = new DiscordChannel(secret);
    }

    /** On a free port of loopback. */
    public static FakeDiscord start() {
        try {
            HttpServer server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
            String secret = "S3cretT0ken-" + Long.toString(System.nanoTime(), Character.MAX_RADIX);
            FakeDiscord discord = new FakeDiscord(server, secret);
            server.setExecutor(discord.threads);
            server.createContext("/", discord::handle);
            server.start();
            return discord;
        } catch (IOException e) {
            throw new UncheckedIOException("cannot start the fake Discord on 127.0.0.1", e);
        }
    }

    /** Why Discord would not take this as the body of a POST; empty when it would. */
    public static List<String> refusals(JsonNode message) {
        return DiscordRules.refusals(message, false);
    }

    /** Of the webhook. */
    public String url() {
        return "http://127.0.0.1:" + server.getAddress().getPort() + DiscordChannel.HOOK + secret;
    }

    /** The part of the URL that must appear nowhere. */
    public String secret() {
        return secret;
    }

    /** Fails that many next calls, in that order. */
    public synchronized FakeDiscord failNext(Fault... faults) {
        next.addAll(List.of(faults));
        return this;
    }

    /** Fails every call until {@link #mend}. */
    public synchronized void failAlways(Fault fault) {
        always = fault;
    }

    public synchronized void mend() {
        always = null;
        next.clear();
        channel.gone = false;
    }

    /** A person deleted the webhook: 404 to everything. */
    public synchronized void deleteWebhook() {
        channel.gone = true;
    }

    /** A person deleted a message. */
    public synchronized void deleteMessage(String id) {
        channel.delete(id);
    }

    /** Takes so many calls in that time; 5 in 2 s by default. */
    public synchronized void bucket(int limit, Duration period) {
        bucket = new DiscordBucket(limit, period);
    }

    /** Closes the bucket for so long when it is told to answer 429. */
    public synchronized void pauses(Duration time) {
        pause = time;
    }

    /** What stands in the channel, oldest first. */
    public synchronized List<Seen> standing() {
        return channel.messages().stream().filter(seen -> !seen.deleted).toList();
    }

    /** Every message that was ever posted, oldest first. */
    public synchronized List<Seen> posted() {
        return channel.messages();
    }

    public synchronized int pings() {
        return channel.messages().stream().mapToInt(Seen::pings).sum();
    }

    public synchronized int edits() {
        return channel.messages().stream().mapToInt(Seen::edits).sum();
    }

    /** Calls that came, whatever became of them. */
    public synchronized int calls() {
        return calls;
    }

    /** What the caller did that it must not do. */
    public synchronized List<String> violations() {
        return List.copyOf(channel.violations());
    }

    /** Waits until what was posted fits; fails with what was seen after 30 s. */
    public synchronized List<Seen> await(String what, Predicate<List<Seen>> fits) throws InterruptedException {
        long deadline = System.nanoTime() + PATIENCE.toNanos();
        while (!fits.test(channel.messages())) {
            long left = (deadline - System.nanoTime()) / 1_000_000;
            if (left <= 0) {
                throw new AssertionError("not within " + PATIENCE.toSeconds() + " s: " + what + "; seen: "
                        + channel.messages() + "; violations: " + channel.violations());
            }
            wait(left);
        }
        return channel.messages();
    }

    /** Waits until that many calls came. */
    public synchronized void awaitCalls(int count) throws InterruptedException {
        await(count + " calls", seen -> calls >= count);
    }

    private void handle(HttpExchange exchange) throws IOException {
        try (exchange) {
            String body = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
            Fault fault = arrived();
            if (fault == Fault.HANG) {
                hang();
                return;
            }
            DiscordChannel.Reply reply =
                    fault == null || fault.name().endsWith("ACCEPTING") ? answer(exchange, body) : refusal(fault);
            if (fault == Fault.HANG_AFTER_ACCEPTING) {
                hang();
            } else if (fault != Fault.CUT_AFTER_ACCEPTING) {
                send(exchange, reply);
            }
        }
    }

    private void hang() {
        try {
            closing.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private synchronized Fault arrived() {
        calls++;
        notifyAll();
        return next.isEmpty() ? always : next.removeFirst();
    }

    private synchronized DiscordChannel.Reply refusal(Fault fault) {
        if (fault == Fault.UNAVAILABLE) {
            return new DiscordChannel.Reply(503, null);
        }
        if (fault == Fault.REFUSED) {
            return new DiscordChannel.Reply(
                    400,
                    DiscordChannel.object().put("message", "Invalid Form Body").put("code", 50_035));
        }
        long now = System.nanoTime();
        if (!bucket.take(now)) {
            channel.violations().add("a call into a closed bucket");
        }
        bucket.close(pause, now);
        return limited(fault == Fault.RATE_LIMITED_GLOBALLY);
    }

    private DiscordChannel.Reply limited(boolean global) {
        return new DiscordChannel.Reply(
                429,
                DiscordChannel.object()
                        .put("message", "You are being rate limited.")
                        .put("retry_after", bucket.resetAfterSeconds(System.nanoTime()))
                        .put("global", global));
    }

    private synchronized DiscordChannel.Reply answer(HttpExchange exchange, String body) {
        if (!bucket.take(System.nanoTime())) {
            channel.violations().add("a call into a closed bucket: " + exchange.getRequestMethod());
            return limited(false);
        }
        DiscordChannel.Reply reply = channel.answer(exchange, body);
        notifyAll();
        return reply;
    }

    private void send(HttpExchange exchange, DiscordChannel.Reply reply) throws IOException {
        synchronized (this) {
            long now = System.nanoTime();
            Map.of(
                            "X-RateLimit-Limit", Integer.toString(bucket.limit()),
                            "X-RateLimit-Remaining", Integer.toString(bucket.remaining()),
                            "X-RateLimit-Reset-After", Double.toString(bucket.resetAfterSeconds(now)),
                            "X-RateLimit-Bucket", "fake")
                    .forEach(exchange.getResponseHeaders()::set);
        }
        if (reply.body() == null) {
            exchange.sendResponseHeaders(reply.status(), -1);
            return;
        }
        byte[] json = reply.body().toString().getBytes(StandardCharsets.UTF_8);
        exchange.getResponseHeaders().set("Content-Type", "application/json");
        exchange.sendResponseHeaders(reply.status(), json.length);
        exchange.getResponseBody().write(json);
    }

    @Override
    public void close() {
        closing.countDown();
        server.stop(0);
        threads.shutdownNow();
    }
}
