package quantum.p35.api;

import io.vertx.core.Vertx;
import io.vertx.core.shareddata.Shareable;
import java.util.HashSet;
import java.util.Set;
import java.util.function.ToDoubleFunction;

/**
 * What the instances of one verticle in this process know together, so that a gauge is one series whatever their number: a
 * label that tells them apart would make new series at every redeployment, when two of them overlap and their ids change.
 *
 * @param <T> what an instance adds; its figures are read by other threads
 */
public final class Instances<T> implements Shareable {

    private final Set<T> running = new HashSet<>();
    private boolean begun;

    private Instances() {}

    /** @param name of the verticle, and of its part when there are several */
    public static <T> Instances<T> of(Vertx vertx, String name) {
        return vertx.sharedData()
                .<String, Instances<T>>getLocalMap("p35.instances")
                .computeIfAbsent(name, any -> new Instances<>());
    }

    /** True for the first one of the process: it registers the gauges over this, for all that follow. */
    public synchronized boolean add(T instance) {
        running.add(instance);
        boolean first = !begun;
        begun = true;
        return first;
    }

    public synchronized void remove(T instance) {
        running.remove(instance);
    }

    /** The largest figure; NaN, which Prometheus passes over, when no instance runs or none knows it. */
    public synchronized double max(ToDoubleFunction<T> figure) {
        return running.stream()
                .mapToDouble(figure)
                .filter(known -> !Double.isNaN(known))
                .max()
                .orElse(Double.NaN);
    }

    /** 0 when no instance runs. */
    public synchronized double sum(ToDoubleFunction<T> figure) {
        return running.stream().mapToDouble(figure).sum();
    }
}
