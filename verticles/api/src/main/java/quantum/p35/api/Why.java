package quantum.p35.api;

import io.vertx.codegen.annotations.Nullable;
import java.time.Instant;
import java.util.List;
import java.util.Map;

/** Why are we not trading, since when, and what do I do about it? */
public final class Why {

    private Why() {}

    public record Question(WindowName window) {}

    /**
     * @param sentence the answer in words
     * @param asOf when the figures were read from Redis
     * @param since begin of the unbroken run of minutes in which the named gate held 20 % or more; null when no gate is
     *     named
     * @param gate the gate or family that the sentence names; null when it names none
     * @param decisions every outcome, also those that did not occur
     * @param skipRate SKIP of all decisions
     * @param gates by count, at most 15, without {@code none}
     * @param none decisions without a reported reason
     * @param lastExecute event time of the newest EXECUTE; null when there never was one
     * @param findings what is wrong with the data or with the service, a sentence each
     * @param actions what to do, first things first
     */
    public record Answer(
            State state,
            String sentence,
            Instant asOf,
            @Nullable Instant since,
            @Nullable String gate,
            Window window,
            Map<Outcome, Long> decisions,
            double skipRate,
            List<GateCount> gates,
            long none,
            @Nullable Instant lastExecute,
            List<String> findings,
            List<String> actions) {}
}
