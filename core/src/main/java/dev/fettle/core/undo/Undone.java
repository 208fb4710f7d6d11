package dev.fettle.core.undo;

import dev.fettle.core.session.SessionId;
import java.util.List;
import java.util.Optional;

/// What became of an undo, a redo or a rewind.
public sealed interface Undone {

    /// The tree is as it was.
    ///
    /// @param turns what was taken back or done again, in their order; may be empty for a rewind
    /// @param paths the files and directories this has touched
    /// @param notRestored what should be as it was and is not, each with its reason
    /// @param leftOut what is not kept and therefore as it is, each with its reason
    /// @param fork the session to go on with after a rewind
    record Done(
            List<TurnChange> turns,
            List<String> paths,
            List<String> notRestored,
            List<String> leftOut,
            Optional<SessionId> fork)
            implements Undone {
        public Done {
            turns = List.copyOf(turns);
            paths = List.copyOf(paths);
            notRestored = List.copyOf(notRestored);
            leftOut = List.copyOf(leftOut);
        }
    }

    /// Nothing was touched: these paths have been changed by somebody else since, and that would be lost.
    ///
    /// @param turns what was to be taken back or done again
    record Conflict(List<TurnChange> turns, List<String> paths) implements Undone {
        public Conflict {
            turns = List.copyOf(turns);
            paths = List.copyOf(paths);
        }
    }

    /// There is nothing that could be done.
    ///
    /// @param why a sentence with the remedy
    record Nothing(String why) implements Undone {}
}
