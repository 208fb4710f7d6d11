package dev.fettle.server.api.run;

import dev.fettle.core.run.Run;
import dev.fettle.core.run.RunQueue;
import dev.fettle.core.run.RunState;
import dev.fettle.core.session.SessionException;
import dev.fettle.core.session.SessionStore;
import dev.fettle.server.exchange.Answer;
import dev.fettle.server.exchange.Request;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.function.Function;

/// Lets clients wait for a run that was just queued, and gives them the run to follow when it takes too long.
public final class RunWait {
    private static final Duration PAUSE = Duration.ofMillis(50);

    private final RunQueue runs;
    private final SessionStore sessions;
    private final Duration patience;
    private volatile boolean isHurried;

    /// A place to wait in.
    ///
    /// @param patience how long anybody waits
    public RunWait(RunQueue runs, SessionStore sessions, Duration patience) {
        this.runs = runs;
        this.sessions = sessions;
        this.patience = patience;
    }

    /// An ended run and what it has come to.
    public record Finished(RunView run, RunResult result) {
        public boolean isSuccess() {
            return run.status().equals("completed");
        }

        /// What the model said, or why it said nothing.
        public String response() {
            return result.text().isBlank() ? run.message() : result.text();
        }
    }

    /// From now on nobody waits: the server stops.
    public void hurry() {
        isHurried = true;
    }

    /// The run to be followed.
    public static Answer accepted(Run run) {
        return Answer.json(202, RunView.of(run)).with("Location", path(run));
    }

    private static String path(Run run) {
        return "/api/v1/runs/" + run.id();
    }

    /// What the client asked for when the run ends soon, otherwise the run. The run is queued by now, so whatever goes
    /// wrong here must not look like a refusal.
    public Answer answer(Request request, Run queued, Function<Finished, Object> shape) {
        boolean isAsync = request.head().headers().getOrDefault("prefer", List.of()).stream()
                .anyMatch(value -> value.toLowerCase(Locale.ROOT).contains("respond-async"));
        Run run = isAsync ? queued : await(queued);
        request.trail().run(run);
        if (!run.hasEnded()) {
            return accepted(run);
        }
        try {
            RunResult result = RunResult.of(run, sessions);
            return Answer.json(shape.apply(new Finished(RunView.of(run), result)))
                    .with("Content-Location", path(run));
        } catch (SessionException e) {
            return accepted(run);
        }
    }

    private Run await(Run queued) {
        Run run = queued;
        long until = System.nanoTime() + patience.toNanos();
        try {
            while (!isSettled(run) && !isHurried && System.nanoTime() < until) {
                Thread.sleep(PAUSE);
                run = runs.find(run.id()).orElse(run);
            }
        } catch (InterruptedException e) {
            // The client is gone, and may come back for the run.
            Thread.currentThread().interrupt();
        } catch (SessionException e) {
            // The database is away; the run is not.
        }
        return run;
    }

    /// Whoever has to answer a question does not do it while they wait.
    private static boolean isSettled(Run run) {
        return run.hasEnded() || run.state() instanceof RunState.Waiting;
    }
}
