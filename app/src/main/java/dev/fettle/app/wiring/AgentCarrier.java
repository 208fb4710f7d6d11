package dev.fettle.app.wiring;

import dev.fettle.app.place.Begin;
import dev.fettle.app.place.WorkingTrees;
import dev.fettle.cli.host.CommandException;
import dev.fettle.core.agent.Agent;
import dev.fettle.core.monitor.Monitor;
import dev.fettle.core.monitor.Occurrence;
import dev.fettle.core.monitor.TurnMeter;
import dev.fettle.core.permission.Approver;
import dev.fettle.core.permission.Question;
import dev.fettle.core.run.Run;
import dev.fettle.core.run.RunCarrier;
import dev.fettle.core.session.Outcome;
import dev.fettle.core.snapshot.SnapshotException;
import dev.fettle.core.turn.HandOver;
import dev.fettle.core.turn.TurnListener;
import dev.fettle.core.turn.TurnPausedException;
import dev.fettle.core.turn.TurnRequest;
import dev.fettle.core.workflow.Workflow;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;

/// Carries a run out with the agent that its request would get on a command line. What would be asked there waits
/// here for whoever answers.
///
/// @param crew puts the agents together
/// @param trees empty if all workers are on one machine
/// @param monitor told of what the turns do
record AgentCarrier(Crew crew, Optional<WorkingTrees> trees, Begin place, Monitor monitor, InstantSource clock)
        implements RunCarrier {

    /// Where agents for runs come from.
    interface Crew {
        /// The agent of a run.
        ///
        /// @throws CommandException if the settings of the run make no sense
        Agent agent(Run run, Approver approver);
    }

    @Override
    public Progress carry(Run run, Optional<Answered> answered, HandOver handOver) {
        Path tree = tree(run);
        return place.await(tree, handOver).orElseGet(() -> carry(run, tree, answered, handOver));
    }

    private static Path tree(Run run) {
        return Path.of(run.request().settings().getOrDefault("WORK_DIR", "")).toAbsolutePath();
    }

    private Progress carry(Run run, Path tree, Optional<Answered> answered, HandOver handOver) {
        Optional<Duration> queued = run.startedAt().isPresent() ? Optional.empty() : Optional.of(queued(run));
        monitor.tell(new Occurrence.TurnTaken(queued));
        try {
            return turn(run, tree, answered, handOver);
        } finally {
            monitor.tell(new Occurrence.TurnLeft());
        }
    }

    /// The database's clock may be ahead of ours.
    private Duration queued(Run run) {
        return Duration.ofMillis(Math.max(0, clock.millis() - run.createdAt().toEpochMilli()));
    }

    private Progress turn(Run run, Path tree, Optional<Answered> answered, HandOver handOver) {
        try {
            TurnRequest request = new TurnRequest(
                    new TurnRequest.Target.GivenSession(run.session()),
                    run.request().prompt(),
                    run.request().images(),
                    Optional.ofNullable(run.request().settings().get(Workflow.SETTING))
                            .flatMap(Workflow::named),
                    Optional.of(run.id()),
                    trees.flatMap(each -> each.bringUpToDate(run.session(), tree)));
            TurnListener listener =
                    trees.map(each -> each.keeping(run.session(), tree)).orElse(TurnListener.NONE);
            Agent agent = crew.agent(run, run.request().approvesAll() ? Approver.YES : new Answers(answered));
            TurnMeter meter = new TurnMeter(monitor, place.watching(run, tree, listener), run.startedAt());
            Outcome outcome = agent.run(request, meter, handOver).outcome();
            place.end(run, tree);
            return new Progress.Ended(outcome);
        } catch (TurnPausedException e) {
            return e.question().<Progress>map(Progress.Asking::new).orElseGet(Progress.HandedOver::new);
        } catch (CommandException e) {
            return failed(String.join(" ", e.messages()));
        } catch (SnapshotException e) {
            return failed(e.getMessage());
        }
    }

    private static Progress failed(String message) {
        return new Progress.Ended(new Outcome.Failed(Outcome.Cause.OTHER, message));
    }

    @Override
    public void end(Run run, Outcome outcome) {
        crew.agent(run, Approver.YES).end(run.session(), outcome);
        place.end(run, tree(run));
    }

    /// Knows one answer, which is good for one question.
    private static final class Answers implements Approver {
        private final AtomicReference<Optional<Answered>> left;

        Answers(Optional<Answered> answered) {
            left = new AtomicReference<>(answered);
        }

        @Override
        public Answer ask(Question question) {
            boolean isAnswered = left.get()
                    .filter(each -> each.question().permission().equals(question.permission()))
                    .isPresent();
            return isAnswered
                    ? left.getAndSet(Optional.empty()).orElseThrow().answer().toApproval()
                    : new Answer.Later();
        }
    }
}
