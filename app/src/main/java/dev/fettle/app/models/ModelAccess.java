package dev.fettle.app.models;

import dev.fettle.app.config.Configuration;
import dev.fettle.app.config.Settings;
import dev.fettle.core.model.ModelProvider;
import dev.fettle.core.monitor.Monitor;
import dev.fettle.providers.http.Peer;
import dev.fettle.providers.http.Timeouts;
import dev.fettle.providers.http.Wire;
import dev.fettle.providers.resilience.Breaking;
import dev.fettle.providers.resilience.Cached;
import dev.fettle.providers.resilience.Fallback;
import dev.fettle.providers.resilience.Limited;
import dev.fettle.providers.resilience.Metered;
import dev.fettle.providers.resilience.Patience;
import dev.fettle.providers.resilience.Retrying;
import dev.fettle.providers.resilience.SteadyTime;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;

/// The way of every request to a model and back. What is known of a provider's health, how many calls to it there may
/// be, and what it has answered if that is kept, is shared by all sessions of the process.
public final class ModelAccess {
    /// With another model at hand, the longest single wait for one.
    private static final Duration LONGEST_WAIT_BEFORE_FALLBACK = Duration.ofSeconds(10);

    private static final long CACHED_CHARACTERS = 20_000_000;
    private static final Duration CACHED_FOR = Duration.ofHours(1);

    private final Wire wire;
    private final CallLog calls;
    private final SteadyTime time = SteadyTime.REAL;
    private final Random random = new Random();
    private final Map<String, ModelProvider> providers = new HashMap<>();
    private final Cached.Answers answers = new Cached.Answers(CACHED_CHARACTERS, CACHED_FOR, time);

    /// The way over a wire.
    ///
    /// @param monitor told of failures and of looks into the cache
    public ModelAccess(Wire wire, Monitor monitor) {
        this.wire = wire;
        this.calls = new CallLog(monitor);
    }

    public static Timeouts timeouts(Configuration configuration) {
        return new Timeouts(
                Timeouts.DEFAULT.connect(),
                configuration.get(Settings.LLM_CALL_TIMEOUT),
                configuration.get(Settings.LLM_IDLE_TIMEOUT));
    }

    /// Metered, cached if so configured, falling back, retrying, breaking, limited.
    public ModelProvider chain(Configuration configuration, ModelChoice first, List<ModelChoice> fallbacks) {
        Duration total = configuration.get(Settings.LLM_RETRY_TIME);
        List<ModelChoice> choices = new ArrayList<>(List.of(first));
        choices.addAll(fallbacks);
        List<Fallback.Candidate> candidates = new ArrayList<>();
        for (ModelChoice choice : choices) {
            boolean isLast = candidates.size() == fallbacks.size();
            Patience patience = isLast ? Patience.of(total) : new Patience(total, LONGEST_WAIT_BEFORE_FALLBACK);
            ModelProvider provider = shared(configuration, choice);
            candidates.add(new Fallback.Candidate(choice.model(), new Retrying(provider, patience, time, random)));
        }
        ModelProvider whole = new Fallback(candidates, time);
        if (configuration.get(Settings.LLM_CACHE)) {
            whole = new Cached(whole, answers, calls);
        }
        return new Metered(whole, calls, time);
    }

    /// Sees whether anybody is there who could be asked. Asks nothing, and so costs nothing.
    ///
    /// @throws dev.fettle.core.model.ModelException if nobody is
    public void reach(ModelChoice choice) throws InterruptedException {
        if (choice.endpoint().isPresent()) {
            wire.reach(new Peer(choice.endpoint().get(), choice.model()));
        }
    }

    private synchronized ModelProvider shared(Configuration configuration, ModelChoice choice) {
        return providers.computeIfAbsent(
                choice.way(),
                _ -> new Breaking(
                        new Limited(choice.connection().apply(wire), configuration.get(Settings.LLM_CONCURRENCY)),
                        time));
    }
}
