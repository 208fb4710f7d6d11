package dev.fettle.core.workflow;

import java.util.Optional;

/// What parsers find in a piece of code: its symbols, imports and calls, as text for a model.
@FunctionalInterface
public interface CodeFacts {
    /// Finds nothing.
    CodeFacts NONE = (_, _) -> Optional.empty();

    /// What is found in it; blocks as long as that takes.
    ///
    /// @param language as a person names it; to be guessed if empty
    /// @return empty if the language is not known, or there is nothing to find
    Optional<String> of(String code, Optional<String> language);
}
