package dev.fettle.core.memory;

import java.util.List;
import java.util.Map;
import java.util.Optional;

/// Keeps beside each fact what it means to one model; gone as soon as the fact says something else. Safe and failing as
/// [Memory] is.
public interface Meanings {

    /// The facts within a scope, those changed last first, up to [Memory#MOST_AT_ONCE].
    ///
    /// @param model whose meanings, as `provider/id`
    List<Known> known(Memory.Scope scope, String model);

    /// Keeps what facts mean, in place of what they meant to another model; not of those that are gone or say something
    /// else by now.
    void keep(String model, Map<Fact, Meaning> meanings);

    /// A fact.
    ///
    /// @param meaning empty if the model has not read it
    record Known(Fact fact, Optional<Meaning> meaning) {}
}
