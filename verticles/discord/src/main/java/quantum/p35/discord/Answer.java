package quantum.p35.discord;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import java.time.Duration;
import java.util.function.UnaryOperator;
import quantum.p35.api.BusMessages;

/**
 * What Discord said to a call, or why it said nothing.
 *
 * @param status 0 when there was no answer, or when nothing was sent
 * @param pause until the next call is taken; null when none is asked for
 * @param everywhere whether that holds for all webhooks
 * @param body missing when it is no JSON
 * @param trouble null when it was done, else words for a person
 */
record Answer(int status, Duration pause, boolean everywhere, JsonNode body, String trouble) {

    enum Verdict {
        DONE,
        /** Too many calls: not done. */
        RATE_LIMITED,
        /** Not done, or nobody knows: to be tried again. */
        LATER,
        /** There is no such message (any more), or it can no longer be edited. */
        MESSAGE_GONE,
        /** Discord will never take this message; others it may. */
        REFUSED,
        /** Discord will never take anything from this webhook. */
        WEBHOOK_BROKEN
    }

    private static final int UNKNOWN_WEBHOOK = 10_015;
    private static final int ARCHIVED_THREAD = 50_083;

    /** @param header of the answer by name; null for one that is absent */
    static Answer of(int status, UnaryOperator<String> header, String text) {
        JsonNode body = json(text);
        Duration pause = null;
        if (status == 429) {
            pause = first(
                    seconds(body.path("retry_after").asText(null)),
                    seconds(header.apply("Retry-After")),
                    seconds(header.apply("X-RateLimit-Reset-After")),
                    Duration.ofSeconds(5));
        } else if ("0".equals(header.apply("X-RateLimit-Remaining"))) {
            pause = first(seconds(header.apply("X-RateLimit-Reset-After")));
        }
        boolean everywhere = status == 429
                && (body.path("global").asBoolean()
                        || "true".equals(header.apply("X-RateLimit-Global"))
                        || header.apply("X-RateLimit-Bucket") == null && body.isMissingNode());
        return new Answer(status, pause, everywhere, body, status / 100 == 2 ? null : words(status, body));
    }

    static Answer unreachable(String why) {
        return new Answer(0, null, false, MissingNode.getInstance(), why);
    }

    /** Nothing was sent: the bucket is closed. */
    static Answer closed(Duration pause) {
        return new Answer(429, pause, false, MissingNode.getInstance(), "Discord asked for a pause");
    }

    /** @param aboutMessage whether the call was about a message that should exist */
    Verdict verdict(boolean aboutMessage) {
        return switch (status) {
            case 200, 201, 202, 203, 204 -> Verdict.DONE;
            case 429 -> Verdict.RATE_LIMITED;
            case 401, 403 -> Verdict.WEBHOOK_BROKEN;
            case 404 ->
                aboutMessage && body.path("code").asInt() != UNKNOWN_WEBHOOK
                        ? Verdict.MESSAGE_GONE
                        : Verdict.WEBHOOK_BROKEN;
            case 408 -> Verdict.LATER;
            case 400 ->
                aboutMessage && body.path("code").asInt() == ARCHIVED_THREAD ? Verdict.MESSAGE_GONE : Verdict.REFUSED;
            // a redirection is not Discord's
            default -> status < 400 || status >= 500 ? Verdict.LATER : Verdict.REFUSED;
        };
    }

    /** Id of the message that was posted; null when there is none in the answer. */
    String message() {
        return body.path("id").asText(null);
    }

    private static JsonNode json(String text) {
        try {
            JsonNode tree = BusMessages.JSON.readTree(text);
            return tree == null ? MissingNode.getInstance() : tree;
        } catch (JsonProcessingException e) {
            return MissingNode.getInstance();
        }
    }

    /** Only the status and Discord's own code and sentence: the rest of a body might repeat what was sent. */
    private static String words(int status, JsonNode body) {
        String said = body.path("message").asText("");
        String code =
                body.path("code").asInt() == 0 ? "" : " " + body.path("code").asInt();
        return "Discord answers " + status + (said.isEmpty() ? "" : " (" + Text.cut(said, 120) + code + ")");
    }

    private static Duration seconds(String decimal) {
        try {
            double seconds = decimal == null ? -1 : Double.parseDouble(decimal);
            double longest = RateLimit.LONGEST.toSeconds();
            return seconds >= 0 ? Duration.ofMillis((long) Math.ceil(Math.min(seconds, longest) * 1000)) : null;
        } catch (NumberFormatException e) {
            return null;
        }
    }

    private static Duration first(Duration... candidates) {
        for (Duration candidate : candidates) {
            if (candidate != null) {
                return candidate;
            }
        }
        return null;
    }
}
