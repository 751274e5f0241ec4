package quantum.p35.discord;

import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import quantum.p35.api.HealthBeat.Condition;
import quantum.p35.api.HealthReport.Level;
import quantum.p35.redis.RedisLink;

/** How the delivery is, for health. */
final class Conditions {

    private final RedisLink link;
    private final Ledger ledger;
    private final Delivery delivery;
    private final List<Courier> couriers;

    Conditions(RedisLink link, Ledger ledger, Delivery delivery, List<Courier> couriers) {
        this.link = link;
        this.ledger = ledger;
        this.delivery = delivery;
        this.couriers = couriers;
    }

    Condition discord() {
        if (couriers.isEmpty()) {
            return condition(
                    Level.UP,
                    "no webhook is set: alerts are not posted to Discord. Set P35_DISCORD_WEBHOOK_URL to change that");
        }
        String redis = Stream.of(link.trouble(), ledger.trouble(), delivery.trouble())
                .filter(Objects::nonNull)
                .findFirst()
                .orElse(null);
        if (redis != null) {
            return condition(Level.DOWN, "delivers nothing: " + redis);
        }
        List<String> broken = couriers.stream()
                .filter(courier -> courier.broken() != null)
                .map(courier -> "target '" + courier.name() + "': " + courier.broken() + ": " + courier.renew())
                .toList();
        if (!broken.isEmpty()) {
            return condition(broken.size() == couriers.size() ? Level.DOWN : Level.DEGRADED, String.join(". ", broken));
        }
        if (!ledger.ours()) {
            return condition(Level.UP, "stands by: another instance delivers");
        }
        String trouble = couriers.stream()
                .filter(courier -> courier.trouble() != null)
                .map(courier -> "target '" + courier.name() + "': " + courier.trouble())
                .collect(Collectors.joining("; "));
        if (!trouble.isEmpty()) {
            return condition(
                    Level.DEGRADED, waiting() + (waiting() == 1 ? " message waits; " : " messages wait; ") + trouble);
        }
        String refused = couriers.stream()
                .filter(courier -> courier.refused() != null)
                .map(courier -> "target '" + courier.name() + "': " + courier.refused())
                .collect(Collectors.joining("; "));
        return refused.isEmpty()
                ? condition(Level.UP, "delivers to " + names())
                : condition(Level.DEGRADED, refused + "; the log names them, ./p35 alerts shows them");
    }

    private String names() {
        return couriers.stream().map(Courier::name).collect(Collectors.joining(", "));
    }

    private int waiting() {
        return couriers.stream().mapToInt(Courier::waiting).sum();
    }

    private Condition condition(Level level, String sentence) {
        Map<String, Object> figures = new TreeMap<>(Map.of("targets", couriers.size(), "waiting", waiting()));
        couriers.stream()
                .map(Courier::delivered)
                .filter(Objects::nonNull)
                .max(Instant::compareTo)
                .ifPresent(last -> figures.put(
                        "lastDelivery", last.truncatedTo(ChronoUnit.SECONDS).toString()));
        return new Condition(level, sentence, figures);
    }
}
