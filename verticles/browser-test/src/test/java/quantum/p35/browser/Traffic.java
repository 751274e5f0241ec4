package quantum.p35.browser;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.function.Function;
import java.util.function.IntFunction;
import quantum.p35.api.Keys;
import quantum.p35.api.State;
import quantum.p35.embedded.RespClient;

/** Entries as the apply layer writes them, and the scenes that they make. */
final class Traffic {

    static final Keys KEYS = Keys.DEFAULT;
    static final String STALE = "p33_permit_denied:no_exchange_snapshot";

    private static final List<String> SYMBOLS = List.of("BTCUSDT", "ETHUSDT", "SOLUSDT", "0GUSDT");

    private static final Kind EXECUTED = new Kind("EXECUTE", "True", "");

    private static final Map<Kind, Integer> HEALTHY =
            Map.of(EXECUTED, 8, Kind.skipped("no_position"), 6, Kind.blocked("cooldown"), 3);

    private static final Map<Kind, Integer> EXPLODED = Map.of(
            EXECUTED,
            2,
            Kind.blocked(STALE),
            26,
            Kind.blocked("cooldown"),
            6,
            Kind.skipped("duplicate_plan"),
            6,
            new Kind("ERROR", "False", "binance_error"),
            1);

    private final Stage stage;
    private final Random random = new Random(35);
    private int plans;

    private record Kind(String decision, String executed, String error) {

        static Kind skipped(String error) {
            return new Kind("SKIP", "False", error);
        }

        static Kind blocked(String error) {
            return new Kind("BLOCKED", "False", error);
        }
    }

    Traffic(Stage stage) {
        this.stage = stage;
    }

    /** Everything is gone, and the service knows it. */
    void nothing() {
        with(redis -> redis.call("FLUSHALL"));
        Await.that(() -> state() == State.NO_DATA, () -> stage.service().get("why"));
    }

    /** An empty Redis, then this state, alone. */
    void only(State state) {
        nothing();
        Instant now = Instant.now();
        switch (state) {
            case NO_DATA -> {}
            case SILENT ->
                with(redis -> {
                    Instant then = now.minus(Duration.ofMinutes(7));
                    for (int i = 0; i < 30; i++) {
                        add(redis, then.plusMillis(i).toEpochMilli() + "-0", then, EXECUTED);
                    }
                    return null;
                });
            case TRADING -> healthy();
            case BLOCKED -> explosion();
            case HOLDING ->
                with(redis -> {
                    add(redis, now, 40, Kind.skipped("no_position"));
                    return add(redis, now, 2, EXECUTED);
                });
            case UNCLEAR -> with(redis -> add(redis, now, 40, Kind.skipped("")));
            case NOT_TRADING ->
                with(redis -> {
                    for (String gate : List.of(
                            "cooldown",
                            "risk_paused",
                            "position_limit",
                            "not_in_allowlist",
                            "kill_score_critical",
                            "layer4_no_edge",
                            "churn_blacklist")) {
                        add(redis, now, 8, Kind.blocked(gate));
                    }
                    return null;
                });
            case BEHIND -> uncounted(now.minusSeconds(60));
            case REDIS_DOWN -> throw new IllegalArgumentException("Redis is not down because of entries: freeze it");
        }
        Await.that(() -> state() == state, () -> stage.service().get("why"));
    }

    /** An hour of healthy trading until now. */
    private void healthy() {
        hour(minute -> HEALTHY);
    }

    /** An hour of healthy trading, and in its last 6 minutes one gate that stops most. */
    private void explosion() {
        hour(minute -> minute > 6 ? HEALTHY : EXPLODED);
    }

    /** @param mixes entries of a minute by how long ago it is */
    private void hour(IntFunction<Map<Kind, Integer>> mixes) {
        Instant now = Instant.now();
        with(redis -> {
            for (int ago = 60; ago >= 0; ago--) {
                List<Kind> minute = new ArrayList<>();
                mixes.apply(ago).forEach((kind, count) -> minute.addAll(Collections.nCopies(count, kind)));
                // what comes in clumps is worth less as evidence
                Collections.shuffle(minute, random);
                for (Kind kind : minute) {
                    add(redis, "*", now.minusSeconds(60L * ago), kind);
                }
            }
            return null;
        });
    }

    /** Read by somebody else of our group in the same moment, and never acknowledged. */
    private void uncounted(Instant at) {
        String group = KEYS.group();
        Await.that(() -> with(redis -> redis.call("EXISTS", KEYS.stream())).equals(1L), () -> "no group");
        with(redis -> {
            redis.call("MULTI");
            add(redis, at.toEpochMilli() + "-1", at, EXECUTED);
            redis.call("XREADGROUP", "GROUP", group, "p35-test-thief", "STREAMS", KEYS.stream(), ">");
            return redis.call("EXEC");
        });
    }

    /** So many executed decisions now. */
    void execute(int count) {
        with(redis -> add(redis, Instant.now(), count, EXECUTED));
    }

    State state() {
        return State.valueOf(stage.service().get("why").path("state").asText());
    }

    /** Written now. @param at event time */
    private Object add(RespClient redis, Instant at, int count, Kind kind) {
        for (int i = 0; i < count; i++) {
            add(redis, "*", at, kind);
        }
        return null;
    }

    private void add(RespClient redis, String id, Instant at, Kind kind) {
        plans++;
        redis.call(
                "XADD",
                KEYS.stream(),
                id,
                "plan_id",
                String.format("%016x", plans),
                "symbol",
                SYMBOLS.get(plans % SYMBOLS.size()),
                "decision",
                kind.decision,
                "executed",
                kind.executed,
                "would_execute",
                kind.executed,
                "steps_results",
                "[]",
                "error",
                kind.error,
                "timestamp",
                Long.toString(at.getEpochSecond()));
    }

    <T> T with(Function<RespClient, T> work) {
        try (RespClient client = stage.redis().client(Duration.ofSeconds(10))) {
            return work.apply(client);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
