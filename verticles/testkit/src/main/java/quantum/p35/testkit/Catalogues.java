package quantum.p35.testkit;

import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import quantum.p35.api.GateCatalogue;

/** Gate catalogues for tests. */
public final class Catalogues {

    private Catalogues() {}

    /** The catalogue that we ship: {@code conf/gates.yaml} under the folder in the system property {@code p35.root}. */
    public static GateCatalogue fromConf() {
        String root = System.getProperty("p35.root");
        if (root == null) {
            throw new IllegalStateException("the system property p35.root is not set: run the tests by Maven, or give"
                    + " -Dp35.root=<the project's folder>");
        }
        Path file = Path.of(root, "conf", "gates.yaml");
        try {
            return new YAMLMapper().readValue(file.toFile(), GateCatalogue.class);
        } catch (IOException e) {
            throw new UncheckedIOException("cannot read the gate catalogue from " + file, e);
        }
    }
}
