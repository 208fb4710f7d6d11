package dev.fettle.core.memory;

import dev.fettle.core.model.Model;
import dev.fettle.core.usage.Usage;
import java.util.List;

/// Has a model say what texts mean. Blocks for the time of a call to a provider, at most some seconds. Safe for use by
/// several threads.
public interface Embedding {
    /// The most texts that are read at a time; the least that a known provider takes.
    int MOST_TEXTS = 100;

    Model model();

    /// Reads texts.
    ///
    /// @param user for whom, by id
    /// @param texts up to [#MOST_TEXTS], none blank
    /// @return a meaning for each, in their order
    /// @throws dev.fettle.core.model.ModelException if the provider does not answer as it should
    Reading read(String user, List<String> texts) throws InterruptedException;

    /// What was read.
    ///
    /// @param usage what it took; estimated if the provider does not tell
    record Reading(List<Meaning> meanings, Usage usage) {
        public Reading {
            meanings = List.copyOf(meanings);
        }
    }
}
