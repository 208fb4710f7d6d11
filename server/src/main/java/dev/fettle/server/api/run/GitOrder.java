package dev.fettle.server.api.run;

import dev.fettle.core.workspace.kept.GitSource;
import java.util.Optional;

/// A repository that a client wants to work on.
///
/// @param ref a branch, a tag or a commit's whole hash
/// @param depth how many commits of history to take
public record GitOrder(String url, Optional<String> ref, Optional<Integer> depth) {
    public GitSource source() {
        return new GitSource(url, ref, depth);
    }
}
