package dev.fettle.server.api.run;

import dev.fettle.core.workspace.kept.GitSource;
import dev.fettle.server.json.Form;
import dev.fettle.server.json.TextForm;
import dev.fettle.server.json.Within;
import java.util.Optional;

/// A repository that a client wants to work on.
///
/// @param ref a branch, a tag or a commit's whole hash
/// @param depth how many commits of history to take
public record GitOrder(
        @Form(TextForm.GIT_URL) String url,
        @Form(TextForm.GIT_REF) Optional<String> ref,
        @Within(least = 1) Optional<Integer> depth) {
    public GitSource source() {
        return new GitSource(url, ref, depth);
    }
}
