package quantum.p35.simulator;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.random.RandomGenerator;
import quantum.p35.api.BusMessages;
import quantum.p35.api.Outcome;

/** Writes a plan's fate as the producers do, with their encodings and their carelessness. */
final class Shapes {

    private static final List<String> REFUSED =
            List.of("EXECUTE", "EXECUTE", "EXECUTE", "BLOCKED", "DENIED", "REJECTED");
    private static final List<String> UNKNOWN_WORDS = List.of("PENDING", "REVIEW", "DEFERRED");

    private final RandomGenerator random;
    private final boolean plain;

    Shapes(RandomGenerator random, boolean plain) {
        this.random = random;
        this.plain = plain;
    }

    SimulatedEntry entry(Plan plan, Shape shape, Instant at) {
        Map<String, String> fields =
                switch (shape) {
                    case A1 -> applied(plan);
                    case A2 -> closeRefused(plan);
                    case A3 -> closed(plan);
                    case A4 -> entryRefused(plan);
                    case I -> executor(plan, at);
                };
        String symbol = plan.symbol();
        if (!plain && random.nextInt(300) == 0) {
            fields.put("symbol", "None");
            symbol = null;
        }
        timestamp(fields, at);
        return new SimulatedEntry(
                at, symbol, plan.situation().outcome(), plan.situation().gate(), fields);
    }

    private Map<String, String> applied(Plan plan) {
        boolean executed = executed(plan);
        Map<String, String> fields = begin(plan);
        fields.put("decision", verdict(plan.situation()));
        fields.put("executed", python(executed));
        fields.put("would_execute", python(executed || wouldExecute(plan)));
        fields.put("steps_results", executed ? steps() : "[]");
        fields.put("error", plan.text());
        if (random.nextInt(3) == 0) {
            fields.put("event_type", "apply.result");
            // wrong, and really so
            fields.put("source", "intent_executor");
        }
        return fields;
    }

    private Map<String, String> closeRefused(Plan plan) {
        Map<String, String> fields = begin(plan);
        fields.put("action", "CLOSE");
        fields.put("executed", "False");
        fields.put("error", plan.text());
        if (random.nextBoolean()) {
            fields.put("close_qty", quantity());
        }
        return fields;
    }

    private Map<String, String> closed(Plan plan) {
        String quantity = quantity();
        Map<String, String> fields = begin(plan);
        fields.put("action", "CLOSE");
        fields.put("executed", "True");
        fields.put("reduceOnly", "True");
        fields.put("close_qty", quantity);
        fields.put("filled_qty", quantity);
        fields.put("order_id", Long.toString(order()));
        fields.put("order_status", "FILLED");
        fields.put("side", side());
        fields.put("close_pct", "75");
        return fields;
    }

    private Map<String, String> entryRefused(Plan plan) {
        Map<String, String> fields = begin(plan);
        fields.put("action", "ENTRY");
        fields.put("executed", "False");
        fields.put("error", plan.text());
        return fields;
    }

    private Map<String, String> executor(Plan plan, Instant at) {
        boolean executed = executed(plan);
        Map<String, String> fields = new LinkedHashMap<>();
        fields.put("event_type", "apply.result");
        fields.putAll(begin(plan));
        fields.put("executed", Boolean.toString(executed));
        fields.put("source", "intent_executor");
        fields.put("details", details(plan, executed, at).toString());
        return fields;
    }

    private ObjectNode details(Plan plan, boolean executed, Instant at) {
        ObjectNode details = BusMessages.JSON.createObjectNode();
        details.put("plan_id", plan.id()).put("symbol", plan.symbol()).put("executed", executed);
        details.put("side", side()).put("qty", Double.parseDouble(quantity()));
        if (executed) {
            details.put("order_id", order()).put("order_status", "FILLED");
            permit(details, plan, true, "sanity_checks_passed", at);
            return details;
        }
        if (needsVerdict(plan.situation()) || random.nextBoolean()) {
            details.put("decision", verdict(plan.situation())).put("would_execute", wouldExecute(plan));
        }
        details.put("error", executorText(plan));
        if (plan.text().equals("p33_permit_denied:no_position")) {
            permit(details, plan, false, "no_position", at);
        }
        return details;
    }

    /** A nested reason that is not the reason of the decision. */
    private void permit(ObjectNode details, Plan plan, boolean allow, String reason, Instant at) {
        details.putObject("permit")
                .put("allow", allow)
                .put("symbol", plan.symbol())
                .put("created_at", at.toEpochMilli() / 1000.0)
                .put("reason", reason);
    }

    /** The executor's guard names every code that it went through. */
    private static String executorText(Plan plan) {
        return plan.situation() == Situation.REPEATED ? "kill_score_close_ok,duplicate_plan" : plan.text();
    }

    /** Without a verdict the kind of the gate decides, and for these it would decide otherwise. */
    private static boolean needsVerdict(Situation situation) {
        return switch (situation.gate()) {
            case "unlisted", "unreported_gate", "dry_run" -> true;
            default -> situation.outcome() == Outcome.UNKNOWN;
        };
    }

    private String verdict(Situation situation) {
        return switch (situation.outcome()) {
            case EXECUTE -> random.nextInt(20) == 0 ? "RECONCILE_CLOSE" : "EXECUTE";
            case SKIP -> situation.gate().equals("dry_run") ? "EXECUTE" : "SKIP";
            case BLOCKED -> anyOf(REFUSED);
            case ERROR -> situation.gate().equals("unlisted") || random.nextInt(3) == 0 ? "ERROR" : "EXECUTE";
            case UNKNOWN -> anyOf(UNKNOWN_WORDS);
        };
    }

    private void timestamp(Map<String, String> fields, Instant at) {
        String seconds = Long.toString(at.getEpochSecond());
        int chance = plain ? 100 : random.nextInt(100);
        switch (chance) {
            case 0, 1 -> fields.put("timestamp", seconds + ".000");
            case 2, 3 ->
                fields.put(
                        "timestamp", Instant.ofEpochSecond(at.getEpochSecond()).toString());
            case 4 -> fields.put("timestamp", Long.toString(at.toEpochMilli()));
            case 5 -> {
                // a producer that gives none
            }
            case 6 -> fields.put("timestamp", random.nextInt(4) == 0 ? "$(date +%s)" : seconds);
            default -> fields.put("timestamp", seconds);
        }
    }

    private static Map<String, String> begin(Plan plan) {
        Map<String, String> fields = new LinkedHashMap<>();
        fields.put("plan_id", plan.id());
        fields.put("symbol", plan.symbol());
        return fields;
    }

    private static boolean executed(Plan plan) {
        return plan.situation().outcome() == Outcome.EXECUTE;
    }

    private static boolean wouldExecute(Plan plan) {
        return plan.situation().gate().equals("dry_run");
    }

    private static String python(boolean value) {
        return value ? "True" : "False";
    }

    private String steps() {
        return "[{\"step\": \"" + side() + "\", \"status\": \"ok\", \"order_id\": " + order() + "}]";
    }

    private String quantity() {
        return String.format(Locale.ROOT, "%.3f", random.nextDouble(0.01, 200));
    }

    private long order() {
        return random.nextLong(1_000_000_000L, 9_999_999_999L);
    }

    private String side() {
        return random.nextBoolean() ? "BUY" : "SELL";
    }

    private String anyOf(List<String> words) {
        return words.get(random.nextInt(words.size()));
    }
}
