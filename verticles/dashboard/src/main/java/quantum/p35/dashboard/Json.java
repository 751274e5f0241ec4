package quantum.p35.dashboard;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializerProvider;
import com.fasterxml.jackson.databind.module.SimpleModule;
import com.fasterxml.jackson.databind.ser.std.StdSerializer;
import io.vertx.core.buffer.Buffer;
import java.io.IOException;
import java.time.Duration;
import quantum.p35.api.BusMessages;

/** The JSON of the HTTP API: that of the bus, with durations and whole numbers as people write them ({@code 5m}, 40). */
final class Json {

    private static final ObjectMapper MAPPER = BusMessages.JSON
            .copy()
            .registerModule(new SimpleModule("p35-http")
                    .addSerializer(Duration.class, new AsWritten())
                    .addSerializer(double.class, new WholeWithoutFraction()));

    private Json() {}

    static Buffer of(Object value) {
        try {
            return Buffer.buffer(MAPPER.writeValueAsBytes(value));
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("cannot write a " + value.getClass().getName() + " as JSON", e);
        }
    }

    private static final class AsWritten extends StdSerializer<Duration> {

        private static final long serialVersionUID = 1L;

        AsWritten() {
            super(Duration.class);
        }

        @Override
        public void serialize(Duration value, JsonGenerator json, SerializerProvider provider) throws IOException {
            json.writeString(Durations.print(value));
        }
    }

    private static final class WholeWithoutFraction extends StdSerializer<Double> {

        private static final long serialVersionUID = 1L;

        WholeWithoutFraction() {
            super(Double.class);
        }

        @Override
        public void serialize(Double value, JsonGenerator json, SerializerProvider provider) throws IOException {
            if (value == Math.rint(value) && Math.abs(value) < 1e15) {
                json.writeNumber(value.longValue());
            } else {
                json.writeNumber(value);
            }
        }
    }
}
