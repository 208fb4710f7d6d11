package dev.fettle.telemetry.metrics;

import dev.fettle.core.monitor.Occurrence;
import dev.fettle.core.usage.Spending;
import dev.fettle.core.usage.Usage;
import io.prometheus.metrics.core.metrics.Counter;
import io.prometheus.metrics.model.registry.PrometheusRegistry;
import java.util.Locale;

/// What models are asked and what that takes. The names without labels are the sums.
final class ModelMetrics {
    private final Bounded models;
    private final Counter calls;
    private final Counter tokens;
    private final Counter cost;
    private final Counter hits;
    private final Counter misses;
    private final Counter callsOf;
    private final Counter tokensOf;
    private final Counter costOf;
    private final Counter failures;

    ModelMetrics(PrometheusRegistry registry, Bounded models) {
        this.models = models;
        calls = sum(registry, "agent_llm_calls_total", "Model calls that brought an answer.");
        tokens = sum(registry, "agent_tokens_total", "Tokens of model calls, read and written.");
        cost = sum(registry, "agent_cost_total", "US dollars that model calls have cost.");
        hits = sum(registry, "agent_cache_hits_total", "Answers that were found in a cache.");
        misses = sum(registry, "agent_cache_misses_total", "Answers that were looked for in a cache in vain.");
        callsOf = by(registry, "fettle_model_calls_total", "Model calls that brought an answer.", "model");
        tokensOf = by(registry, "fettle_model_tokens_total", "Tokens of model calls.", "model", "kind");
        costOf = by(registry, "fettle_model_cost_total", "US dollars that model calls have cost.", "model");
        failures = by(registry, "fettle_model_failures_total", "Model calls that failed for good.", "model", "kind");
    }

    private static Counter sum(PrometheusRegistry registry, String name, String help) {
        return Counter.builder().name(name).help(help).register(registry);
    }

    private static Counter by(PrometheusRegistry registry, String name, String help, String... labels) {
        return Counter.builder().name(name).help(help).labelNames(labels).register(registry);
    }

    void count(Occurrence.ModelAnswered answer) {
        count(new Spending(answer.model(), 1, answer.usage(), answer.cost()));
    }

    void count(Spending spending) {
        String model = models.of(spending.model());
        Usage usage = spending.usage();
        double dollars = spending.cost().usd().doubleValue();
        calls.inc(spending.calls());
        tokens.inc(usage.total());
        cost.inc(dollars);
        callsOf.labelValues(model).inc(spending.calls());
        tokensOf.labelValues(model, "input").inc(usage.inputTokens());
        tokensOf.labelValues(model, "cache_read").inc(usage.cacheReadTokens());
        tokensOf.labelValues(model, "cache_write").inc(usage.cacheWriteTokens());
        tokensOf.labelValues(model, "output").inc(usage.outputTokens());
        costOf.labelValues(model).inc(dollars);
    }

    void count(Occurrence.ModelFailed failure) {
        failures.labelValues(models.of(failure.model()), failure.kind().name().toLowerCase(Locale.ROOT))
                .inc();
    }

    void count(Occurrence.CacheAsked asked) {
        (asked.isHit() ? hits : misses).inc();
    }
}
