package dev.fettle.core.model;

import java.util.Map;

/// Models that Fettle does not know by itself, from a jar in `plugins/` of Fettle's home. Found by
/// [java.util.ServiceLoader], so it has a public constructor without parameters and is named in
/// `META-INF/services/dev.fettle.core.model.ProviderPlugin`.
public interface ProviderPlugin {

    /// What stands before the slash in `provider/id`: lower-case letters, digits and hyphens; none of those that Fettle
    /// knows.
    String name();

    /// The way to a model. Retries, limits and the like are put around it.
    ///
    /// @param id what stands after the slash
    /// @param environment the process's environment variables, for keys and addresses
    /// @throws IllegalArgumentException if something it needs is not set, naming it
    ModelProvider connect(String id, Map<String, String> environment);
}
