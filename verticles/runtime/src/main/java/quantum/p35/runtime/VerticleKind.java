package quantum.p35.runtime;

import io.vertx.core.VerticleBase;
import java.util.function.Supplier;

/**
 * A verticle that the runtime keeps deployed.
 *
 * @param name the module's word: {@code ingest}
 * @param config its section; when this one changes, the instances are replaced
 * @param instances how many shall run; 0 for none in this process
 * @param factory makes a new one of this configuration, with the newest catalogue
 */
record VerticleKind(String name, Record config, int instances, Supplier<? extends VerticleBase> factory) {

    static final String INGEST = "ingest";
    static final String AGGREGATE = "aggregate";
    static final String DASHBOARD = "dashboard";
}
