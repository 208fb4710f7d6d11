package dev.fettle.core.secret;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/// What all sessions of a process share where secrets are concerned: what counts as one, and what the user has let
/// through. Safe for use by several threads.
public final class Secrets {
    private final SecretFinder finder;
    private final Fingerprints fingerprints;
    private final Set<String> allowed;
    private final SecretUse use;

    /// Rules for one process.
    ///
    /// @param values secrets of the configuration: value to kind, see [#kindOf]
    /// @param key for fingerprints; the same one as long as a session lives
    /// @param allowed kinds and handles that are let through, as in `--allow-secret openai#1`
    public Secrets(Map<String, String> values, byte[] key, Set<String> allowed, SecretUse use) {
        this.finder = new SecretFinder(values);
        this.fingerprints = new Fingerprints(key);
        this.allowed = Set.copyOf(allowed);
        this.use = use;
        values.keySet().forEach(fingerprints::remember);
    }

    /// Knows no values, keeps nothing beyond the process, reveals nothing; still finds what looks like a secret.
    public static Secrets unconfigured() {
        return new Secrets(Map.of(), "no key, no log".getBytes(StandardCharsets.UTF_8), Set.of(), SecretUse.NEVER);
    }

    /// The handles of a session.
    ///
    /// @param seen what its log says of earlier turns
    public SecretVault vault(List<SeenSecret> seen) {
        return new SecretVault(finder, fingerprints, use, allowed, seen);
    }

    /// The text with every secret gone for good: for titles and logs, which belong to no session.
    public String mask(String text) {
        StringBuilder masked = new StringBuilder();
        int done = 0;
        for (Finding each : finder.find(text, false)) {
            masked.append(text, done, each.start())
                    .append("⟨secret:")
                    .append(each.kind())
                    .append('⟩');
            done = each.end();
        }
        return masked.append(text, done, text.length()).toString();
    }

    /// What to call the value of a setting or variable: `OPENAI_API_KEY` is an `openai`.
    public static String kindOf(String name) {
        String kind = name.toLowerCase(Locale.ROOT)
                .replaceAll("[^a-z0-9]+", "-")
                .replaceAll("(?:-(?:api|access|secret|key|token|password|passwd|credentials))+$", "")
                .replaceAll("^-+|-+$", "");
        return kind.isEmpty() ? "secret" : kind;
    }
}
