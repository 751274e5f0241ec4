package quantum.p35.runtime;

import io.vertx.core.VerticleBase;
import java.util.function.Supplier;

/**
 * A verticle that the runtime keeps deployed.
 *
 * @param name the module's word: {@code ingest}
 * @param instances how many shall run; 0 for none in this process
 * @param factory makes a new one, with the newest catalogue
 */
record VerticleKind(String name, int instances, Supplier<? extends VerticleBase> factory) {}
