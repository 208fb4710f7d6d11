package dev.fettle.providers.resilience;

import dev.fettle.core.model.Delta;
import dev.fettle.core.model.Model;
import dev.fettle.core.model.ModelException;
import dev.fettle.core.model.ModelProvider;
import dev.fettle.core.model.ModelRequest;
import dev.fettle.core.model.ModelResponse;
import java.time.Duration;
import java.util.List;
import java.util.function.Consumer;

/// Asks the next model where one is unavailable, in the order given. What another model would not change is not
/// passed on: a wrong key, a request that is refused or too long.
///
/// Whoever helped out is asked first for the next five minutes, so that not every step waits for the one that is
/// down, and prompt caches are not lost at every step.
public final class Fallback implements ModelProvider {
    private static final Duration STAY = Duration.ofMinutes(5);

    private final List<Candidate> candidates;
    private final SteadyTime time;
    private volatile Stay stay = new Stay(0, Duration.ZERO);

    /// A model and who gets its answers.
    public record Candidate(Model model, ModelProvider provider) {}

    private record Stay(int index, Duration until) {}

    public Fallback(List<Candidate> candidates, SteadyTime time) {
        if (candidates.isEmpty()) {
            throw new IllegalArgumentException("There must be a model to ask");
        }
        this.candidates = List.copyOf(candidates);
        this.time = time;
    }

    @Override
    public ModelResponse complete(ModelRequest request, Consumer<Delta> deltas) throws InterruptedException {
        Stay current = stay;
        int first = current.until().compareTo(time.elapsed()) > 0 ? current.index() : 0;
        String story = "";
        for (int n = 0; ; n++) {
            int index = (first + n) % candidates.size();
            Candidate candidate = candidates.get(index);
            try {
                ModelResponse answer = candidate.provider().complete(request.to(candidate.model()), deltas);
                if (n > 0) {
                    stay = new Stay(index, time.elapsed().plus(STAY));
                }
                return answer.by(candidate.model());
            } catch (ModelException e) {
                if (!e.isRetryable() || n + 1 == candidates.size()) {
                    throw story.isEmpty() ? e : e.saying(e.getMessage() + story);
                }
                Model next = candidates.get((index + 1) % candidates.size()).model();
                deltas.accept(new Delta.Switched(candidate.model().name(), next.name(), e.getMessage()));
                story += "\nBefore it, %s: %s".formatted(candidate.model().name(), e.getMessage());
            }
        }
    }
}
