package dev.fettle.code.debug;

/// What somebody says is wrong.
public sealed interface Complaint {
    /// The tests of a path fail, or the program in it.
    ///
    /// @param path in the workspace
    record Tests(String path) implements Complaint {}

    /// A command fails.
    record Command(String line) implements Complaint {}

    /// Something said this: an error message, a log.
    record Text(String text) implements Complaint {}
}
