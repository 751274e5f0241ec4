package quantum.p35.ingest;

/**
 * @param instances how many of them read in this process, each as a consumer of its own
 * @param batchSize entries read at once; past 1 000 one commit holds Redis for over 10 ms
 * @param batchesInFlight batches handed to aggregate and not yet answered; bounds the memory
 */
public record IngestConfig(int instances, int batchSize, int batchesInFlight) {

    public static final IngestConfig DEFAULT = new IngestConfig(1, 1000, 3);

    public IngestConfig {
        require("instances", instances, 0, 16);
        require("batchSize", batchSize, 1, 1000);
        require("batchesInFlight", batchesInFlight, 1, 16);
    }

    private static void require(String key, int value, int min, int max) {
        if (value < min || value > max) {
            throw new IllegalArgumentException("ingest." + key + " is " + value + ": it must be " + min + " to " + max);
        }
    }
}
