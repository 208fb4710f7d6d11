package dev.fettle.tools.network;

import java.util.Optional;
import java.util.regex.Pattern;

/// A host's name in the one way it is written here: lower-case labels of letters, digits and hyphens (RFC 1123, 2.1)
/// with a last one that begins with a letter, so that no spelling of an address is a name.
record HostName(String text) {
    private static final int LONGEST = 253;
    private static final Pattern CANONICAL =
            Pattern.compile("(?:[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?\\.)*[a-z](?:[a-z0-9-]{0,61}[a-z0-9])?");

    /// The name, if it is one. Upper case is not: whoever asks for it in another way than it is listed is refused.
    static Optional<HostName> of(String text) {
        return text.length() <= LONGEST && CANONICAL.matcher(text).matches()
                ? Optional.of(new HostName(text))
                : Optional.empty();
    }

    /// Whether an entry of a list means this host: its name, or `*.` and a name that it is below.
    boolean isOneOf(String entry) {
        return entry.startsWith("*.") ? text.endsWith(entry.substring(1)) : text.equals(entry);
    }

    @Override
    public String toString() {
        return text;
    }
}
