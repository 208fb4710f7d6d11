package dev.fettle.tools.process;

import dev.fettle.core.workspace.Confinement;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/// Starts commands so that they reach no further than they may. [ProcessShell] does the rest: it reads the output,
/// keeps the time, and kills what is left.
public interface Sandbox {

    /// What users know it by: `bubblewrap`, `landlock`, `none`.
    String name();

    /// Starts a command whose standard input is empty and whose standard output carries both streams. Killing its
    /// process and all its descendants leaves nothing of it.
    ///
    /// @throws IOException if it cannot be started confined as asked; it is never started with less confinement
    Started start(Launch launch) throws IOException;

    /// A command under way.
    ///
    /// @param aftermath to be run once nothing of the command is left
    record Started(Process process, Aftermath aftermath) {
        /// A command that leaves nothing to be done.
        public Started(Process process) {
            this(process, List::of);
        }
    }

    /// Takes away what the sandbox needed, and puts right what it could not prevent.
    @FunctionalInterface
    interface Aftermath {
        /// What was put right, a sentence each.
        List<String> run() throws IOException;
    }

    /// A command and its surroundings.
    ///
    /// @param command the program, found through the environment's `PATH`, and its arguments
    /// @param workspace the directory that may be written to, an absolute real path
    /// @param directory where the command starts: the workspace or a directory in it
    /// @param environment exactly what the command gets
    record Launch(
            List<String> command,
            Path workspace,
            Path directory,
            Map<String, String> environment,
            Confinement confinement) {
        public Launch {
            command = List.copyOf(command);
            environment = Map.copyOf(environment);
        }
    }
}
