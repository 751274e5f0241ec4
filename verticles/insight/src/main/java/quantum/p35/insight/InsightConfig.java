package quantum.p35.insight;

/** @param instances how many of it run in this process */
public record InsightConfig(int instances) {

    public static final InsightConfig DEFAULT = new InsightConfig(1);

    public InsightConfig {
        if (instances < 0 || instances > 16) {
            throw new IllegalArgumentException("insight.instances is " + instances + ": it must be 0 to 16");
        }
    }
}
