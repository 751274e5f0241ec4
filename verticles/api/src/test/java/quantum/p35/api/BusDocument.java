package quantum.p35.api;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The AsyncAPI document as the code has it, without its descriptions: an address is what the Javadoc of {@link Addresses}
 * says of it, a record is what {@link BusMessages} makes of it on the wire.
 */
final class BusDocument {

    /** Replies go to an address of the moment. */
    static final String REPLIES = "replies";

    private static final Pattern CONSTANT = Pattern.compile(
            "/\\*\\*((?:(?!\\*/).)*)\\*/\\s*public static final String (\\w+) = \"([^\"]+)\";", Pattern.DOTALL);
    private static final Pattern LINK = Pattern.compile("\\{@link (\\w[\\w.]*)}");

    private final ObjectNode channels = node();
    private final ObjectNode operations = node();
    private final ObjectNode messages = node();
    private final BusSchemas schemas = new BusSchemas();
    private final List<String> addresses = new ArrayList<>();

    /** @param source text of {@code Addresses.java} */
    BusDocument(String source) {
        ObjectNode replies = channels.putObject(REPLIES).putNull("address").putObject("messages");
        Matcher constant = CONSTANT.matcher(source);
        while (constant.find()) {
            String said =
                    constant.group(1).replaceAll("\\s*\\n\\s*\\*\\s*", " ").strip();
            address(constant.group(2), constant.group(3), said, replies);
        }
    }

    private void address(String name, String address, String said, ObjectNode replies) {
        addresses.add(address);
        ObjectNode channel = channels.putObject(name).put("address", address).put("summary", summary(said));
        ObjectNode bodies = channel.putObject("messages");
        List<String> links = links(said);
        boolean request = said.startsWith("request");
        if (request && links.size() == 1) {
            links = List.of(links.getFirst() + ".Question", links.getFirst() + ".Answer");
        }
        List<String> sent = request ? List.of(links.getFirst()) : published(said, links);
        sent.forEach(type -> bodies.putObject(type).put("$ref", "#/components/messages/" + message(type, request)));
        // from our side: what we tell is sent, what we are asked is received
        boolean received = request || sent.equals(List.of(BusSchemas.NOTHING));
        ObjectNode operation = operations.putObject(name).put("action", received ? "receive" : "send");
        operation.putObject("channel").put("$ref", "#/channels/" + name);
        ArrayNode its = operation.putArray("messages");
        sent.forEach(type -> its.addObject().put("$ref", "#/channels/" + name + "/messages/" + type));
        if (request) {
            String answer = links.getLast();
            replies.putObject(answer).put("$ref", "#/components/messages/" + message(answer, false));
            ObjectNode reply = operation.putObject("reply");
            reply.putObject("channel").put("$ref", "#/channels/" + REPLIES);
            reply.putArray("messages").addObject().put("$ref", "#/channels/" + REPLIES + "/messages/" + answer);
        }
    }

    /** Kind and who: what stands before the colon. */
    private static String summary(String said) {
        return said.replaceAll("\\{@\\w+ #?([^}]*)}", "$1").split(": ")[0].replaceAll("\\.$", "");
    }

    private static List<String> links(String said) {
        return LINK.matcher(said).results().map(link -> link.group(1)).toList();
    }

    private static List<String> published(String said, List<String> links) {
        if (links.isEmpty()) {
            return List.of(said.contains("without a body") ? BusSchemas.NOTHING : BusSchemas.TEXT);
        }
        Class<?> type = BusSchemas.type(links.getFirst());
        return type.isSealed()
                ? Arrays.stream(type.getPermittedSubclasses())
                        .map(BusSchemas::name)
                        .toList()
                : List.of(links.getFirst());
    }

    private String message(String type, boolean asked) {
        messages.putObject(type).put("name", type).set("payload", schemas.payload(type, asked));
        return type;
    }

    List<String> addresses() {
        return addresses;
    }

    ObjectNode tree() {
        ObjectNode tree = node();
        tree.set("channels", channels);
        tree.set("operations", operations);
        tree.putObject("components").<ObjectNode>set("messages", messages).set("schemas", schemas.all());
        return tree;
    }

    private static ObjectNode node() {
        return JsonNodeFactory.instance.objectNode();
    }
}
