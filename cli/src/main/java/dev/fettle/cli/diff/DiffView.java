package dev.fettle.cli.diff;

import dev.fettle.cli.text.Style;
import java.util.List;

/// A unified diff as a person reads it.
///
/// @param width columns of the terminal
/// @param mostLines beyond which the rest is only counted
public record DiffView(Style style, int width, int mostLines) {
    /// The lines to print.
    ///
    /// @param diff hunks with or without file names, as `diff -u`, git and the tools that edit write them; lines before
    ///     the first hunk are kept
    public List<String> lines(String diff) {
        return diff.lines().limit(mostLines).toList();
    }
}
