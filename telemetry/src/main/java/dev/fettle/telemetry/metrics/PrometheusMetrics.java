package dev.fettle.telemetry.metrics;

import dev.fettle.core.monitor.Gauge;
import dev.fettle.core.monitor.Monitor;
import dev.fettle.core.monitor.Occurrence;
import io.prometheus.metrics.config.EscapingScheme;
import io.prometheus.metrics.core.metrics.Info;
import io.prometheus.metrics.expositionformats.PrometheusTextFormatWriter;
import io.prometheus.metrics.instrumentation.jvm.JvmMetrics;
import io.prometheus.metrics.model.registry.PrometheusRegistry;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Set;

/// Counts for Prometheus what it is told, from the start of the process on.
///
/// The names that begin with `agent_` and `http_` are what dashboards ask for; they do not change. What is Fettle's own
/// begins with `fettle_`.
public final class PrometheusMetrics implements Monitor {
    /// The media type of [#text].
    public static final String TYPE = "text/plain; version=0.0.4; charset=utf-8";

    private final PrometheusRegistry registry = new PrometheusRegistry();
    private final PrometheusTextFormatWriter writer = PrometheusTextFormatWriter.create();
    private final HttpMetrics http = new HttpMetrics(registry);
    private final TurnMetrics turns;
    private final ModelMetrics models;

    /// Metrics that are all zero.
    ///
    /// @param models names that may appear; others are counted as `other`
    /// @param tools likewise
    public PrometheusMetrics(String version, Set<String> models, Set<String> tools) {
        this.turns = new TurnMetrics(registry, new Bounded(tools));
        this.models = new ModelMetrics(registry, new Bounded(models));
        JvmMetrics.builder().register(registry);
        Info.builder()
                .name("fettle_build_info")
                .help("The version that runs.")
                .labelNames("version")
                .register(registry)
                .setLabelValues(version);
    }

    @Override
    public void tell(Occurrence occurrence) {
        switch (occurrence) {
            case Occurrence.Served served -> http.count(served);
            case Occurrence.Requested requested -> http.count(requested);
            case Occurrence.TurnTaken taken -> turns.count(taken);
            case Occurrence.TurnLeft _ -> turns.left();
            case Occurrence.TurnEnded ended -> turns.count(ended);
            case Occurrence.ModelAnswered answered -> {
                models.count(answered);
                turns.stage("model", answered.took());
            }
            case Occurrence.ModelsAsked asked -> models.count(asked.spending());
            case Occurrence.ModelFailed failed -> models.count(failed);
            case Occurrence.ToolAnswered answered -> turns.count(answered);
            case Occurrence.CacheAsked asked -> models.count(asked);
        }
    }

    /// Shows something that is read off whenever somebody asks.
    public void show(Gauge gauge) {
        Readings.register(registry, gauge);
    }

    /// All numbers as they stand, in Prometheus' text format
    /// (<https://prometheus.io/docs/instrumenting/exposition_formats/>).
    public String text() {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        try {
            writer.write(out, registry.scrape(), EscapingScheme.UNDERSCORE_ESCAPING);
        } catch (IOException e) {
            throw new UncheckedIOException("Memory cannot be written", e);
        }
        return out.toString(StandardCharsets.UTF_8);
    }
}
