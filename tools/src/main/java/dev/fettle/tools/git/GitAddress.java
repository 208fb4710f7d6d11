package dev.fettle.tools.git;

import java.net.InetAddress;
import java.util.Optional;

/// Where a repository may be fetched from.
///
/// @param scheme `https`, `ssh` or `file`
/// @param url for git
/// @param host empty for a file
/// @param pinned the only address that may be talked to: the one that was looked at
record GitAddress(String scheme, String url, String host, Optional<InetAddress> pinned) {

    /// Whether an operator named the place.
    boolean isTrusted() {
        return pinned.isEmpty();
    }
}
