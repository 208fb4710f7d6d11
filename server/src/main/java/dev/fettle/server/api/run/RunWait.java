package dev.fettle.server.api.run;

import dev.fettle.core.feed.Feed;
import dev.fettle.core.message.ContentBlock;
import dev.fettle.core.message.ToolCall;
import dev.fettle.core.message.ToolResult;
import dev.fettle.core.run.Run;
import dev.fettle.core.run.RunQueue;
import dev.fettle.core.run.RunState;
import dev.fettle.core.session.Conversation;
import dev.fettle.core.session.Event;
import dev.fettle.core.session.LogEntry;
import dev.fettle.core.session.SessionException;
import dev.fettle.core.session.SessionStore;
import dev.fettle.core.tool.Report;
import dev.fettle.core.workflow.Workflow;
import dev.fettle.server.exchange.Answer;
import dev.fettle.server.exchange.Request;
import dev.fettle.server.operation.Parameter;
import dev.fettle.server.operation.Reply;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Function;

/// Lets clients wait for a run that was just queued, and gives them the run to follow when it takes too long.
public final class RunWait {
    /// How long it takes at most until those who wait hear that they are to hurry.
    private static final Duration LOOK = Duration.ofMillis(250);

    /// After so long nobody needs the outcome any more.
    private static final Duration LONGEST = Duration.ofHours(1);

    /// What is given to who does not wait, or not any longer.
    public static final Reply FOLLOWED =
            Reply.json(202, "The run, to be followed.", RunView.class).with("Location", "The address of the run.");

    /// How a client says that it does not want to wait.
    public static final Parameter PREFER = Parameter.header(
            "Prefer", new Parameter.Kind.Words(List.of("respond-async")), "Not to wait, and get the run at once.");

    private final RunQueue runs;
    private final SessionStore sessions;
    private final Feed feed;
    private final Duration patience;
    private volatile boolean isHurried;

    /// A place to wait in.
    ///
    /// @param patience how long anybody waits
    public RunWait(RunQueue runs, SessionStore sessions, Feed feed, Duration patience) {
        this.runs = runs;
        this.sessions = sessions;
        this.feed = feed;
        this.patience = patience;
    }

    /// An ended run and what it has come to.
    ///
    /// @param hasCalled whether the model called any tool but the one for its report
    /// @param results what the tools said
    /// @param report what its workflow has come to
    /// @param isAgain whether the answer was given before
    public record Finished(
            RunView run,
            RunResult result,
            boolean hasCalled,
            List<ToolResult> results,
            Optional<Report> report,
            boolean isAgain) {
        public Finished {
            results = List.copyOf(results);
        }

        /// The same, given once more.
        public Finished again() {
            return new Finished(run, result, hasCalled, results, report, true);
        }

        /// The address of the run.
        public String path() {
            return "/api/v1/runs/" + run.runId();
        }

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
        Run run = isAsync ? queued : await(List.of(queued)).getFirst();
        request.trail().run(run);
        return finished(run)
                .map(each -> Answer.json(shape.apply(each)).with("Content-Location", path(run)))
                .orElseGet(() -> accepted(run));
    }

    /// What a run has come to when it has come to rest, however long that takes; empty if it has not ended then, or if
    /// nobody waits any longer.
    public Optional<Finished> outcome(Run queued) {
        return finished(await(queued, System.nanoTime() + LONGEST.toNanos()));
    }

    public boolean isHurried() {
        return isHurried;
    }

    /// The runs as they stand when all have come to rest, or when nobody waits any longer.
    List<Run> await(List<Run> queued) {
        long until = System.nanoTime() + patience.toNanos();
        return queued.stream().map(run -> await(run, until)).toList();
    }

    /// What a run has come to; empty if it has not ended, or if that cannot be read just now.
    Optional<RunResult> result(Run run) {
        return finished(run).map(Finished::result);
    }

    private Optional<Finished> finished(Run run) {
        try {
            return run.hasEnded() ? Optional.of(finished(run, RunSpan.of(run, sessions))) : Optional.empty();
        } catch (SessionException e) {
            return Optional.empty();
        }
    }

    private static Finished finished(Run run, List<LogEntry> turn) {
        boolean hasCalled = turn.stream()
                .anyMatch(each -> each.event() instanceof Event.AssistantSaid said
                        && said.content().stream().anyMatch(RunWait::looksOrChanges));
        List<ToolResult> results = turn.stream()
                .map(LogEntry::event)
                .filter(Event.ToolFinished.class::isInstance)
                .map(event -> ((Event.ToolFinished) event).result())
                .toList();
        Optional<Report> report = Conversation.of(turn).report();
        return new Finished(RunView.of(run), RunResult.of(turn), hasCalled, results, report, false);
    }

    private static boolean looksOrChanges(ContentBlock block) {
        return block instanceof ToolCall call && !call.name().equals(Workflow.REPORT);
    }

    /// Looks once more when the time is up: the run may have ended while others were waited for.
    private Run await(Run queued, long until) {
        Run run = queued;
        try (Feed.Cursor changes = feed.follow(run.session(), Long.MAX_VALUE)) {
            run = now(run);
            while (!isSettled(run) && !isHurried && System.nanoTime() < until) {
                if (changes.await(LOOK)) {
                    run = now(run);
                }
            }
            return isSettled(run) ? run : now(run);
        } catch (InterruptedException e) {
            // The client is gone, and may come back for the run.
            Thread.currentThread().interrupt();
        } catch (SessionException e) {
            // The database is away; the run is not.
        }
        return run;
    }

    private Run now(Run run) {
        return runs.find(run.id()).orElse(run);
    }

    /// Whoever has to answer a question does not do it while they wait.
    private static boolean isSettled(Run run) {
        return run.hasEnded() || run.state() instanceof RunState.Waiting;
    }
}
