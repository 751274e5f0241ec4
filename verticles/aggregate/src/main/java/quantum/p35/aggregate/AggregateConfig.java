package quantum.p35.aggregate;

/** @param instances how many of them run in this process; they count right together */
public record AggregateConfig(int instances) {

    public static final AggregateConfig DEFAULT = new AggregateConfig(1);

    public AggregateConfig {
        if (instances < 0 || instances > 16) {
            throw new IllegalArgumentException("aggregate.instances is " + instances + ": it must be 0 to 16");
        }
    }
}
