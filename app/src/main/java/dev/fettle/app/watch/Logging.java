package dev.fettle.app.watch;

import dev.fettle.app.config.Configuration;
import java.util.function.UnaryOperator;

/// Sets up the log, which is for operators and bug reports; what a user needs to know is said by the commands
/// themselves. Takes effect if nothing has been logged yet.
public interface Logging {
    /// Leaves it to whoever the program is part of.
    Logging NONE = new Logging() {
        @Override
        public void ofCommand(Configuration configuration, UnaryOperator<String> mask) {}

        @Override
        public boolean ofRole(Configuration configuration, UnaryOperator<String> mask) {
            return false;
        }
    };

    /// For a command that ends soon.
    ///
    /// @param mask takes secrets out of what is written
    void ofCommand(Configuration configuration, UnaryOperator<String> mask);

    /// For a process that runs until it is stopped.
    ///
    /// @return whether each line is JSON, so that whatever else is said belongs into the log
    boolean ofRole(Configuration configuration, UnaryOperator<String> mask);
}
