package dev.fettle.cli.host;

import java.time.Duration;

/// What can be found out about a failure without a model. Everything blocks while commands run in the sandbox;
/// interrupting it kills them.
public interface Debugging {

    /// What somebody says is wrong.
    sealed interface Complaint {
        /// The tests of a path fail, or the program in it.
        ///
        /// @param path in the workspace: absolute, or relative to it
        record Tests(String path) implements Complaint {}

        record Command(String line) implements Complaint {}

        /// Something said this: an error message, a log.
        record Text(String text) implements Complaint {}
    }

    /// Makes it happen, reads it, and ranks the lines it may come from.
    ///
    /// @throws dev.fettle.core.workspace.WorkspaceException if the path is none of the workspace
    Facts investigate(Complaint complaint) throws InterruptedException;

    /// Remembers the workspace as it is, to say later what has changed.
    Mark mark();

    /// What was found out.
    interface Facts {
        Standing standing();

        /// For people.
        String text();

        /// The same as a JSON object.
        String json();

        /// What a model is asked to do about it; the facts are not part of that.
        String task();

        /// Finds the first bad commit of those after `good` up to `bad`.
        Answer bisect(String good, String bad) throws InterruptedException;

        /// Looks for one edit that makes all tests pass; good if one was found. Such an edit is plausible, not known
        /// to be right.
        ///
        /// @param isApplied whether the workspace gets what was found; otherwise nothing is changed
        Answer repair(Duration time, boolean isApplied) throws InterruptedException;

        /// Whether a failure costs so little to make happen that a search can be tried unasked.
        boolean isCheap();

        /// Runs again what failed, and if that passes everything.
        Answer verify() throws InterruptedException;
    }

    enum Standing {
        /// There is a failure to go after.
        FAILURE,
        NOTHING_FAILS,
        /// Nothing is known, and nothing could be run.
        NOTHING_TO_RUN
    }

    /// What a question came to.
    ///
    /// @param isGood whether it was answered as one would wish: a commit found, everything passed
    /// @param json an object
    record Answer(boolean isGood, String text, String json) {}

    interface Mark extends AutoCloseable {
        /// What has changed since, as git shows it; empty if nothing has, or if it cannot be said.
        String changes();

        @Override
        void close();
    }
}
