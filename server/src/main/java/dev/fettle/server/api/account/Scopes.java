package dev.fettle.server.api.account;

import dev.fettle.core.user.KeyScope;
import dev.fettle.server.problem.Problem;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;

/// Scopes as clients write them.
final class Scopes {
    private Scopes() {}

    static Set<KeyScope> of(List<String> words) {
        Set<KeyScope> scopes = EnumSet.noneOf(KeyScope.class);
        for (String word : words) {
            scopes.add(Arrays.stream(KeyScope.values())
                    .filter(each -> each.word().equals(word))
                    .findFirst()
                    .orElseThrow(() -> new Problem(422, "A scope is `read`, `run` or `admin`.").exception()));
        }
        return scopes;
    }
}
