package dev.fettle.cli.interactive.live;

import dev.fettle.cli.text.Style;
import java.util.List;

/// Where a sitting is written down. Used by several threads.
public interface Page {
    /// Prints finished lines, which stay as they are.
    void lines(List<String> lines);

    default void line(String line) {
        lines(List.of(line));
    }

    /// What is under way looks different now; it is shown soon, however often this is called.
    void changed();

    /// Calls the user, who may be looking elsewhere.
    ///
    /// @param why a few words
    void call(String why);

    /// Columns.
    int width();

    Style style();
}
