package quantum.p35.testkit;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.sun.net.httpserver.HttpExchange;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import quantum.p35.api.BusMessages;
import quantum.p35.testkit.FakeDiscord.Seen;

/** The channel and its webhook: what Discord makes of each call. Guarded by {@link FakeDiscord}. */
final class DiscordChannel {

    static final String HOOK = "/api/webhooks/1234567890123456789/";

    private static final String GUILD = "111111111111111111";
    private static final String CHANNEL = "222222222222222222";

    private final String secret;
    private final Map<String, Seen> messages = new LinkedHashMap<>();
    private final List<String> violations = new ArrayList<>();
    private long ids = 333_333_333_333_000_000L;

    /** A person deleted the webhook. */
    boolean gone;

    /** @param secret end of the webhook's URL */
    DiscordChannel(String secret) {
        this.secret = secret;
    }

    /** All that were ever posted, oldest first. */
    List<Seen> messages() {
        return List.copyOf(messages.values());
    }

    List<String> violations() {
        return violations;
    }

    void delete(String id) {
        messages.computeIfPresent(id, (key, seen) -> new Seen(id, seen.json(), seen.pings(), seen.edits(), true));
    }

    record Reply(int status, JsonNode body) {}

    static ObjectNode object() {
        return BusMessages.JSON.createObjectNode();
    }

    private static Reply error(int status, int code, String message) {
        return new Reply(status, object().put("message", message).put("code", code));
    }

    Reply answer(HttpExchange exchange, String body) {
        String path = exchange.getRequestURI().getPath();
        String method = exchange.getRequestMethod();
        if (!path.startsWith(HOOK + secret)) {
            return violation(401, 50_027, "Invalid Webhook Token");
        }
        if (gone) {
            return error(404, 10_015, "Unknown Webhook");
        }
        Set<String> query = exchange.getRequestURI().getQuery() == null
                ? Set.of()
                : Set.of(exchange.getRequestURI().getQuery().split("&"));
        if (exchange.getRequestHeaders().getFirst("User-Agent") == null) {
            return violation(403, 0, "no User-Agent");
        }
        String below = path.substring((HOOK + secret).length());
        return switch (method) {
            case "POST" -> below.isEmpty() ? post(exchange, query, body) : notFound();
            case "PATCH" -> patch(exchange, query, below, body);
            case "DELETE" -> delete(query, below);
            case "GET" -> get(query, below);
            default -> violation(405, 0, method + " is not allowed");
        };
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
        return seen == null || seen.deleted() ? null : seen;
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
        ObjectNode json = seen.json().deepCopy();
        json.setAll((ObjectNode) changes);
        messages.put(seen.id(), new Seen(seen.id(), json, seen.pings(), seen.edits() + 1, false));
        return new Reply(200, described(seen.id(), json));
    }

    private Reply delete(Set<String> query, String below) {
        Seen seen = standing(below);
        if (!query.isEmpty() || seen == null) {
            return error(404, 10_008, "Unknown Message");
        }
        delete(seen.id());
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
}
