package dev.fettle.code.index;

import dev.fettle.code.source.Language;
import java.util.Optional;

/// A file the index knows.
///
/// @param id its number, for as long as the index is not written to
/// @param hasError whether parts of it do not fit the grammar
/// @param skipped why it was left out; empty if it was read
public record IndexedFile(
        int id, String path, Language language, int lines, boolean hasError, Optional<String> skipped) {}
