package dev.fettle.store.feed;

import java.io.IOException;
import java.util.List;
import java.util.function.Consumer;

/// Carries short texts from one process to all that hear, this one among them. It may break at any time, and connects
/// again when it is next used. One thread tells, another hears.
public interface Line {
    /// The most characters of a text, all of them ASCII.
    int MOST = 7_000;

    /// Tells all who hear now, in a few seconds at most.
    ///
    /// @throws IOException if the line broke; some of it may have been told
    void tell(List<String> texts) throws IOException;

    /// Hears until the line breaks or is cut.
    ///
    /// @param connected called when everything that is told from here on will be heard
    void hear(Runnable connected, Consumer<String> heard) throws IOException;

    /// Ends what is under way, and lets go of the connections. The line is not used again.
    void cut();

    /// For people, without secrets.
    @Override
    String toString();
}
