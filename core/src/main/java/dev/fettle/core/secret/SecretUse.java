package dev.fettle.core.secret;

/// Decides whether a tool is given the value behind a handle that a model wrote.
@FunctionalInterface
public interface SecretUse {
    SecretUse NEVER = (_, _) -> false;

    /// Whether this call may have the value.
    ///
    /// @param handle as in `openai#1`
    boolean mayReveal(String handle, String tool);
}
