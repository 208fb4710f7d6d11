package dev.fettle.tools.patch;

import java.util.List;
import java.util.Optional;

/// What a patch does to one file.
sealed interface FileChange {
    String path();

    record Add(String path, List<String> lines) implements FileChange {}

    record Delete(String path) implements FileChange {}

    /// Changes parts of a file, and may rename it.
    record Update(String path, Optional<String> newPath, List<Hunk> hunks) implements FileChange {}

    /// One place in a file that changes.
    ///
    /// @param headers lines to find first, one after the other: the class, the method
    /// @param isAtEnd whether it has to be the end of the file
    record Hunk(List<String> headers, List<Line> lines, boolean isAtEnd) {
        /// What has to be in the file.
        List<String> before() {
            return lines.stream()
                    .filter(line -> line.kind() != Line.Kind.ADDED)
                    .map(Line::text)
                    .toList();
        }
    }

    /// A line of a hunk, without its mark.
    record Line(Kind kind, String text) {
        enum Kind {
            CONTEXT,
            REMOVED,
            ADDED
        }
    }
}
