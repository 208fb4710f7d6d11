package dev.fettle.core.workspace;

import java.time.Duration;
import java.util.Optional;
import java.util.function.Consumer;

/// Runs commands in a workspace. Whoever implements it decides how far a command can reach.
public interface Shell {

    /// Runs a script with `bash -c` and an empty standard input, and blocks until it ends. When it ends, for
    /// whatever reason, no process it started is left.
    ///
    /// @param live receives output as it comes, in pieces of whole characters; called from one thread
    /// @throws InterruptedException when the calling thread is interrupted; everything started has been
    ///     killed by then
    /// @throws WorkspaceException if no process can be started at all
    Result run(Command command, Consumer<String> live) throws InterruptedException;

    /// What a run of this script had printed when its process died; empty if it did not die, or nothing is known.
    default Optional<String> lastWords(String script) {
        return Optional.empty();
    }

    /// Something to run.
    ///
    /// @param reach more than the sandbox has been granted before this is called
    record Command(String script, Duration timeout, Reach reach) {
        /// A command that stays in the sandbox.
        public Command(String script, Duration timeout) {
            this(script, timeout, Reach.SANDBOX);
        }
    }

    /// What became of a command.
    ///
    /// @param output standard output and error as they came, bounded to its head and tail, saying what was cut
    /// @param fullOutput the file with all of it, present when `output` was cut
    record Result(End end, String output, Optional<String> fullOutput, Duration duration) {}

    /// How a command ended.
    sealed interface End {
        /// It ended by itself or by a signal.
        ///
        /// @param code the exit status; 128 + n when signal n ended it
        record Exited(int code) implements End {}

        record TimedOut(Duration after) implements End {}

        /// It was killed because its processes held more memory than allowed.
        record OutOfMemory(long limitBytes) implements End {}

        /// It was killed because it had more processes at once than allowed.
        record TooManyProcesses(int limit) implements End {}
    }
}
