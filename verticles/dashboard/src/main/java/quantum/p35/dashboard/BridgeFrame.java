package quantum.p35.dashboard;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectReader;
import io.vertx.core.eventbus.ReplyException;
import io.vertx.core.eventbus.ReplyFailure;
import java.util.Map;
import quantum.p35.api.BusMessages;

/**
 * What a program says over the bridge, and how it is answered: the wire protocol of Vert.x' own event bus bridge, so that
 * its clients work. Bodies are the records of the bus as JSON; the header {@code message} names the record, since a
 * sealed family such as {@code AlertChange} cannot be told apart by its fields.
 *
 * @param address null for a ping only
 * @param replyAddress under which the answer is expected; null when none is
 * @param body null when there is none
 */
record BridgeFrame(Type type, String address, String replyAddress, JsonNode body) {

    enum Type {
        PING,
        SEND,
        PUBLISH,
        REGISTER,
        UNREGISTER
    }

    private record Told(String type, String address, Map<String, String> headers, Object body) {}

    @JsonInclude(JsonInclude.Include.NON_NULL)
    private record Failed(String type, String address, int failureCode, ReplyFailure failureType, String message) {}

    private record Pong(String type, String address) {}

    /** Of a field that is there twice the reader would take one, and the writer perhaps mean the other. */
    private static final ObjectReader READER =
            BusMessages.JSON.reader().with(StreamReadFeature.STRICT_DUPLICATE_DETECTION);

    /** @throws IllegalArgumentException saying what is wrong with it */
    static BridgeFrame read(String text) {
        JsonNode frame;
        try {
            frame = READER.readTree(text);
        } catch (JsonProcessingException e) {
            throw new IllegalArgumentException(
                    "this cannot be read as JSON: " + Columns.cut(e.getOriginalMessage(), 200), e);
        }
        Type type = type(frame.path("type").asText());
        String address = frame.path("address").asText(null);
        if (address == null && type != Type.PING) {
            throw new IllegalArgumentException("a frame of type " + frame.path("type") + " needs an 'address'");
        }
        return new BridgeFrame(type, address, frame.path("replyAddress").asText(null), frame.get("body"));
    }

    private static Type type(String word) {
        return switch (word) {
            case "ping" -> Type.PING;
            case "send" -> Type.SEND;
            case "publish" -> Type.PUBLISH;
            case "register" -> Type.REGISTER;
            case "unregister" -> Type.UNREGISTER;
            default ->
                throw new IllegalArgumentException("'type' is '" + Columns.cut(word, 40)
                        + "': a frame is {\"type\": …}, with send, register, unregister or ping");
        };
    }

    /** A fact, or an answer. @param body a record of the bus */
    static String told(String address, Object body) {
        Class<?> type = body.getClass();
        String name =
                type.getName().substring(type.getPackageName().length() + 1).replace('$', '.');
        return json(new Told("rec", address, Map.of("message", name), body));
    }

    /** @param address under which the answer would have come, or that was registered; null when there is none */
    static String failed(String address, HttpError error) {
        ReplyFailure type =
                error.getCause() instanceof ReplyException reply ? reply.failureType() : ReplyFailure.RECIPIENT_FAILURE;
        return json(new Failed("err", address, error.status, type, error.getMessage()));
    }

    /** Only to who gave an address for it: clients of Vert.x' bridge, which answers no ping, would not know what it is. */
    static String pong(String replyAddress) {
        return json(new Pong("pong", replyAddress));
    }

    private static String json(Object frame) {
        try {
            return BusMessages.JSON.writeValueAsString(frame);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("cannot write a frame as JSON: " + e.getOriginalMessage(), e);
        }
    }
}
