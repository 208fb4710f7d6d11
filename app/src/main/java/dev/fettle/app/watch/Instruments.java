package dev.fettle.app.watch;

import dev.fettle.core.model.Model;
import dev.fettle.core.monitor.Gauge;
import dev.fettle.core.run.RunQueue;
import dev.fettle.core.tool.ToolSpec;
import dev.fettle.core.tool.Toolbox;
import dev.fettle.telemetry.metrics.PrometheusMetrics;
import dev.fettle.telemetry.metrics.QueueWatch;
import java.util.List;
import java.util.stream.Collectors;

/// Puts the metrics of a long-running process together.
public final class Instruments {
    private Instruments() {}

    /// Metrics that are all zero.
    ///
    /// @param models that are counted by their names
    /// @param tools likewise
    /// @param gauges of what the process uses
    public static PrometheusMetrics of(
            String version, List<Model> models, Toolbox tools, RunQueue runs, List<Gauge> gauges) {
        PrometheusMetrics metrics = new PrometheusMetrics(
                version,
                models.stream().map(Model::name).collect(Collectors.toSet()),
                tools.specs().stream().map(ToolSpec::name).collect(Collectors.toSet()));
        new QueueWatch(runs).gauges().forEach(metrics::show);
        gauges.forEach(metrics::show);
        return metrics;
    }
}
