package dev.fettle.core.feed;

import java.util.function.Consumer;

/// Carries notices to whoever listens, in this process and in others. It may lose them, repeat them and bring them out
/// of order; nobody may depend on one. Safe for use by several threads.
public interface Notices {

    /// Tells everybody, soon. Neither waits nor fails.
    void announce(Notice notice);

    /// Has a listener told from here on.
    ///
    /// @param listener returns at once and throws nothing: others wait behind it
    Listening listen(Consumer<Notice> listener);

    /// A listener that is told.
    interface Listening extends AutoCloseable {
        /// Has it told no more.
        @Override
        void close();
    }
}
