package quantum.p35.api;

import io.vertx.codegen.annotations.Nullable;
import java.util.List;

/** What does this gate mean, how do I look into it, what do I do about it? */
public final class Guide {

    private Guide() {}

    /** @param gate code, alias or family; null for the whole guide */
    public record Question(@Nullable String gate) {}

    public record Answer(List<CatalogueEntry> gates) {}
}
