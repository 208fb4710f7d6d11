package dev.fettle.providers.resilience;

import dev.fettle.core.model.Delta;
import dev.fettle.core.model.ModelException;
import dev.fettle.core.model.ModelException.Kind;
import dev.fettle.core.model.ModelProvider;
import dev.fettle.core.model.ModelRequest;
import dev.fettle.core.model.ModelResponse;
import io.github.resilience4j.circuitbreaker.CircuitBreaker;
import io.github.resilience4j.circuitbreaker.CircuitBreakerConfig;
import io.github.resilience4j.circuitbreaker.CircuitBreakerConfig.SlidingWindowType;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZoneOffset;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/// Spares a provider that is down, and everybody the waiting for it: after ten failures in a row no call gets
/// through for 15 s, then one, and if that succeeds, all. One for each provider in a process.
///
/// Only an overloaded or unreachable provider counts as failing; one that refuses a request is there.
public final class Breaking implements ModelProvider {
    private static final int FAILURES = 10;
    private static final Duration REST = Duration.ofSeconds(15);
    /// Until somebody else's trial may have shown whether the provider is back.
    private static final Duration TRIAL = Duration.ofSeconds(1);

    private final ModelProvider provider;
    private final SteadyTime time;
    private final CircuitBreaker breaker;
    private volatile Duration closedUntil = Duration.ZERO;

    public Breaking(ModelProvider provider, SteadyTime time) {
        this.provider = provider;
        this.time = time;
        InstantSource steady = () -> Instant.EPOCH.plus(time.elapsed());
        breaker = CircuitBreaker.of(
                "provider",
                CircuitBreakerConfig.custom()
                        .slidingWindow(FAILURES, FAILURES, SlidingWindowType.COUNT_BASED)
                        .failureRateThreshold(100)
                        .waitDurationInOpenState(REST)
                        .permittedNumberOfCallsInHalfOpenState(1)
                        .clock(steady.withZone(ZoneOffset.UTC))
                        .build());
        breaker.getEventPublisher().onStateTransition(event -> {
            if (event.getStateTransition().getToState() == CircuitBreaker.State.OPEN) {
                closedUntil = time.elapsed().plus(REST);
            }
        });
    }

    @Override
    public ModelResponse complete(ModelRequest request, Consumer<Delta> deltas) throws InterruptedException {
        if (!breaker.tryAcquirePermission()) {
            throw spared(request.model().provider());
        }
        boolean isKnown = false;
        try {
            ModelResponse answer = provider.complete(request, deltas);
            isKnown = true;
            succeeded();
            return answer;
        } catch (ModelException e) {
            isKnown = true;
            switch (e.kind()) {
                case OVERLOADED, NETWORK -> breaker.onError(0, TimeUnit.NANOSECONDS, e);
                case RATE_LIMITED, AUTH, CONTEXT_TOO_LONG, INVALID_REQUEST -> succeeded();
            }
            throw e;
        } finally {
            if (!isKnown) {
                breaker.releasePermission();
            }
        }
    }

    /// The library would also count slow calls as failures; a model may think as long as it likes, so no call is
    /// said to have taken any time.
    private void succeeded() {
        breaker.onSuccess(0, TimeUnit.NANOSECONDS);
    }

    private ModelException spared(String name) {
        Duration left = closedUntil.minus(time.elapsed());
        Duration wait = left.compareTo(TRIAL) < 0 ? TRIAL : left;
        return new ModelException(
                Kind.OVERLOADED,
                "%s failed %d times in a row and is left alone for another %d s"
                        .formatted(name, FAILURES, wait.toSeconds()),
                Optional.of(wait));
    }
}
