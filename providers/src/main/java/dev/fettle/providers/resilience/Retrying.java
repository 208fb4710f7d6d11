package dev.fettle.providers.resilience;

import dev.fettle.core.model.Delta;
import dev.fettle.core.model.ModelException;
import dev.fettle.core.model.ModelProvider;
import dev.fettle.core.model.ModelRequest;
import dev.fettle.core.model.ModelResponse;
import dev.fettle.core.usage.Deadline;
import java.time.Duration;
import java.util.function.Consumer;
import java.util.random.RandomGenerator;

/// Repeats what can still succeed, until one deadline counted from the first failure.
///
/// The wait before the n-th repetition is random between nothing and 0.5 s · 2ⁿ, at most 8 s ("full jitter",
/// so that many callers do not come back at once), but never less than the provider asked for. What does not
/// fit before the deadline is not begun. A repetition that has shown nothing by then is abandoned; one that is
/// answering may finish, within the time-outs of the connection.
///
/// An answer that broke off is discarded as a whole: viewers are told so, and the answer to the repetition is
/// the only one returned.
public final class Retrying implements ModelProvider {
    private static final Duration FIRST_WAIT = Duration.ofMillis(500);
    private static final Duration LONGEST_WAIT = Duration.ofSeconds(8);

    private final ModelProvider provider;
    private final Patience patience;
    private final SteadyTime time;
    private final RandomGenerator random;

    public Retrying(ModelProvider provider, Patience patience, SteadyTime time, RandomGenerator random) {
        this.provider = provider;
        this.patience = patience;
        this.time = time;
        this.random = random;
    }

    @Override
    public ModelResponse complete(ModelRequest request, Consumer<Delta> deltas) throws InterruptedException {
        ModelException failure;
        try {
            return attempt(request, deltas);
        } catch (ModelException e) {
            failure = e;
        }
        Duration begun = time.elapsed();
        for (int tries = 1; failure.isRetryable(); tries++) {
            Duration spent = time.elapsed().minus(begun);
            Duration wait = wait(failure, tries);
            if (spent.plus(wait).compareTo(patience.total()) >= 0 || wait.compareTo(patience.longestWait()) > 0) {
                throw givenUp(failure, tries, spent);
            }
            deltas.accept(new Delta.Waiting(wait, failure.getMessage()));
            time.sleep(wait);
            try {
                return again(request, deltas, begun.plus(patience.total()).minus(time.elapsed()));
            } catch (ModelException e) {
                failure = e;
            }
        }
        throw failure;
    }

    private ModelResponse attempt(ModelRequest request, Consumer<Delta> deltas) throws InterruptedException {
        boolean[] hasShown = {false};
        try {
            return provider.complete(request, delta -> {
                hasShown[0] |= isVisible(delta);
                deltas.accept(delta);
            });
        } catch (ModelException e) {
            if (hasShown[0]) {
                deltas.accept(new Delta.Discarded(e.getMessage()));
            }
            throw e;
        }
    }

    private ModelResponse again(ModelRequest request, Consumer<Delta> deltas, Duration left)
            throws InterruptedException {
        try (Deadline deadline = Deadline.after(left)) {
            try {
                return attempt(request, delta -> {
                    deadline.callOff();
                    deltas.accept(delta);
                });
            } catch (InterruptedException e) {
                if (!deadline.hasPassed()) {
                    throw e;
                }
                throw new ModelException(
                        ModelException.Kind.NETWORK,
                        "%s did not begin to answer in the %d s that were left"
                                .formatted(request.model().provider(), left.toSeconds()),
                        e);
            }
        }
    }

    private static boolean isVisible(Delta delta) {
        return switch (delta) {
            case Delta.Text text -> !text.text().isEmpty();
            case Delta.Reasoning reasoning -> !reasoning.text().isEmpty();
            case Delta.CallBegun _ -> true;
            case Delta.ToolOutput _, Delta.Discarded _, Delta.Waiting _, Delta.Switched _ -> false;
        };
    }

    private Duration wait(ModelException failure, int tries) {
        long most = FIRST_WAIT.toMillis() << Math.min(tries - 1, 10);
        Duration own = Duration.ofMillis(random.nextLong(1 + Math.min(most, LONGEST_WAIT.toMillis())));
        return failure.retryAfter().filter(asked -> asked.compareTo(own) > 0).orElse(own);
    }

    private ModelException givenUp(ModelException failure, int tries, Duration spent) {
        if (patience.total().isZero()) {
            return failure;
        }
        String asked = failure.retryAfter()
                .map(wait ->
                        " It asks to be left alone for %d s, longer than is waited for.".formatted(wait.toSeconds()))
                .orElse("");
        return failure.saying("Gave up after %s in %d s (LLM_RETRY_TIME is %d s): %s.%s"
                .formatted(
                        tries == 1 ? "1 try" : tries + " tries",
                        spent.toSeconds(),
                        patience.total().toSeconds(),
                        failure.getMessage(),
                        asked));
    }
}
