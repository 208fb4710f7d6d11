package dev.fettle.telemetry.metrics;

import dev.fettle.core.monitor.Occurrence;
import dev.fettle.core.session.Status;
import io.prometheus.metrics.core.metrics.Counter;
import io.prometheus.metrics.core.metrics.Gauge;
import io.prometheus.metrics.core.metrics.Histogram;
import io.prometheus.metrics.model.registry.PrometheusRegistry;
import java.time.Duration;
import java.util.Locale;
import java.util.stream.Stream;

/// What turns do that this process carries out.
final class TurnMetrics {
    private final Bounded tools;
    private final Gauge active;
    private final Counter ended;
    private final Histogram took;
    private final Histogram stages;
    private final Counter toolCalls;
    private final Counter toolResults;

    TurnMetrics(PrometheusRegistry registry, Bounded tools) {
        this.tools = tools;
        active = Gauge.builder()
                .name("agent_active_sessions")
                .help("Sessions with a turn that this process carries out now.")
                .register(registry);
        ended = Counter.builder()
                .name("agent_runs_total")
                .help("Runs that have ended, by how.")
                .labelNames("status")
                .register(registry);
        took = Histogram.builder()
                .name("agent_duration_seconds")
                .help("From when a run was first taken up to its end.")
                .classicOnly()
                .classicUpperBounds(1, 2.5, 5, 10, 30, 60, 120, 300, 600, 1800, 3600, 7200)
                .register(registry);
        stages = Histogram.builder()
                .name("agent_stage_duration_seconds")
                .help("The parts of a run: in the queue until first taken up, each model call, each tool that was run.")
                .labelNames("stage")
                .classicOnly()
                .classicUpperBounds(.01, .05, .1, .25, .5, 1, 2.5, 5, 10, 30, 60, 120, 300, 600)
                .register(registry);
        toolCalls = Counter.builder()
                .name("agent_tool_calls_total")
                .help("Calls of tools that have been answered, also those that were refused.")
                .labelNames("tool")
                .register(registry);
        toolResults = Counter.builder()
                .name("fettle_tool_results_total")
                .help("The same, by how they were answered.")
                .labelNames("tool", "result")
                .register(registry);
        Stream.of(Status.values()).map(Status::word).forEach(ended::initLabelValues);
        took.initLabelValues();
    }

    void count(Occurrence.TurnTaken taken) {
        active.inc();
        taken.queued().ifPresent(queued -> stage("queue", queued));
    }

    void left() {
        active.dec();
    }

    void count(Occurrence.TurnEnded turn) {
        ended.labelValues(turn.status().word()).inc();
        took.observe(Seconds.of(turn.took()));
    }

    void count(Occurrence.ToolAnswered answer) {
        String tool = tools.of(answer.tool());
        toolCalls.labelValues(tool).inc();
        toolResults
                .labelValues(tool, answer.kind().name().toLowerCase(Locale.ROOT))
                .inc();
        if (answer.wasRun()) {
            stage("tool", answer.took());
        }
    }

    void stage(String stage, Duration time) {
        stages.labelValues(stage).observe(Seconds.of(time));
    }
}
