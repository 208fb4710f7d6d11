package dev.fettle.server.exchange;

/// Whom a route is for.
public sealed interface Access {
    /// Anybody, known or not.
    record Open() implements Access {}

    /// Everybody who is known.
    record SignedIn() implements Access {}

    /// Those whose key or token has this scope.
    record Scoped(String scope) implements Access {}
}
