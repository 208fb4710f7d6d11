package dev.fettle.server.api.model;

import dev.fettle.core.model.Model;
import java.util.List;
import java.util.Optional;

/// The models of this service. Used by many threads.
public interface Models {
    /// Those that are known, by provider.
    List<Listed> list();

    /// Why a run may not name this model, in words for whoever named it; empty if it may.
    Optional<String> refusal(String name);

    /// A model that could be used.
    ///
    /// @param isReady whether all is set that it needs
    record Listed(Model model, boolean isReady) {}
}
