package quantum.p35.discord;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.Arrays;
import java.util.Locale;
import quantum.p35.api.Instances;

/**
 * Metrics of one target, all there from the start, or Prometheus would not see the first failure as an increase. Gauges are
 * read by other threads.
 */
final class Tally implements AutoCloseable {

    private final MeterRegistry metrics;
    private final String target;
    private final Instances<Tally> instances;
    private volatile int waiting;
    private volatile boolean broken;

    /** @param instances of this target's tally in this process: two overlap at a redeployment */
    Tally(MeterRegistry metrics, String target, Instances<Tally> instances) {
        this.metrics = metrics;
        this.target = target;
        this.instances = instances;
        if (instances.add(this)) {
            showGauges();
        }
        messages("posted");
        messages("edited");
        Arrays.stream(Answer.Verdict.values())
                .filter(verdict -> verdict != Answer.Verdict.DONE)
                .forEach(this::failures);
    }

    private void showGauges() {
        Gauge.builder("p35.discord.waiting", instances, all -> all.max(tally -> tally.waiting))
                .description("Messages that are still to be posted or edited")
                .baseUnit("messages")
                .tag("target", target)
                .register(metrics);
        Gauge.builder("p35.discord.broken", instances, all -> all.max(tally -> tally.broken ? 1 : 0))
                .description("1 when Discord takes nothing from this webhook any more")
                .tag("target", target)
                .register(metrics);
    }

    private Counter messages(String kind) {
        return Counter.builder("p35.discord.messages")
                .description("Messages that Discord took: posted or edited")
                .tag("target", target)
                .tag("kind", kind)
                .register(metrics);
    }

    private Counter failures(Answer.Verdict verdict) {
        return Counter.builder("p35.discord.failures")
                .description("Calls that Discord did not take, or did not answer")
                .tag("target", target)
                .tag("reason", verdict.name().toLowerCase(Locale.ROOT))
                .register(metrics);
    }

    void posted() {
        messages("posted").increment();
    }

    void edited() {
        messages("edited").increment();
    }

    void failed(Answer.Verdict verdict) {
        failures(verdict).increment();
    }

    void waiting(int messages) {
        waiting = messages;
    }

    void broken(boolean now) {
        broken = now;
    }

    /** The gauges no longer show what this instance knows. */
    @Override
    public void close() {
        instances.remove(this);
    }
}
