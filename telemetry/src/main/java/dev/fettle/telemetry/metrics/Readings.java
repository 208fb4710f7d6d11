package dev.fettle.telemetry.metrics;

import dev.fettle.core.monitor.Gauge;
import io.prometheus.metrics.core.metrics.CounterWithCallback;
import io.prometheus.metrics.core.metrics.GaugeWithCallback;
import io.prometheus.metrics.model.registry.PrometheusRegistry;
import java.util.Map;
import java.util.function.BiConsumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Reads gauges off when Prometheus asks.
final class Readings {
    private static final Logger LOG = LoggerFactory.getLogger(Readings.class);
    private static final String COUNTS = "_total";

    private Readings() {}

    static void register(PrometheusRegistry registry, Gauge gauge) {
        if (gauge.name().endsWith(COUNTS)) {
            CounterWithCallback.Builder counter = CounterWithCallback.builder()
                    .name(gauge.name())
                    .help(gauge.meaning())
                    .callback(callback -> read(gauge, (label, value) -> callback.call(value, values(label))));
            (gauge.label().isEmpty() ? counter : counter.labelNames(gauge.label())).register(registry);
        } else {
            GaugeWithCallback.Builder reading = GaugeWithCallback.builder()
                    .name(gauge.name())
                    .help(gauge.meaning())
                    .callback(callback -> read(gauge, (label, value) -> callback.call(value, values(label))));
            (gauge.label().isEmpty() ? reading : reading.labelNames(gauge.label())).register(registry);
        }
    }

    private static String[] values(String label) {
        return label.isEmpty() ? new String[0] : new String[] {label};
    }

    /// What cannot be read must not hide what can.
    private static void read(Gauge gauge, BiConsumer<String, Double> value) {
        Map<String, Double> values;
        try {
            values = gauge.values().get();
        } catch (RuntimeException e) {
            LOG.debug("{} cannot be read: {}", gauge.name(), e.toString());
            return;
        }
        values.forEach(value);
    }
}
