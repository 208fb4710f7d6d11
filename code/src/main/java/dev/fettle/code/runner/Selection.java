package dev.fettle.code.runner;

import dev.fettle.code.report.TestName;

/// Which tests to run.
public sealed interface Selection {
    record All() implements Selection {}

    /// Those of one file, or below one directory.
    ///
    /// @param path relative to the project's directory
    record In(String path) implements Selection {}

    /// One test. Its suite may be a class, a file, or empty.
    record One(TestName test) implements Selection {}
}
