package dev.fettle.telemetry.metrics;

import dev.fettle.core.monitor.Occurrence;
import io.prometheus.metrics.core.metrics.Counter;
import io.prometheus.metrics.core.metrics.Histogram;
import io.prometheus.metrics.model.registry.PrometheusRegistry;
import java.util.Set;

/// What is asked over HTTP.
final class HttpMetrics {
    private static final Bounded METHODS =
            new Bounded(Set.of("GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS"));

    private final Counter served;
    private final Histogram servedTook;
    private final Counter asked;
    private final Histogram askedTook;

    HttpMetrics(PrometheusRegistry registry) {
        served = Counter.builder()
                .name("http_requests_total")
                .help("Requests over HTTP. The endpoint is the route's pattern, or - if there is none.")
                .labelNames("method", "endpoint", "status")
                .register(registry);
        servedTook = Histogram.builder()
                .name("http_request_duration_seconds")
                .help("From the head of a request to the end of its answer, without event streams.")
                .classicOnly()
                .classicUpperBounds(.001, .0025, .005, .01, .025, .05, .1, .25, .5, 1, 2.5, 5, 10, 30, 60)
                .register(registry);
        asked = Counter.builder()
                .name("agent_requests_total")
                .help("What the agent was asked for over HTTP, and how that came out for whoever asked.")
                .labelNames("type", "status")
                .register(registry);
        askedTook = Histogram.builder()
                .name("agent_request_duration_seconds")
                .help("How long whoever asked the agent for something waited for the answer.")
                .labelNames("type")
                .classicOnly()
                .classicUpperBounds(.01, .05, .1, .25, .5, 1, 2.5, 5, 10, 20, 30, 60)
                .register(registry);
        servedTook.initLabelValues();
    }

    void count(Occurrence.Served request) {
        served.labelValues(METHODS.of(request.method()), request.endpoint(), Integer.toString(request.status()))
                .inc();
        if (!request.isStream()) {
            servedTook.observe(Seconds.of(request.took()));
        }
    }

    void count(Occurrence.Requested request) {
        asked.labelValues(request.type(), request.status()).inc();
        askedTook.labelValues(request.type()).observe(Seconds.of(request.took()));
    }
}
