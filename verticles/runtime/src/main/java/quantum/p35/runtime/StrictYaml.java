package quantum.p35.runtime;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import com.fasterxml.jackson.dataformat.yaml.YAMLParser;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.yaml.snakeyaml.error.MarkedYAMLException;

/**
 * Reads a YAML file that people write, and takes nothing that they may not have meant: no key twice, nothing after the
 * end. Complaints name the line and never quote it: it may hold a password. {@link StrictRecord} is the second half.
 */
final class StrictYaml {

    private static final ObjectMapper MAPPER = YAMLMapper.builder(YAMLFactory.builder()
                    .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
                    .enable(YAMLParser.Feature.EMPTY_STRING_AS_NULL)
                    .build())
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .build();

    private StrictYaml() {}

    /**
     * The file as a tree; an empty one is {@link JsonNode#isMissingNode missing} or null.
     *
     * @throws StartProblem when it cannot be read or is no YAML
     */
    static JsonNode read(Path file) throws StartProblem {
        try {
            return parse(file, Files.readAllBytes(file));
        } catch (IOException e) {
            throw new StartProblem(unreadable(file, e));
        }
    }

    /** @param file for complaints only */
    static JsonNode parse(Path file, byte[] content) throws StartProblem {
        try {
            // a decoder of its own, because it refuses what a String would replace
            return MAPPER.readTree(StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(content))
                    .toString());
        } catch (JsonProcessingException e) {
            throw new StartProblem(file + where(e));
        } catch (CharacterCodingException e) {
            throw new StartProblem(file + " cannot be read: it is not UTF-8");
        }
    }

    /** The complaint about a file that could not be read. */
    static String unreadable(Path file, Throwable error) {
        String why = error.getMessage();
        if (Files.notExists(file)) {
            why = "there is no such file";
        } else if (Files.isDirectory(file)) {
            why = "it is a folder";
        } else if (!Files.isReadable(file)) {
            why = "this user may not read it";
        }
        return file + " cannot be read: " + why;
    }

    private static String where(JsonProcessingException e) {
        int line = e.getLocation() == null ? 0 : e.getLocation().getLineNr();
        String problem = e.getOriginalMessage();
        for (Throwable cause = e; cause != null; cause = cause.getCause()) {
            if (cause instanceof MarkedYAMLException marked) {
                line = marked.getProblemMark() == null
                        ? line
                        : marked.getProblemMark().getLine() + 1;
                problem = marked.getProblem();
            }
        }
        if (problem.startsWith("Duplicate field")) {
            problem = problem.replaceFirst("Duplicate field ('[^']*')", "the key $1 stands twice");
        }
        return ", line " + line + ": this is no valid YAML: "
                + problem.lines().findFirst().orElse("");
    }
}
