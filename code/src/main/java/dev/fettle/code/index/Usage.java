package dev.fettle.code.index;

import dev.fettle.code.source.Reference;

/// A place where a name is used.
///
/// @param line from 1
/// @param from the symbol it is in; empty if in none
public record Usage(String path, int line, Reference.Kind kind, String from) {}
