package quantum.p35.testkit;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.Predicate;
import quantum.p35.api.BusMessages;

/**
 * A channel with a webhook, as Discord has them, on loopback: refuses whatever Discord would refuse, remembers it as a
 * violation, fails on command, and counts what a person in that channel would see.
 */
public final class FakeDiscord implements AutoCloseable {

    private static final Duration PATIENCE = Duration.ofSeconds(20);
    private static final String HOOK = "/api/webhooks/1234567890123456789/";
    private static final String GUILD = "111111111111111111";
    private static final String CHANNEL = "222222222222222222";

    /** What it does instead of a good answer. */
    public enum Fault {
        /** 429 with {@code retry_after} of half a second. */
        RATE_LIMITED,
        /** 429 that holds for every webhook. */
        RATE_LIMITED_GLOBALLY,
        /** 503, nothing done. */
        UNAVAILABLE,
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
    private final Map<String, Seen> messages = new LinkedHashMap<>();
    private final List<String> violations = new ArrayList<>();
    private final Deque<Fault> next = new ArrayDeque<>();
    private Fault always;
    private boolean webhookGone;
    private DiscordBucket bucket = new DiscordBucket(5, Duration.ofSeconds(2));
    private int calls;
    private long ids = 333_333_333_333_000_000L;

    private FakeDiscord(HttpServer server, String secret) {
        this.server = server;
        this.secret = secret;
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
        return "http://127.0.0.1:" + server.getAddress().getPort() + HOOK + secret;
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
        webhookGone = false;
    }

    /** A person deleted the webhook: 404 to everything. */
    public synchronized void deleteWebhook() {
        webhookGone = true;
    }

    /** A person deleted a message. */
    public synchronized void deleteMessage(String id) {
        messages.computeIfPresent(id, (key, seen) -> new Seen(id, seen.json, seen.pings, seen.edits, true));
    }

    /** Takes so many calls in that time; 5 in 2 s by default. */
    public synchronized void bucket(int limit, Duration period) {
        bucket = new DiscordBucket(limit, period);
    }

    /** What stands in the channel, oldest first. */
    public synchronized List<Seen> standing() {
        return messages.values().stream().filter(seen -> !seen.deleted).toList();
    }

    /** Every message that was ever posted, oldest first. */
    public synchronized List<Seen> posted() {
        return List.copyOf(messages.values());
    }

    public synchronized int pings() {
        return messages.values().stream().mapToInt(Seen::pings).sum();
    }

    public synchronized int edits() {
        return messages.values().stream().mapToInt(Seen::edits).sum();
    }

    /** Calls that came, whatever became of them. */
    public synchronized int calls() {
        return calls;
    }

    /** What the caller did that it must not do. */
    public synchronized List<String> violations() {
        return List.copyOf(violations);
    }

