package dev.fettle.core.tool;

import dev.fettle.core.permission.Permission;
import dev.fettle.core.workspace.Workspace;
import java.util.List;

/// Something a model can call. Stateless: whatever belongs to one session or one call comes in the
/// [ToolContext].
public interface Tool {
    ToolSpec spec();

    Effect effect();

    /// Checks the arguments, without touching the world.
    ///
    /// @param arguments JSON text as the model wrote it
    /// @throws ToolException if they are malformed, telling the model what is expected
    Invocation prepare(String arguments);

    /// Whether the call leaves this text in every file where it is and takes it nowhere else. Then a secret
    /// may stand in its place without being given away.
    ///
    /// @param arguments as for [#prepare], already found to be sound
    default boolean putsBack(String arguments, String text) {
        return false;
    }

    /// A call whose arguments are sound.
    interface Invocation {
        List<Permission> permissions();

        /// The same, for a tool that finds out what to do by looking at the workspace.
        ///
        /// @throws ToolException if there is nothing it could do
        default List<Permission> permissions(Workspace workspace) {
            return permissions();
        }

        /// Blocks until done.
        ///
        /// @throws InterruptedException when cancelled; the tool leaves things consistent first
        /// @throws ToolException if it cannot be done as asked
        /// @throws dev.fettle.core.workspace.WorkspaceException if the world says no
        ToolOutput run(ToolContext context) throws InterruptedException;

        /// What is left to be seen of a run of this call whose process died, for the model; empty if nothing is known.
        default String traces(ToolContext context) {
            return "";
        }
    }
}
