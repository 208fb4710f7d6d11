package dev.fettle.core.workspace.kept;

import java.util.Optional;

/// A state of a repository somewhere.
///
/// @param url as it was given; has no credentials, or it would have been refused
/// @param ref a branch, a tag or a commit's whole hash; without one, what the repository shows first
/// @param depth how many commits of history to take; all if it is not said
public record GitSource(String url, Optional<String> ref, Optional<Integer> depth) {}
