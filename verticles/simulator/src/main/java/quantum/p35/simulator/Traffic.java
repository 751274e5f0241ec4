package quantum.p35.simulator;

import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.PriorityQueue;
import java.util.SplittableRandom;

/**
 * What a trading system writes, entry by entry. The same seed and times give the same entries.
 *
 * <p>A symbol's situation is sticky: most of its plans fare as the one before. Some plans come again every 5 s as
 * {@code duplicate_plan}, some are reported by both producers; so about every fourth entry follows an older one.
 */
final class Traffic {

    static final List<String> SYMBOLS = List.of(
            "BTCUSDT",
            "ETHUSDT",
            "SOLUSDT",
            "XRPUSDT",
            "BNBUSDT",
            "DOGEUSDT",
            "ADAUSDT",
            "AVAXUSDT",
            "LINKUSDT",
            "FILUSDT",
            "ZECUSDT",
            "WAVESUSDT",
            "1000BONKUSDT",
            "LTCUSDT",
            "DOTUSDT",
            "ARBUSDT",
            "OPUSDT",
            "SUIUSDT",
            "NEARUSDT",
            "0GUSDT",
            "ATOMUSDT",
            "ETHBTC",
            "INJUSDT",
            "ZILUSDT",
            "币安人生USDT");

    private static final double STICKINESS = 0.7;
    private static final double REPEATED_PLANS = 0.06;
    private static final int MAX_REPEATS = 6;
    private static final Duration REPEAT_EVERY = Duration.ofSeconds(5);
    private static final double TWICE_REPORTED = 0.1;
    /** What is due longer than this was not written: the producers were silent. */
    private static final Duration FORGOTTEN_AFTER = Duration.ofSeconds(10);

    private record FollowUp(Instant due, Plan plan, Shape shape, int repeatsLeft) {}

    private final SplittableRandom random;
    private final Shapes shapes;
    private final Map<String, Situation> situations = new HashMap<>();
    private final PriorityQueue<FollowUp> followUps = new PriorityQueue<>(Comparator.comparing(FollowUp::due));
    private final double[] weights = new double[SYMBOLS.size()];
    private Mood mood = Mood.HEALTHY;

    /** @param plain whether every entry has a symbol and a timestamp of whole epoch seconds, for exact expectations */
    Traffic(long seed, boolean plain) {
        random = new SplittableRandom(seed);
        shapes = new Shapes(random, plain);
        double sum = 0;
        for (int i = 0; i < weights.length; i++) {
            sum += 1.0 / (i + 5);
            weights[i] = sum;
        }
    }

    /** The next entry, written at {@code at}; times must not go back. */
    SimulatedEntry next(Instant at, Mood now) {
        if (now != mood) {
            mood = now;
            situations.clear();
        }
        FollowUp due = due(at);
        if (due != null) {
            return followUp(due, at);
        }
        Plan plan = newPlan(at);
        Shape shape = Shape.pick(plan.situation(), random);
        planFollowUps(plan, shape, at);
        return shapes.entry(plan, shape, at);
    }

    private FollowUp due(Instant at) {
        while (!followUps.isEmpty() && !followUps.peek().due().isAfter(at)) {
            FollowUp candidate = followUps.poll();
            if (!candidate.due().plus(FORGOTTEN_AFTER).isBefore(at)) {
                return candidate;
            }
        }
        return null;
    }

    private SimulatedEntry followUp(FollowUp due, Instant at) {
        if (due.repeatsLeft > 1) {
            followUps.add(new FollowUp(due.due.plus(REPEAT_EVERY), due.plan, due.shape, due.repeatsLeft - 1));
        }
        return shapes.entry(due.plan, due.shape, at);
    }

    private Plan newPlan(Instant at) {
        String symbol = symbol();
        Situation before = situations.get(symbol);
        Situation situation = before != null && random.nextDouble() < STICKINESS ? before : mood.pick(random);
        situations.put(symbol, situation);
        String text = situation.texts().get(random.nextInt(situation.texts().size()));
        return new Plan(planId(symbol, at), symbol, situation, fill(text, symbol));
    }

    private void planFollowUps(Plan plan, Shape shape, Instant at) {
        double chance = random.nextDouble();
        if (chance < REPEATED_PLANS) {
            Shape by = random.nextInt(5) == 0 ? Shape.I : Shape.A1;
            int repeats = random.nextInt(1, MAX_REPEATS + 1);
            followUps.add(new FollowUp(at.plus(REPEAT_EVERY), plan.repeated(), by, repeats));
        } else if (shape == Shape.A1 && chance > 1 - TWICE_REPORTED) {
            followUps.add(new FollowUp(at.plusMillis(random.nextInt(100, 700)), plan, Shape.I, 1));
        }
    }

    private String symbol() {
        double point = random.nextDouble(weights[weights.length - 1]);
        int i = 0;
        while (weights[i] <= point) {
            i++;
        }
        return SYMBOLS.get(i);
    }

    private String planId(String symbol, Instant at) {
        return switch (random.nextInt(20)) {
            case 0 -> "rot_" + hex(8) + "_" + symbol;
            case 1 -> "harvest:" + symbol + ":" + at.toEpochMilli();
            default -> hex(16);
        };
    }

    private String hex(int digits) {
        String all = String.format("%016x", random.nextLong());
        return all.substring(0, digits);
    }

    private String fill(String text, String symbol) {
        String filled = text.replace("<S>", symbol);
        while (filled.contains("<n>")) {
            filled = filled.replaceFirst("<n>", Integer.toString(random.nextInt(10, 5000)));
        }
        return filled;
    }
}
