package quantum.p35.drift;

/**
 * The section {@code drift:} of {@code conf/p35.yaml}. The rules are data of their own: {@code conf/alerts.yaml}.
 *
 * @param instances how many run in this process, 0 for none; only one at a time decides, the others stand by
 */
public record DriftConfig(int instances) {

    public static final DriftConfig DEFAULT = new DriftConfig(1);

    public DriftConfig {
        if (instances < 0) {
            throw new IllegalArgumentException("drift.instances is " + instances + ": it must be 0 or more");
        }
    }
}
