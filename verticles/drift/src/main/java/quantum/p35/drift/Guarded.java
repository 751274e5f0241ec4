package quantum.p35.drift;

import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import quantum.p35.api.WindowName;

/** A rule that throws does not keep the others from being judged: it holds, and the log says why, once. */
final class Guarded {

    private static final Logger LOG = LoggerFactory.getLogger(Guarded.class);
    private static final Set<String> LOGGED = ConcurrentHashMap.newKeySet();

    private Guarded() {}

    static Evaluation evaluation(String rule, String reason, Supplier<Evaluation> judged) {
        try {
            return judged.get();
        } catch (RuntimeException e) {
            if (LOGGED.add(rule + " " + e.getClass())) {
                LOG.error("{} cannot be judged for {}, it holds until it can; please report this", rule, reason, e);
            }
            return new Evaluation(
                    rule,
                    reason,
                    WindowName.FIVE_MINUTES,
                    Verdict.HOLDS,
                    null,
                    Figures.none(),
                    "an error of our own: " + e,
                    List.of());
        }
    }
}
