package quantum.p35.testkit;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import quantum.p35.api.BusMessages;
import quantum.p35.api.Outcome;

/** Entries of the stream as trading systems really wrote them, with what they should be counted as. */
public final class Samples {

    /**
     * @param name what is special about it
     * @param id in the stream; made up where it was not handed down
     * @param gate code of the gate
     */
    public record Sample(String name, String id, Map<String, String> fields, Outcome outcome, String gate) {

        @Override
        public String toString() {
            return name;
        }
    }

    private Samples() {}

    public static List<Sample> all() {
        try (BufferedReader lines = new BufferedReader(new InputStreamReader(
                Objects.requireNonNull(Samples.class.getResourceAsStream("/samples.jsonl")), StandardCharsets.UTF_8))) {
            List<Sample> samples = new ArrayList<>();
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                samples.add(BusMessages.JSON.readValue(line, Sample.class));
            }
            return List.copyOf(samples);
        } catch (IOException e) {
            throw new UncheckedIOException("cannot read samples.jsonl from the testkit's resources", e);
        }
    }
}
