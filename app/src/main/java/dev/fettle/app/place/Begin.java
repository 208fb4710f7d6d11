package dev.fettle.app.place;

import dev.fettle.core.model.Delta;
import dev.fettle.core.run.Run;
import dev.fettle.core.run.RunCarrier.Progress;
import dev.fettle.core.run.RunChanges;
import dev.fettle.core.session.Event;
import dev.fettle.core.session.LogEntry;
import dev.fettle.core.session.Outcome;
import dev.fettle.core.tool.Effect;
import dev.fettle.core.turn.HandOver;
import dev.fettle.core.turn.TurnListener;
import dev.fettle.core.workspace.kept.KeptWorkspace;
import dev.fettle.core.workspace.kept.KeptWorkspace.State;
import dev.fettle.core.workspace.kept.KeptWorkspaces;
import dev.fettle.core.workspace.kept.WorkspaceId;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.function.Supplier;

/// How a run begins and ends in its directory, if that is one of the service's: when it is ready, and with a
/// look at what is in it.
///
/// @param kept asked for only when there is something to ask
public record Begin(WorkRoot root, Supplier<? extends KeptWorkspaces> kept, RunChanges changes) {
    private static final Duration PAUSE = Duration.ofMillis(200);

    /// Waits until the directory is ready, for instance because a repository is being fetched into it.
    ///
    /// @return how the run stands if it cannot begin; empty if it can
    public Optional<Progress> await(Path tree, HandOver handOver) {
        Optional<WorkspaceId> id =
                root.holds(tree) ? WorkspaceId.read(tree.getFileName().toString()) : Optional.empty();
        try {
            while (id.isPresent()) {
                Optional<KeptWorkspace> workspace = kept.get().find(id.get());
                if (workspace.isEmpty()) {
                    return ended("The workspace has been removed.");
                }
                switch (workspace.get().state()) {
                    case State.Ready _ -> {
                        return Optional.empty();
                    }
                    case State.Failed failed -> {
                        return ended(failed.reason());
                    }
                    case State.Preparing _ -> Thread.sleep(PAUSE);
                }
                if (handOver.isWanted()) {
                    return Optional.of(new Progress.HandedOver());
                }
            }
            return Optional.empty();
        } catch (InterruptedException e) {
            return Optional.of(
                    handOver.isWanted() ? new Progress.HandedOver() : new Progress.Ended(new Outcome.Cancelled()));
        }
    }

    private static Optional<Progress> ended(String why) {
        return Optional.of(new Progress.Ended(new Outcome.Failed(Outcome.Cause.OTHER, why)));
    }

    /// Has a look at the directory before the first call that may change something in it. Most questions need none.
    ///
    /// @param next whoever listens besides
    public TurnListener watching(Run run, Path tree, TurnListener next) {
        return root.holds(tree) ? new Watching(run, tree, next) : next;
    }

    private final class Watching implements TurnListener {
        private final Run run;
        private final Path tree;
        private final TurnListener next;
        private boolean hasLooked;

        Watching(Run run, Path tree, TurnListener next) {
            this.run = run;
            this.tree = tree;
            this.next = next;
        }

        /// A call that may change something is told of before it begins.
        @Override
        public void onEvent(LogEntry entry) {
            if (!hasLooked && entry.event() instanceof Event.ToolStarted started && started.effect() != Effect.READ) {
                changes.begin(run, tree);
                hasLooked = true;
            }
            next.onEvent(entry);
        }

        @Override
        public void onDelta(Delta delta) {
            next.onDelta(delta);
        }
    }

    public void end(Run run, Path tree) {
        if (root.holds(tree)) {
            changes.end(run, tree);
        }
    }
}
