package quantum.p35.testkit;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What Discord takes as a message of a webhook, and stricter: fields that it would pass over are refused too, and
 * {@code allowed_mentions} must be there, because without it a text can ping everybody.
 */
final class DiscordRules {

    private static final Set<String> MESSAGE = Set.of(
            "content", "username", "avatar_url", "tts", "embeds", "allowed_mentions", "components", "flags", "poll");
    private static final Set<String> EDIT = Set.of("content", "embeds", "allowed_mentions", "components", "flags");
    private static final Set<String> EMBED = Set.of(
            "title",
            "type",
            "description",
            "url",
            "timestamp",
            "color",
            "footer",
            "image",
            "thumbnail",
            "author",
            "fields");
    private static final int ALL_EMBEDS = 6000;
    private static final Pattern MENTION = Pattern.compile("<@(&?)!?([0-9]+)>|@everyone|@here");
    private static final Pattern URL = Pattern.compile("https?://[^\\s/?#]+\\.[^\\s/?#]+([/?#]\\S*)?");

    private final List<String> refusals = new ArrayList<>();

    private DiscordRules() {}

    /** Why Discord would not take it; empty when it would. @param edit whether it is the body of a PATCH */
    static List<String> refusals(JsonNode message, boolean edit) {
        DiscordRules rules = new DiscordRules();
        if (message == null || !message.isObject()) {
            return List.of("the body is no JSON object");
        }
        rules.known(message, edit ? EDIT : MESSAGE, "");
        rules.text(message, "content", 2000, "", false);
        rules.embeds(message.path("embeds"));
        rules.mentions(message);
        if (!edit
                && message.path("content").asText("").isBlank()
                && message.path("embeds").isEmpty()) {
            rules.refuse("Cannot send an empty message");
        }
        return rules.refusals;
    }

    /** How many roles and users this message pings. */
    static int pings(JsonNode message) {
        Matcher mentions = MENTION.matcher(message.path("content").asText(""));
        int pings = 0;
        while (mentions.find()) {
            pings += allowed(message.path("allowed_mentions"), mentions) ? 1 : 0;
        }
        return pings;
    }

    private static boolean allowed(JsonNode allowed, Matcher mention) {
        if (mention.group(2) == null) {
            return has(allowed.path("parse"), "everyone");
        }
        String kind = mention.group(1).isEmpty() ? "users" : "roles";
        return has(allowed.path("parse"), kind) || has(allowed.path(kind), mention.group(2));
    }

    private static boolean has(JsonNode array, String text) {
        for (JsonNode element : array) {
            if (element.asText().equals(text)) {
                return true;
            }
        }
        return false;
    }

    private void refuse(String why) {
        refusals.add(why);
    }

    private void known(JsonNode object, Set<String> names, String where) {
        object.fieldNames().forEachRemaining(name -> {
            if (!names.contains(name)) {
                refuse(where + name + ": unknown field");
            }
        });
    }

    /** @return its length, 0 when it is absent */
    private int text(JsonNode object, String name, int limit, String where, boolean required) {
        JsonNode text = object.path(name);
        if (text.isMissingNode() || text.isNull()) {
            if (required) {
                refuse(where + name + ": This field is required");
            }
            return 0;
        }
        if (!text.isTextual()) {
            refuse(where + name + ": Could not interpret as string");
            return 0;
        }
        String value = text.textValue();
        if (required && value.isBlank()) {
            refuse(where + name + ": This field is required");
        }
        if (value.length() > limit) {
            refuse(where + name + ": Must be " + limit + " or fewer in length, is " + value.length());
        }
        if (!value.equals(new String(value.getBytes(StandardCharsets.UTF_8), StandardCharsets.UTF_8))) {
            refuse(where + name + ": half of a character");
        }
        return value.length();
    }

    private void embeds(JsonNode embeds) {
        if (embeds.isMissingNode()) {
            return;
        }
        if (!embeds.isArray() || embeds.size() > 10) {
            refuse("embeds: Must be a list of 10 or fewer");
            return;
        }
        int all = 0;
        for (int i = 0; i < embeds.size(); i++) {
            all += embed(embeds.get(i), "embeds[" + i + "].");
        }
        if (all > ALL_EMBEDS) {
            refuse("embeds: Embed size exceeds maximum size of 6000, is " + all);
        }
    }

    private int embed(JsonNode embed, String where) {
        known(embed, EMBED, where);
        int size = text(embed, "title", 256, where, false) + text(embed, "description", 4096, where, false);
        size += part(embed, "footer", where, footer -> known(footer, Set.of("text", "icon_url"), where + "footer."));
        size += part(embed, "author", where, author -> known(author, Set.of("name", "url", "icon_url"), where));
        JsonNode color = embed.path("color");
        if (!color.isMissingNode() && (!color.isInt() || color.intValue() < 0 || color.intValue() > 0xFFFFFF)) {
            refuse(where + "color: must be 0 to 16777215");
        }
        if (embed.has("url") && !URL.matcher(embed.path("url").asText()).matches()) {
            refuse(where + "url: Not a well formed URL.");
        }
        if (embed.path("fields").size() > 25) {
            refuse(where + "fields: Must be 25 or fewer in length");
        }
        for (JsonNode field : embed.path("fields")) {
            known(field, Set.of("name", "value", "inline"), where + "fields.");
            size += text(field, "name", 256, where + "fields.", true);
            size += text(field, "value", 1024, where + "fields.", true);
        }
        if (size == 0) {
            refuse(where + " is empty");
        }
        return size;
    }

    private int part(JsonNode embed, String name, String where, Consumer<JsonNode> check) {
        JsonNode part = embed.path(name);
        if (part.isMissingNode()) {
            return 0;
        }
        check.accept(part);
        return name.equals("footer")
                ? text(part, "text", 2048, where + "footer.", true)
                : text(part, "name", 256, where + "author.", true);
    }

    private void mentions(JsonNode message) {
        JsonNode allowed = message.path("allowed_mentions");
        if (!allowed.isObject() || !allowed.path("parse").isArray()) {
            refuse("allowed_mentions: missing, or without its list 'parse'");
            return;
        }
        known(allowed, Set.of("parse", "roles", "users", "replied_user"), "allowed_mentions.");
        for (String kind : List.of("roles", "users")) {
            if (allowed.path(kind).size() > 100) {
                refuse("allowed_mentions." + kind + ": Must be 100 or fewer in length");
            }
            if (has(allowed.path("parse"), kind) && !allowed.path(kind).isEmpty()) {
                refuse("allowed_mentions: parse:[\"" + kind + "\"] and " + kind + ": [ids...] are mutually exclusive");
            }
        }
        for (JsonNode parsed : allowed.path("parse")) {
            refuse("allowed_mentions.parse: '" + parsed.asText() + "' lets a text ping whom it names");
        }
        Matcher mentions = MENTION.matcher(message.path("content").asText(""));
        while (mentions.find()) {
            if (!allowed(allowed, mentions)) {
                refuse("content: '" + mentions.group() + "' is not allowed by allowed_mentions");
            }
        }
    }
}
