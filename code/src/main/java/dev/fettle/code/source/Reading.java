package dev.fettle.code.source;

/// What came of reading a file.
public sealed interface Reading {
    record Outlined(Outline outline) implements Reading {}

    /// It was left out.
    ///
    /// @param why for a person, without the file's name: `it is minified`
    record Skipped(String why) implements Reading {}
}
