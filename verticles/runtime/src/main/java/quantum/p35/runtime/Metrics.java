package quantum.p35.runtime;

import io.micrometer.core.instrument.binder.jvm.JvmGcMetrics;
import io.micrometer.core.instrument.binder.jvm.JvmMemoryMetrics;
import io.micrometer.core.instrument.binder.jvm.JvmThreadMetrics;
import io.micrometer.core.instrument.binder.system.FileDescriptorMetrics;
import io.micrometer.core.instrument.binder.system.UptimeMetrics;
import io.micrometer.core.instrument.config.MeterFilter;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import io.vertx.micrometer.MetricsDomain;
import io.vertx.micrometer.MicrometerMetricsOptions;
import java.util.List;

/** The one registry of the process: ours, the JVM's and the few figures of Vert.x that somebody may act on. */
final class Metrics {

    private Metrics() {}

    static PrometheusMeterRegistry registry() {
        PrometheusMeterRegistry registry = new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
        // Vert.x registers these anew at each connection and request, of which Micrometer warns
        registry.config().meterFilter(MeterFilter.denyNameStartsWith("vertx.http.server.active"));
        List.of(
                        new JvmMemoryMetrics(),
                        new JvmGcMetrics(),
                        new JvmThreadMetrics(),
                        new ProcessMetrics(CgroupLimits.ofProcess()),
                        new FileDescriptorMetrics(),
                        new UptimeMetrics())
                .forEach(binder -> binder.bindTo(registry));
        return registry;
    }

    /** HTTP requests; the bus, sockets and pools cost time on the way of every entry, and our own metrics say more. */
    static MicrometerMetricsOptions ofVertx() {
        MicrometerMetricsOptions options = new MicrometerMetricsOptions().setEnabled(true);
        List.of(
                        MetricsDomain.NET_SERVER,
                        MetricsDomain.NET_CLIENT,
                        MetricsDomain.HTTP_CLIENT,
                        MetricsDomain.DATAGRAM_SOCKET,
                        MetricsDomain.EVENT_BUS,
                        MetricsDomain.NAMED_POOLS,
                        MetricsDomain.VERTICLES)
                .forEach(options::addDisabledMetricsCategory);
        // its figures have no label that tells the connections apart
        return options.addDisabledMetricsCategory("redis");
    }
}
