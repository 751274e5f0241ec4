package quantum.p35.ingest;

import java.util.Map;

/**
 * One entry as it stands in the stream.
 *
 * @param id {@code <ms>-<seq>}, given by Redis
 * @param fields whatever the producer wrote; of a field that stands twice, the last one
 */
record RawEntry(String id, Map<String, String> fields) {}
