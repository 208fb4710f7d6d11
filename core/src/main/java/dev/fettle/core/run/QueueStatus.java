package dev.fettle.core.run;

import dev.fettle.core.session.RunId;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/// How the queue stands at a moment.
///
/// @param counts of the runs that have not ended
/// @param oldest of those that no worker has taken yet, and that wait for no answer
/// @param held what workers have, the oldest first
public record QueueStatus(List<Count> counts, Optional<Entry> oldest, List<Held> held) {
    public QueueStatus {
        counts = List.copyOf(counts);
        held = List.copyOf(held);
    }

    /// How many runs of a user are in a state.
    ///
    /// @param state `queued`, `ready`, `running` or `waiting`
    public record Count(String state, String user, long runs) {}

    /// A run in the queue.
    ///
    /// @param since when it was asked for
    public record Entry(RunId run, String user, String state, Instant since) {}

    /// A run with a worker.
    ///
    /// @param worker for people
    /// @param since when a worker first took it
    public record Held(String worker, RunId run, String user, Instant since) {}
}
