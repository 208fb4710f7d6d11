package dev.fettle.core.context;

import dev.fettle.core.workspace.Workspace;
import java.util.Optional;

/// Says what is in a workspace, for an agent that has looked at nothing yet.
public interface Overview {
    /// Says nothing.
    Overview NONE = (_, _) -> Optional.empty();

    /// A few hundred words at most, with what the task is about first. Returns soon: a session waits for it.
    ///
    /// @return empty if there is nothing to say, or it would take too long to find out
    Optional<String> of(Workspace workspace, String task);
}
