package dev.fettle.providers.gemini;

import dev.fettle.providers.json.LegalName;
import java.util.Optional;

/// Ids of calls. Not every model gives its calls one, and then results are matched by their order; those we make
/// stay with us, because a signed call has to go back as it came.
final class CallIds {
    private static final String OURS = "gemini-call-";

    private int made;

    /// Ids for one answer.
    ///
    /// @param before how many calls the session has already; none of their ids is made again
    CallIds(int before) {
        this.made = before;
    }

    String orMade(String given) {
        made++;
        return given.isEmpty() ? OURS + made : given;
    }

    /// The id as it is sent; empty if the model never knew it.
    static Optional<String> sent(String id) {
        return id.startsWith(OURS) ? Optional.empty() : Optional.of(LegalName.of(id));
    }
}
