package quantum.p35.discord;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.Meter;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.List;
import java.util.Locale;

/** Metrics of one target. Gauges are read by other threads, and go with the instance: two overlap at a redeploy. */
final class Tally implements AutoCloseable {

    private final MeterRegistry metrics;
    private final String target;
    private final List<Meter> gauges;
    private volatile int waiting;
    private volatile boolean broken;

    /** @param instance of the verticle */
    Tally(MeterRegistry metrics, String target, String instance) {
        this.metrics = metrics;
        this.target = target;
        this.gauges = List.of(
                Gauge.builder("p35.discord.waiting", this, tally -> tally.waiting)
                        .description("Messages that are still to be posted or edited")
                        .baseUnit("messages")
                        .tag("target", target)
                        .tag("verticle", instance)
                        .register(metrics),
                Gauge.builder("p35.discord.broken", this, tally -> tally.broken ? 1 : 0)
                        .description("1 when Discord takes nothing from this webhook any more")
                        .tag("target", target)
                        .tag("verticle", instance)
                        .register(metrics));
    }

    void posted() {
        message("posted");
    }

    void edited() {
        message("edited");
    }

    private void message(String kind) {
        Counter.builder("p35.discord.messages")
                .description("Messages that Discord took: posted or edited")
                .tag("target", target)
                .tag("kind", kind)
                .register(metrics)
                .increment();
    }

    void failed(Answer.Verdict verdict) {
        Counter.builder("p35.discord.failures")
                .description("Calls that Discord did not take, or did not answer")
                .tag("target", target)
                .tag("reason", verdict.name().toLowerCase(Locale.ROOT))
                .register(metrics)
                .increment();
    }

    void waiting(int messages) {
        waiting = messages;
    }

    void broken(boolean now) {
        broken = now;
    }

    @Override
    public void close() {
        gauges.forEach(metrics::remove);
    }
}