    /** Waits until what was posted fits; fails with what was seen after 20 s. */
    public synchronized List<Seen> await(String what, Predicate<List<Seen>> fits) throws InterruptedException {
        long deadline = System.nanoTime() + PATIENCE.toNanos();
        while (!fits.test(List.copyOf(messages.values()))) {
            long left = (deadline - System.nanoTime()) / 1_000_000;
            if (left <= 0) {
                throw new AssertionError("not within " + PATIENCE.toSeconds() + " s: " + what + "; seen: "
                        + messages.values() + "; violations: " + violations);
            }
            wait(left);
        }
        return List.copyOf(messages.values());
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
            Reply reply = fault == null || fault.name().endsWith("ACCEPTING") ? answer(exchange, body) : refusal(fault);
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

    private record Reply(int status, JsonNode body) {}

    private static ObjectNode object() {
        return BusMessages.JSON.createObjectNode();
    }

    private static Reply error(int status, int code, String message) {
        return new Reply(status, object().put("message", message).put("code", code));
    }

    private synchronized Reply refusal(Fault fault) {
        if (fault == Fault.UNAVAILABLE) {
            return new Reply(503, null);
        }
        long now = System.nanoTime();
        if (!bucket.take(now)) {
            violations.add("a call into a closed bucket");
        }
        bucket.close(Duration.ofMillis(500), now);
        return limited(fault == Fault.RATE_LIMITED_GLOBALLY);
    }

    private Reply limited(boolean global) {
        return new Reply(
                429,
                object().put("message", "You are being rate limited.")
                        .put("retry_after", bucket.resetAfterSeconds(System.nanoTime()))
                        .put("global", global));
    }

    private synchronized Reply answer(HttpExchange exchange, String body) {
        String path = exchange.getRequestURI().getPath();
        String method = exchange.getRequestMethod();
        if (!bucket.take(System.nanoTime())) {
            violations.add("a call into a closed bucket: " + method);
            return limited(false);
        }
        if (!path.startsWith(HOOK + secret)) {
            return violation(401, 50_027, "Invalid Webhook Token");
        }
        if (webhookGone) {
            return error(404, 10_015, "Unknown Webhook");
        }
        Set<String> query = exchange.getRequestURI().getQuery() == null
                ? Set.of()
                : Set.of(exchange.getRequestURI().getQuery().split("&"));
        if (exchange.getRequestHeaders().getFirst("User-Agent") == null) {
            return violation(403, 0, "no User-Agent");
        }
        String below = path.substring((HOOK + secret).length());
        Reply reply =
                switch (method) {
                    case "POST" -> below.isEmpty() ? post(exchange, query, body) : notFound();
                    case "PATCH" -> patch(exchange, query, below, body);
                    case "DELETE" -> delete(query, below);
                    case "GET" -> get(query, below);
                    default -> violation(405, 0, method + " is not allowed");
                };
        notifyAll();
        return reply;
    }

    private Reply notFound() {
        return violation(404, 0, "404: Not Found");
    }

    private Reply violation(int status, int code, String message) {
        violations.add(status + " " + message);
        return error(status, code, message);
    }

    /** Null when all is right. */
    private Reply wrong(HttpExchange exchange, Set<String> query, Set<String> known, JsonNode json, boolean edit) {
        for (String parameter : query) {
            if (!known.contains(parameter)) {
                return violation(400, 50_035, "unknown query parameter " + parameter);
            }
        }
        String type = exchange.getRequestHeaders().getFirst("Content-Type");
        if (type == null || !type.startsWith("application/json")) {
            return violation(400, 50_006, "the content type is " + type);
        }
        List<String> refusals = DiscordRules.refusals(json, edit);
        return refusals.isEmpty() ? null : violation(400, 50_035, "Invalid Form Body: " + refusals);
    }

    private static JsonNode json(String body) {
        try {
            return BusMessages.JSON.readTree(body);
        } catch (IOException e) {
            return null;
        }
    }

    private Reply post(HttpExchange exchange, Set<String> query, String body) {
        JsonNode json = json(body);
        Reply wrong = wrong(exchange, query, Set.of("wait=true", "wait=false"), json, false);
        if (wrong != null) {
            return wrong;
        }
        String id = Long.toString(ids++);
        messages.put(id, new Seen(id, json, DiscordRules.pings(json), 0, false));
        return query.contains("wait=true") ? new Reply(200, described(id, json)) : new Reply(204, null);
    }

    private static JsonNode described(String id, JsonNode json) {
        ObjectNode message = object().put("id", id).put("channel_id", CHANNEL).put("type", 0);
        message.set("embeds", json.path("embeds"));
        return message.put("content", json.path("content").asText(""));
    }

    private Seen standing(String below) {
        Seen seen = below.startsWith("/messages/") ? messages.get(below.substring("/messages/".length())) : null;
        return seen == null || seen.deleted ? null : seen;
    }

    private Reply patch(HttpExchange exchange, Set<String> query, String below, String body) {
        JsonNode changes = json(body);
        Reply wrong = wrong(exchange, query, Set.of(), changes, true);
        if (wrong != null) {
            return wrong;
        }
        Seen seen = standing(below);
        if (seen == null) {
            return error(404, 10_008, "Unknown Message");
        }
        ObjectNode json = seen.json.deepCopy();
        json.setAll((ObjectNode) changes);
        messages.put(seen.id, new Seen(seen.id, json, seen.pings, seen.edits + 1, false));
        return new Reply(200, described(seen.id, json));
    }

    private Reply delete(Set<String> query, String below) {
        Seen seen = standing(below);
        if (!query.isEmpty() || seen == null) {
            return error(404, 10_008, "Unknown Message");
        }
        deleteMessage(seen.id);
        return new Reply(204, null);
    }

    private Reply get(Set<String> query, String below) {
        if (!query.isEmpty() || !below.isEmpty()) {
            return notFound();
        }
        return new Reply(
                200,
                object().put("id", HOOK.split("/")[3])
                        .put("type", 1)
                        .put("guild_id", GUILD)
                        .put("channel_id", CHANNEL)
                        .put("token", secret));
    }

    private void send(HttpExchange exchange, Reply reply) throws IOException {
        synchronized (this) {
            long now = System.nanoTime();
            Map.of(
                            "X-RateLimit-Limit", Integer.toString(bucket.limit()),
                            "X-RateLimit-Remaining", Integer.toString(bucket.remaining()),
                            "X-RateLimit-Reset-After", Double.toString(bucket.resetAfterSeconds(now)),
                            "X-RateLimit-Bucket", "fake")
                    .forEach(exchange.getResponseHeaders()::set);
        }
        if (reply.body == null) {
            exchange.sendResponseHeaders(reply.status, -1);
            return;
        }
        byte[] json = reply.body.toString().getBytes(StandardCharsets.UTF_8);
        exchange.getResponseHeaders().set("Content-Type", "application/json");
        exchange.sendResponseHeaders(reply.status, json.length);
        exchange.getResponseBody().write(json);
    }

    @Override
    public void close() {
        closing.countDown();
        server.stop(0);
        threads.shutdownNow();
    }
}
