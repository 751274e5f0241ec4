package quantum.p35.api;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.datatype.jsr310.JavaTimeModule;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.eventbus.EventBus;
import io.vertx.core.eventbus.MessageCodec;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;

/**
 * How messages travel: as JSON between processes, as the same immutable instance within one. Register once per Vert.x,
 * before the first deployment.
 */
public final class BusMessages {

    /** Every record that may be a body or a reply. */
    static final List<Class<?>> TYPES = List.of(
            DecisionsRead.class,
            DecisionsCommitted.class,
            BucketsCommitted.class,
            WindowsUpdated.class,
            Why.Question.class,
            Why.Answer.class,
            Gates.Question.class,
            Gates.Answer.class,
            Symbols.Question.class,
            Symbols.Answer.class,
            Drift.Question.class,
            Drift.Answer.class,
            Timeline.Question.class,
            Timeline.Answer.class,
            Guide.Question.class,
            Guide.Answer.class,
            Recent.Question.class,
            Recent.Answer.class,
            HealthReport.class,
            GateCatalogue.class,
            Verticles.Question.class,
            Verticles.Answer.class,
            Verticles.Deployed.class,
            Verticles.Scale.class,
            Verticles.Redeploy.class,
            Verticles.Undeploy.class,
            AlertChange.Raised.class,
            AlertChange.Escalated.class,
            AlertChange.Reopened.class,
            AlertChange.Acknowledged.class,
            AlertChange.Silenced.class,
            AlertChange.Unsilenced.class,
            AlertChange.Resolved.class,
            Alert.class,
            Alerts.Question.class,
            Alerts.Answer.class,
            Alerts.Acknowledge.class,
            Silence.class,
            Silences.Question.class,
            Silences.Answer.class,
            Silences.Add.class,
            Silences.Remove.class,
            Explain.Question.class,
            Explain.Answer.class,
            DiscordTest.Question.class,
            DiscordTest.Answer.class);

    /** The one mapper: ISO-8601 times, unknown fields ignored so that an older process understands a newer one. */
    public static final ObjectMapper JSON = JsonMapper.builder()
            .addModule(new JavaTimeModule())
            .disable(SerializationFeature.WRITE_DATES_AS_TIMESTAMPS)
            .disable(SerializationFeature.WRITE_DURATIONS_AS_TIMESTAMPS)
            // a question may have no parameters
            .disable(SerializationFeature.FAIL_ON_EMPTY_BEANS)
            .disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
            .build();

    private BusMessages() {}

    public static void register(EventBus bus) {
        TYPES.forEach(type -> register(bus, type));
    }

    private static <T> void register(EventBus bus, Class<T> type) {
        bus.registerDefaultCodec(type, new JsonCodec<>(type));
    }

    record JsonCodec<T>(Class<T> type) implements MessageCodec<T, T> {

        @Override
        public void encodeToWire(Buffer buffer, T message) {
            try {
                byte[] json = JSON.writeValueAsBytes(message);
                buffer.appendInt(json.length).appendBytes(json);
            } catch (JsonProcessingException e) {
                throw new IllegalArgumentException("cannot write a " + name() + " as JSON", e);
            }
        }

        @Override
        public T decodeFromWire(int position, Buffer buffer) {
            int length = buffer.getInt(position);
            byte[] json = buffer.getBytes(position + Integer.BYTES, position + Integer.BYTES + length);
            try {
                return JSON.readValue(json, type);
            } catch (IOException e) {
                throw new IllegalArgumentException(
                        "cannot read a " + name() + " from " + new String(json, StandardCharsets.UTF_8), e);
            }
        }

        @Override
        public T transform(T message) {
            return message;
        }

        @Override
        public String name() {
            return type.getName();
        }

        @Override
        public byte systemCodecID() {
            return -1;
        }
    }
}
